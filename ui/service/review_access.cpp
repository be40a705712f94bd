#include "ui/service/review_access.h"

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

} // namespace

void ReviewAccess::record(Decision decision, QObject* guard, Done<Event> done) {
    m_project->call<Event>(
        guard,
        [decision = std::move(decision)](
            Project& project) { return project.decisions().record(decision); },
        [project = m_project, done = std::move(done)](Result<Event> event) {
            const bool recorded = event.has_value();
            done(std::move(event));
            if (recorded)
                project->noteChange();
        });
}

void ReviewAccess::edit(Decision decision, QObject* guard, Done<StoredSample> done) {
    m_project->call<StoredSample>(
        guard,
        [decision = std::move(decision)](Project& project) -> Result<StoredSample> {
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

} // namespace assay
