#pragma once

#include "ui/service/project_access.h"

#include "core/store/file_lock.h"
#include "core/store/project.h"
#include "ui/service/open_lists.h"

#include <optional>

namespace assay {

/// The part of ProjectAccess that answers the window and records decisions: everything here is
/// quick, whatever the size of the project. Runs on its own thread.
class ProjectWorker final : public QObject {
    Q_OBJECT

public:
    explicit ProjectWorker(std::shared_ptr<OpenLists> lists)
        : m_lists(std::move(lists)) { }

    Result<ProjectAccess::Opened> open(const QString& folder);
    Result<ProjectAccess::Opened> create(const QString& folder);
    Result<ProjectAccess::List> list(quint64 number, const SampleFilter& filter);
    Result<std::vector<SampleRow>> rows(quint64 list, qint64 first, int count);
    Result<StoredSample> sample(qint64 id);
    Result<std::vector<ProjectModel>> models();
    Result<bool> addModel(const QString& folder);
    /// The open project; null without one.
    Project* project() { return m_project ? &*m_project : nullptr; }

private:
    std::shared_ptr<OpenLists> m_lists;
    std::optional<Project> m_project;
    FileLock m_lock;
};

} // namespace assay
