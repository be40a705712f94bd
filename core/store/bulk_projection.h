#pragma once

#include "core/base/progress.h"
#include "core/store/database.h"
#include "core/store/events.h"
#include "core/store/sample_row.h"

#include <span>

namespace assay {

/// Brings the state of many samples up to date set by set instead of sample by sample: a million in
/// seconds. All functions run inside a transaction of the caller, which a stop rolls back, and
/// throw what Database::run converts.
class BulkProjection {
public:
    BulkProjection(Database& database, const ProgressFunction& progress, const StopToken& stop);
    ~BulkProjection();
    BulkProjection(const BulkProjection&) = delete;
    BulkProjection& operator=(const BulkProjection&) = delete;

    /// The kinds it knows; the state of other kinds follows sample by sample.
    static bool knows(EventKind kind);

    /// Takes the samples together that the rest is about. Ids named twice count once.
    /// "store.sample_missing".
    void gather(std::span<const std::int64_t> samples);
    void gather(const SampleFilter& filter);
    void gatherThoseOf(std::int64_t event);
    std::int64_t count() const { return m_count; }
    /// How many have which status: {"statuses": {name: number}}.
    Json statuses();

    /// Records that the event is about the samples.
    void link(std::int64_t event);
    /// What the states become by one more event, the newest.
    void apply(EventKind kind, const Json& after);
    /// Decides anew what follows from all events in effect, after this one came into effect or out
    /// of it.
    void renew(EventKind kind, const Json& after);
    /// Each sample in turn, for the kinds that are not known.
    void forEach(const std::function<void(std::int64_t)>& visit);

private:
    struct Mention {
        std::int64_t event = 0;
        std::int64_t value = 0;
    };
    /// Runs a statement for one part of the samples after the other: `sql` with the condition
    /// "@part" on a column of ids, given as "@part(column)".
    void inParts(const std::string& sql, std::span<const std::int64_t> values = {});
    void countGathered();
    void setStatus(ReviewStatus status);
    void renewStatus();
    void renewTag(const std::string& name);
    void renewChannel();
    /// The events in effect that say something about one thing, oldest first.
    void mention(std::span<const Mention> mentions);

    Database& m_database;
    const ProgressFunction& m_progress;
    const StopToken& m_stop;
    std::int64_t m_count = 0;
    std::int64_t m_done = 0;
};

} // namespace assay
