#pragma once

#include "ui/service/job_watcher.h"

#include <QAbstractListModel>

namespace assay {

/// How a job is doing, as a word and what it means.
enum class RunTone { Quiet, Good, Attention, Bad };
struct RunStatus {
    QString word; ///< "running", "interrupted", ..
    RunTone tone = RunTone::Quiet;
};
RunStatus runStatus(const JobSummary& job);
/// "full · 1e-04 · 3 epochs"
QString runParameters(const TrainSpec& spec);
/// "412/600", "600", or empty.
QString runSteps(const JobState& state);
/// "1.214", "NaN", or an en dash.
QString lossText(double loss, bool known);

/// The jobs of a project, newest first. Keeps the rows in place when only their states change.
class JobListModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Roles {
        FolderRole = Qt::UserRole,
        LossRole,
        ParametersRole,
        StatusRole, ///< "running · 412/600"
        ToneRole,
        LossIsNanRole,
    };

    using QAbstractListModel::QAbstractListModel;
    void setJobs(std::vector<JobSummary> jobs);
    const JobSummary& job(int row) const { return m_jobs[std::size_t(row)]; }
    /// -1 where it is not in the list.
    int rowOf(const QString& folder) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<JobSummary> m_jobs;
};

} // namespace assay
