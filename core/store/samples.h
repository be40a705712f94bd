#pragma once

#include "core/base/progress.h"
#include "core/store/sample_order.h"
#include "core/store/sample_row.h"

#include <functional>
#include <span>

namespace assay {

class Database;

/// A sample with the two names that a run records: the id of the project and the revision of its
/// text.
struct StoredSample {
    std::int64_t id = 0;
    std::string revision;
    ReviewStatus status = ReviewStatus::Pending;
    Sample sample;
};

struct CountByName {
    std::string name;
    std::int64_t count = 0;
};

/// Reading the samples of a project. Lists and counts read index columns only.
class Samples {
public:
    explicit Samples(Database& database)
        : m_database(database) { }

    Result<std::int64_t> count(const SampleFilter& filter = {}, StopToken stop = {});
    /// A page of rows. `limit` < 0 means all of them.
    Result<std::vector<SampleRow>> page(const SampleFilter& filter, std::int64_t limit,
        std::int64_t offset = 0, SampleOrder order = SampleOrder::Imported);
    /// The next rows after (or, reversed, before) the row `id`: equally fast anywhere in the list.
    /// For the orders Imported and ImportedReverse.
    Result<std::vector<SampleRow>> pageAfter(const SampleFilter& filter, std::int64_t id,
        std::int64_t limit, SampleOrder order = SampleOrder::Imported);
    /// The ids of all matching rows: 8 bytes a row, enough for a table that jumps anywhere.
    /// "cancelled".
    Result<std::vector<std::int64_t>> ids(
        const SampleFilter& filter, SampleOrder order = SampleOrder::Imported, StopToken stop = {});
    /// The rows of these ids, in the order asked; ids that do not exist are left out.
    Result<std::vector<SampleRow>> rows(std::span<const std::int64_t> ids);
    Result<SampleRow> row(std::int64_t id);

    /// The text as it is now, edits included. "store.sample_missing".
    Result<StoredSample> sample(std::int64_t id);
    /// An earlier text by its revision hash; "store.revision_missing".
    Result<StoredSample> sampleAt(std::int64_t id, const std::string& revision);
    /// "12" (id), a whole UUID, or the beginning of one that is unique.
    Result<std::int64_t> findId(const std::string& idOrUid);

    /// Hands over every matching sample in import order, as of one moment, in constant memory.
    /// `visit` must not use the same project; an error it returns ends the walk. "cancelled".
    Result<void> forEach(const SampleFilter& filter,
        const std::function<Result<void>(StoredSample&&)>& visit, StopToken stop = {});

    Result<std::vector<CountByName>> channels();
    Result<std::vector<CountByName>> statuses();
    Result<std::vector<CountByName>> files();
    Result<std::vector<CountByName>> tags();
    /// Whether the tokens of some samples at least are known.
    Result<bool> tokensKnown();
    Result<std::optional<double>> largestLoss();

private:
    Database& m_database;
};

} // namespace assay
