#pragma once

#include "core/store/project.h"
#include "ui/service/open_lists.h"

#include <QObject>
#include <QString>

#include <mutex>
#include <optional>

namespace assay {

/// The part of ProjectAccess that answers questions about the whole project (the full order of a
/// list, counts of everything), on a thread and a connection of its own: pages, samples and
/// decisions never wait for it. Everything but `setFolder` runs on its own thread.
class SurveyWorker final : public QObject {
    Q_OBJECT

public:
    explicit SurveyWorker(std::shared_ptr<OpenLists> lists)
        : m_lists(std::move(lists)) { }

    /// The project that the next question is about; from any thread.
    void setFolder(const QString& folder);
    Result<Project*> project();

    /// Reads the full order of the list unless that has been done or nobody wants it any more.
    void readOrder(quint64 list);
    Result<std::vector<std::int64_t>> idsOf(
        quint64 list, const std::vector<std::pair<qint64, qint64>>& ranges);
    Result<qint64> rowOf(quint64 list, qint64 id);

private:
    std::shared_ptr<OpenLists> m_lists;
    std::mutex m_mutex;
    QString m_wanted;
    QString m_folder; ///< of the project that is open here
    std::optional<Project> m_project;
};

} // namespace assay
