#pragma once

#include "core/store/events.h"
#include "core/store/samples.h"
#include "core/store/task.h"
#include "ui/service/project_access.h"

namespace assay {

/// A decision about a sample; of an edit the texts before and after it.
struct HistoryEntry {
    Event event;
    std::optional<Sample> before;
    std::optional<Sample> after;
};

/// The samples that somebody works through: those of the filter that are pending, or of the
/// statuses that it names.
struct ReviewQueue {
    SampleFilter filter;
    std::string author;
    /// Names the queue among those of a project: the same filter is the same queue.
    std::string key() const;
    SampleFilter open() const;
};

/// A place in a queue.
struct QueueItem {
    /// Nothing is left when empty.
    std::optional<StoredSample> sample;
    std::vector<Event> events; ///< about the sample, oldest first
    bool wentRound = false; ///< the end was reached, and what was skipped comes again
};

struct QueueCounts {
    qint64 left = 0;
    qint64 total = -1; ///< -1 where the filter itself is about statuses
};

struct ProjectTask {
    TaskDefinition definition;
    Guideline guideline;
    std::vector<Guideline> guidelines; ///< newest first
};

/// What an undo or a redo did.
struct Undone {
    Event target; ///< the decision
    qint64 samples = 0;
    QueueItem item; ///< the (first) sample it was about
};

/// Judging samples, asked from the window's thread: every answer comes after what it reports is on
/// the disk. Changes are not announced (`ProjectAccess::noteChange`) but by `edit`: whoever judges
/// quickly says it once in a while.
class ReviewAccess final {
public:
    template <class T> using Done = ProjectAccess::Done<T>;
    /// Where to go after a decision. Resume: where the author left the queue.
    enum class Step { Resume, Next, Previous, Stay };

    explicit ReviewAccess(ProjectAccess* project)
        : m_project(project) { }
    ProjectAccess* project() const { return m_project; }

    /// Records the decisions in turn, with the guideline in force, then goes on from `from`.
    void step(const ReviewQueue& queue, qint64 from, Step step, std::vector<Decision> decisions,
        QObject* guard, Done<QueueItem> done);
    void undo(const ReviewQueue& queue, QObject* guard, Done<Undone> done);
    void redo(const ReviewQueue& queue, QObject* guard, Done<Undone> done);
    /// Takes one decision out of effect and stays at its sample.
    void takeBack(const ReviewQueue& queue, const std::string& event, qint64 sample, QObject* guard,
        Done<QueueItem> done);
    void counts(const ReviewQueue& queue, QObject* guard, Done<QueueCounts> done);

    /// Records an edit and reads the sample as it is then.
    void edit(Decision decision, QObject* guard, Done<StoredSample> done);
    /// Everything that was decided about a sample, oldest first.
    void history(qint64 sample, QObject* guard, Done<std::vector<HistoryEntry>> done);

    void task(QObject* guard, Done<ProjectTask> done);
    /// Makes new versions of what differs, and reads all of it.
    void setTask(const TaskDefinition& definition, const std::string& guideline,
        const std::string& author, QObject* guard, Done<ProjectTask> done);

private:
    ProjectAccess* m_project;
};

} // namespace assay
