#pragma once

#include "core/store/events.h"
#include "core/store/samples.h"
#include "ui/service/project_access.h"

namespace assay {

/// A decision about a sample; of an edit the texts before and after it.
struct HistoryEntry {
    Event event;
    std::optional<Sample> before;
    std::optional<Sample> after;
};

/// Judging samples, asked from the window's thread: every answer comes after what it reports is on
/// the disk.
class ReviewAccess final {
public:
    template <class T> using Done = ProjectAccess::Done<T>;

    explicit ReviewAccess(ProjectAccess* project)
        : m_project(project) { }
    ProjectAccess* project() const { return m_project; }

    /// Records the decision; an empty `guideline` is filled in with the one in force.
    void record(Decision decision, QObject* guard, Done<Event> done);
    /// Records an edit and reads the sample as it is then.
    void edit(Decision decision, QObject* guard, Done<StoredSample> done);
    /// Everything that was decided about a sample, oldest first.
    void history(qint64 sample, QObject* guard, Done<std::vector<HistoryEntry>> done);

private:
    ProjectAccess* m_project;
};

} // namespace assay
