#pragma once

#include "ui/common/plot/curve_style.h"
#include "ui/panels/runs/run_entry.h"

#include <QAbstractListModel>

namespace assay {

/// The jobs of a project, newest first, then the logs of other trainers in the order in which they
/// were opened. Rows keep their place, and so the selection, while runs come, go and change.
class RunListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Roles {
        PathRole = Qt::UserRole,
        LossRole,
        ParametersRole,
        StatusRole, ///< "running · 412/600"
        ToneRole,
        LossIsWrongRole,
        StyleRole, ///< number of the line in the plot, -1 where it is not drawn
    };

    using QAbstractListModel::QAbstractListModel;
    void setJobs(const std::vector<JobSummary>& jobs);
    void addLog(const LogSummary& log);
    void updateLog(const LogSummary& log);
    void removeLog(const QString& path);
    void clearLogs();
    /// The runs that the plot draws, in the order of their lines.
    void setDrawn(const QStringList& paths);

    const RunEntry& run(int row) const { return m_runs[std::size_t(row)]; }
    const RunEntry* find(const QString& path) const;
    /// -1 where it is not in the list.
    int rowOf(const QString& path) const;
    QStringList logPaths() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    void setRuns(std::vector<RunEntry> runs);
    std::vector<RunEntry> m_runs;
    QStringList m_drawn;
};

} // namespace assay
