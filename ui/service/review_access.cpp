#include "ui/service/review_access.h"

#include "core/base/hash.h"

namespace assay {

namespace {

Result<std::vector<HistoryEntry>> readHistory(Project& project, std::int64_t sample) {
    auto events = project.decisions().history(sample);
    if (!events)
        return forward(events);
    std::vector<HistoryEntry> entries;
    for (Event& event : *events) {
        HistoryEntry entry;
        if (event.kind == EventKind::Edit) {
            const auto revision = event.before.find("revision");
            if (revision != event.before.end() && revision->is_string())
                if (auto before = project.samples().sampleAt(sample, revision->get<std::string>()))
                    entry.before = std::move(before->sample);
            if (auto after = sampleFromJson(event.after, "event"))
                entry.after = std::move(*after);
        }
        entry.event = std::move(event);
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<void> fillGuideline(Project& project, Decision& decision) {
    if (!decision.guideline.empty())
        return {};
    auto guideline = project.task().guideline();
    if (!guideline)
        return forward(guideline);
    decision.guideline = guideline->hash;
    return {};
}

Result<QueueItem> itemAt(Project& project, const ReviewQueue& queue, std::int64_t id) {
    QueueItem item;
    auto sample = project.samples().sample(id);
    if (!sample)
        return forward(sample);
    auto events = project.decisions().history(id);
    if (!events)
        return forward(events);
    item.sample = std::move(*sample);
    item.events = std::move(*events);
    // A project that may only be read can still be looked at.
    (void)project.task().setPlace(queue.key(), queue.author, id);
    return item;
}

Result<QueueItem> move(
    Project& project, const ReviewQueue& queue, std::int64_t from, ReviewAccess::Step step) {
    using Step = ReviewAccess::Step;
    if (step == Step::Stay)
        return itemAt(project, queue, from);
    if (step == Step::Previous) {
        // Whatever was decided about it.
        SampleFilter all = queue.filter;
        all.statuses.clear();
        auto rows = project.samples().pageAfter(all, from, 1, SampleOrder::ImportedReverse);
        if (!rows)
            return forward(rows);
        return itemAt(project, queue, rows->empty() ? from : rows->front().id);
    }
    std::int64_t after = from;
    if (step == Step::Resume) {
        auto place = project.task().place(queue.key(), queue.author);
        if (!place)
            return forward(place);
        after = place->value_or(1) - 1;
    }
    auto rows = project.samples().pageAfter(queue.open(), after, 1);
    if (!rows)
        return forward(rows);
    const bool wentRound = rows->empty();
    if (wentRound) {
        rows = project.samples().pageAfter(queue.open(), 0, 1);
        if (!rows)
            return forward(rows);
        if (rows->empty())
            return QueueItem();
    }
    auto item = itemAt(project, queue, rows->front().id);
    if (item)
        item->wentRound = wentRound && step == Step::Next;
    return item;
}

Result<Undone> undone(Project& project, const ReviewQueue& queue, const Result<Event>& event) {
    if (!event)
        return tl::unexpected<Error>(event.error());
    auto samples = project.decisions().samplesOf(event->uid);
    if (!samples)
        return forward(samples);
    Undone result;
    result.samples = qint64(samples->size());
    auto item = itemAt(project, queue, samples->front());
    if (!item)
        return forward(item);
    result.item = std::move(*item);
    // A redo names the undo, which names the decision.
    std::string wanted = event->target;
    for (int depth = 0; depth < 2; ++depth)
        for (const Event& other : result.item.events)
            if (other.uid == wanted) {
                result.target = other;
                if (!other.target.empty())
                    wanted = other.target;
                break;
            }
    return result;
}

Result<ProjectTask> readTask(Project& project) {
    ProjectTask task;
    auto definition = project.task().definition();
    if (!definition)
        return forward(definition);
    auto guidelines = project.task().guidelines();
    if (!guidelines)
        return forward(guidelines);
    task.definition = std::move(*definition);
    task.guidelines = std::move(*guidelines);
    if (!task.guidelines.empty())
        task.guideline = task.guidelines.front();
    return task;
}

} // namespace

std::string ReviewQueue::key() const {
    return contentHash(dumpJson(filterToJson(filter)));
}

SampleFilter ReviewQueue::open() const {
    SampleFilter open = filter;
    if (open.statuses.empty())
        open.statuses = {ReviewStatus::Pending};
    return open;
}

void ReviewAccess::step(const ReviewQueue& queue, qint64 from, Step step,
    std::vector<Decision> decisions, QObject* guard, Done<QueueItem> done) {
    m_project->call<QueueItem>(
        guard,
        [queue, from, step, decisions = std::move(decisions)](
            Project& project) -> Result<QueueItem> {
            for (Decision decision : decisions) {
                if (auto filled = fillGuideline(project, decision); !filled)
                    return forward(filled);
                if (auto event = project.decisions().record(decision); !event)
                    return forward(event);
            }
            return move(project, queue, from, step);
        },
        std::move(done));
}

void ReviewAccess::undo(const ReviewQueue& queue, QObject* guard, Done<Undone> done) {
    m_project->call<Undone>(
        guard,
        [queue](Project& project) {
            return undone(project, queue, project.decisions().undoLast(queue.author));
        },
        std::move(done));
}

void ReviewAccess::redo(const ReviewQueue& queue, QObject* guard, Done<Undone> done) {
    m_project->call<Undone>(
        guard,
        [queue](Project& project) {
            return undone(project, queue, project.decisions().redoLast(queue.author));
        },
        std::move(done));
}

void ReviewAccess::takeBack(const ReviewQueue& queue, const std::string& event, qint64 sample,
    QObject* guard, Done<QueueItem> done) {
    m_project->call<QueueItem>(
        guard,
        [queue, event, sample](Project& project) -> Result<QueueItem> {
            if (auto undo = project.decisions().undo(event, queue.author); !undo)
                return forward(undo);
            return itemAt(project, queue, sample);
        },
        std::move(done));
}

void ReviewAccess::counts(const ReviewQueue& queue, QObject* guard, Done<QueueCounts> done) {
    m_project->call<QueueCounts>(
        guard,
        [queue](Project& project) -> Result<QueueCounts> {
            QueueCounts counts;
            auto left = project.samples().count(queue.open());
            if (!left)
                return forward(left);
            counts.left = *left;
            if (queue.filter.statuses.empty()) {
                auto total = project.samples().count(queue.filter);
                if (!total)
                    return forward(total);
                counts.total = *total;
            }
            return counts;
        },
        std::move(done));
}

void ReviewAccess::edit(Decision decision, QObject* guard, Done<StoredSample> done) {
    m_project->call<StoredSample>(
        guard,
        [decision = std::move(decision)](Project& project) mutable -> Result<StoredSample> {
            if (auto filled = fillGuideline(project, decision); !filled)
                return forward(filled);
            if (auto event = project.decisions().record(decision); !event)
                return forward(event);
            return project.samples().sample(decision.samples.front());
        },
        [project = m_project, done = std::move(done)](Result<StoredSample> sample) {
            const bool recorded = sample.has_value();
            done(std::move(sample));
            if (recorded)
                project->noteChange();
        });
}

void ReviewAccess::history(qint64 sample, QObject* guard, Done<std::vector<HistoryEntry>> done) {
    m_project->call<std::vector<HistoryEntry>>(
        guard, [sample](Project& project) { return readHistory(project, sample); },
        std::move(done));
}

void ReviewAccess::task(QObject* guard, Done<ProjectTask> done) {
    m_project->call<ProjectTask>(guard, readTask, std::move(done));
}

void ReviewAccess::setTask(const TaskDefinition& definition, const std::string& guideline,
    const std::string& author, QObject* guard, Done<ProjectTask> done) {
    m_project->call<ProjectTask>(
        guard,
        [definition, guideline, author](Project& project) -> Result<ProjectTask> {
            auto now = readTask(project);
            if (!now)
                return now;
            if (now->definition != definition)
                if (auto defined = project.task().define(definition, author); !defined)
                    return forward(defined);
            if (now->guideline.text != guideline)
                if (auto set = project.task().setGuideline(guideline, author); !set)
                    return forward(set);
            return readTask(project);
        },
        std::move(done));
}

} // namespace assay
