#pragma once

#include "core/base/progress.h"
#include "core/store/events.h"
#include "core/store/sample_row.h"

namespace assay {

class Database;

/// How far the review is. Only what a person looked at one by one counts as looked at.
struct ReviewFigures {
    std::int64_t samples = 0;
    std::int64_t lookedAt = 0; ///< samples with a decision in effect that was not taken in bulk
    std::int64_t accepted = 0; ///< of those looked at
    std::int64_t rejected = 0; ///< of those looked at
    std::int64_t inBulk = 0; ///< accepted or rejected in bulk only
    /// Median time at work on one decision, of those that recorded a time.
    std::optional<double> medianActiveMs;
};

/// The decisions of a project: an append-only log of events, and the state of every sample that
/// follows from it. Each call is one transaction that is on the disk when the call returns.
class Decisions {
public:
    explicit Decisions(Database& database)
        : m_database(database) { }

    /// Appends the event and brings the samples' state up to date. An adjudication stands until it
    /// is undone: later accepts and rejects are recorded and do not change the status. Errors:
    /// "store.sample_missing", "store.decision_value".
    Result<Event> record(
        const Decision& decision, const ProgressFunction& progress = {}, StopToken stop = {});
    /// The same about all samples that pass the filter now, as one event made in bulk;
    /// `decision.samples` stays empty. "cancelled" leaves everything as it was;
    /// "store.decision_value" where no sample passes.
    Result<Event> recordAll(const Decision& decision, const SampleFilter& filter,
        const ProgressFunction& progress = {}, StopToken stop = {});

    /// Takes an event out of effect; undoing an undo puts it back. "store.event_missing",
    /// "store.already_undone"; "cancelled" leaves everything as it was.
    Result<Event> undo(const std::string& eventUid, const std::string& author,
        std::int64_t activeMs = 0, const ProgressFunction& progress = {}, StopToken stop = {});
    /// Undoes the author's newest decision that is in effect. "store.nothing_to_undo".
    Result<Event> undoLast(const std::string& author);
    /// Undoes the author's newest undo, as long as no newer decision of theirs stands after it.
    /// "store.nothing_to_redo".
    Result<Event> redoLast(const std::string& author);
    /// Undoes the newest decision in effect about this sample, whoever took it.
    Result<Event> undoLastOf(std::int64_t sampleId, const std::string& author);

    /// All events about a sample, oldest first.
    Result<std::vector<Event>> history(std::int64_t sampleId);
    /// The newest events, newest first.
    Result<std::vector<Event>> recent(std::int64_t limit);
    /// All preferences in effect with their samples, oldest first.
    Result<std::vector<std::pair<std::int64_t, Event>>> preferences();
    /// The frozen set of a (bulk) event.
    Result<std::vector<std::int64_t>> samplesOf(const std::string& eventUid);
    Result<std::int64_t> count();
    Result<ReviewFigures> figures();

    /// Makes the state of all samples, their index columns and the search index again from what was
    /// imported and the events.
    Result<void> rebuildProjection();

private:
    Result<Event> recordIn(const Decision& decision, const SampleFilter* filter,
        const ProgressFunction& progress, const StopToken& stop);

    Database& m_database;
};

} // namespace assay
