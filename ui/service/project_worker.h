#pragma once

#include "ui/service/project_access.h"

#include "core/store/file_lock.h"
#include "core/store/project.h"

#include <atomic>
#include <optional>

namespace assay {

/// The part of ProjectAccess that talks to the database. Everything but `wantList` runs on its own
/// thread.
class ProjectWorker final : public QObject {
    Q_OBJECT

public:
    Result<ProjectAccess::Opened> open(const QString& folder);
    /// Called on the window's thread: the list that the newest request is about.
    quint64 wantList() { return ++m_wantedList; }
    bool isWanted(quint64 list) const { return list == m_wantedList; }
    Result<ProjectAccess::List> list(quint64 number, const SampleFilter& filter);
    Result<std::vector<SampleRow>> rows(quint64 list, qint64 first, int count);
    Result<qint64> rowOf(quint64 list, qint64 id);
    Result<StoredSample> sample(qint64 id);
    Result<std::vector<ProjectModel>> models();
    Result<bool> addModel(const QString& folder);
    /// The open project; null without one.
    Project* project() { return m_project ? &*m_project : nullptr; }

private:
    void readOrder(quint64 list);

    std::optional<Project> m_project;
    FileLock m_lock;
    std::atomic<quint64> m_wantedList = 0;
    quint64 m_list = 0;
    SampleFilter m_filter;
    /// Ids of all rows of the list in order, once they have been read.
    std::optional<std::vector<std::int64_t>> m_order;
};

} // namespace assay
