#pragma once

#include "core/store/database.h"
#include "core/store/events.h"
#include "core/store/sample_row.h"

#include <set>

namespace assay {

/// The part of a sample's row that decisions change.
struct SampleState {
    ReviewStatus status = ReviewStatus::Pending;
    bool adjudicated = false;
    std::optional<double> rating;
    int comments = 0;
    int spans = 0;
    std::optional<std::int64_t> editEvent; ///< sequence of the edit whose text is current
    std::set<std::string> tags;
    std::optional<std::string> channel; ///< set by a decision; otherwise the text's own

    bool operator==(const SampleState&) const = default;
};

/// What the state becomes by one more event. Undo events change nothing here: they decide which
/// events count.
void applyEvent(SampleState& state, EventKind kind, std::int64_t sequence, const Json& after);

/// Keeps the state columns, the index columns and the search index in step with the events. All
/// functions run inside a transaction of the caller and throw what Database::run converts.
class Projection {
public:
    explicit Projection(Database& database)
        : m_database(database) { }

    /// No value when there is no such sample.
    std::optional<SampleState> load(std::int64_t sampleId);
    /// Writes what changed; a changed text also renews index columns and search index.
    void store(std::int64_t sampleId, const SampleState& from, const SampleState& to);
    /// Folds all events in effect about the sample, in their order.
    void refold(std::int64_t sampleId);
    /// Decides anew whether the event, and what it in turn takes back, is in effect.
    void renewEffect(const std::string& eventUidBytes);
    void rebuild();

    /// The text that is current under this edit, or the imported one.
    Sample sampleUnder(std::int64_t sampleId, const std::optional<std::int64_t>& editEvent);

private:
    void renewIndexColumns(
        std::int64_t sampleId, const Sample& sample, const std::optional<std::string>& channel);
    void storeTags(std::int64_t sampleId, const SampleState& from, const SampleState& to);

    Database& m_database;
};

/// What was computed from texts before this is stale.
void noteTextChange(Database& database);

/// The channel's number, which is made when it is new.
std::int64_t channelId(Database& database, const std::string& name);
/// The tag's number, which is made when it is new.
std::int64_t tagId(Database& database, const std::string& name);

} // namespace assay
