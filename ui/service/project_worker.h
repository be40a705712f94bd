#pragma once

#include "ui/service/project_access.h"

#include "core/store/file_lock.h"
#include "core/store/project.h"

#include <map>
#include <mutex>
#include <optional>

namespace assay {

/// The part of ProjectAccess that talks to the database. Everything but `wantList` runs on its own
/// thread.
class ProjectWorker final : public QObject {
    Q_OBJECT

public:
    Result<ProjectAccess::Opened> open(const QString& folder);
    Result<ProjectAccess::Opened> create(const QString& folder);
    /// Called on the window's thread: the list that the newest request of this owner is about.
    quint64 wantList(QObject* owner);
    bool isWanted(quint64 list) const;
    Result<ProjectAccess::List> list(quint64 number, const SampleFilter& filter, SampleOrder order);
    Result<std::vector<SampleRow>> rows(quint64 list, qint64 first, int count);
    Result<std::vector<std::int64_t>> idsOf(
        quint64 list, const std::vector<std::pair<qint64, qint64>>& ranges);
    Result<qint64> rowOf(quint64 list, qint64 id);
    Result<StoredSample> sample(qint64 id);
    Result<std::vector<ProjectModel>> models();
    Result<bool> addModel(const QString& folder);
    /// The open project; null without one.
    Project* project() { return m_project ? &*m_project : nullptr; }

private:
    struct OpenList {
        SampleFilter filter;
        SampleOrder order = SampleOrder::Imported;
        /// Ids of all its rows in order, once they have been read.
        std::optional<std::vector<std::int64_t>> ids;
    };
    /// Null for a list that is not wanted any more.
    OpenList* openList(quint64 list);
    void readOrder(quint64 list);
    void dropUnwanted();

    std::optional<Project> m_project;
    FileLock m_lock;
    mutable std::mutex m_wantedMutex;
    quint64 m_lastList = 0;
    /// The newest list of every owner that lives.
    std::vector<std::pair<QPointer<QObject>, quint64>> m_wanted;
    std::map<quint64, OpenList> m_lists;
};

} // namespace assay
