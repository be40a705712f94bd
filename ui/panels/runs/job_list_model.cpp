#include "ui/panels/runs/job_list_model.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("Runs", text);
}

/// Newest first: by when the attempt began, then by name.
bool isNewer(const JobSummary& a, const JobSummary& b) {
    if (a.state.started != b.state.started)
        return a.state.started > b.state.started;
    return a.folder > b.folder;
}

} // namespace

RunStatus runStatus(const JobSummary& job) {
    if (job.problem)
        return {translated("cannot be read"), RunTone::Bad};
    if (job.interrupted())
        return {translated("interrupted"), RunTone::Attention};
    switch (job.state.phase) {
    case JobPhase::Queued:
        return {translated("queued"), RunTone::Quiet};
    case JobPhase::Preparing:
        return {translated("preparing"), RunTone::Good};
    case JobPhase::Running:
        return {translated("running"), RunTone::Good};
    case JobPhase::Paused:
        return {translated("paused"), RunTone::Attention};
    case JobPhase::Evaluating:
        return {translated("evaluating"), RunTone::Good};
    case JobPhase::Checkpointing:
        return {translated("saving a checkpoint"), RunTone::Good};
    case JobPhase::Done:
        return {translated("done"), RunTone::Quiet};
    case JobPhase::Stopped:
        return {translated("stopped"), RunTone::Attention};
    case JobPhase::Failed:
        return {translated("failed"), RunTone::Bad};
    }
    return {};
}

QString runParameters(const TrainSpec& spec) {
    const QLocale locale;
    const QString kind = spec.kind == "pretrain" ? translated("pre-train") : translated("full");
    const QString rate = QString::number(spec.optimizer.learningRate, 'g', 3);
    const QString length = spec.schedule.maxSteps >= 0
        ? QCoreApplication::translate("Runs", "%n step(s)", nullptr, int(spec.schedule.maxSteps))
        : QCoreApplication::translate("Runs", "%1 epochs")
              .arg(locale.toString(spec.schedule.epochs, 'g', 3));
    return QStringList{kind, rate, length}.join(QStringLiteral(" · "));
}

QString runSteps(const JobState& state) {
    if (state.step <= 0 && state.totalSteps <= 0)
        return {};
    const QLocale locale;
    if (state.totalSteps <= 0 || state.step == state.totalSteps)
        return locale.toString(qlonglong(state.step));
    return locale.toString(qlonglong(state.step)) + QLatin1Char('/')
        + locale.toString(qlonglong(state.totalSteps));
}

QString lossText(double loss, bool known) {
    if (!known)
        return QStringLiteral("–");
    return std::isfinite(loss) ? QLocale().toString(loss, 'f', 3) : QStringLiteral("NaN");
}

int JobListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_jobs.size());
}

int JobListModel::rowOf(const QString& folder) const {
    const auto found = std::ranges::find(m_jobs, folder, &JobSummary::folder);
    return found == m_jobs.end() ? -1 : int(found - m_jobs.begin());
}

void JobListModel::setJobs(std::vector<JobSummary> jobs) {
    std::ranges::sort(jobs, isNewer);
    if (std::ranges::equal(jobs, m_jobs, {}, &JobSummary::folder, &JobSummary::folder)) {
        m_jobs = std::move(jobs);
        if (!m_jobs.empty())
            Q_EMIT dataChanged(index(0), index(int(m_jobs.size()) - 1));
        return;
    }
    beginResetModel();
    m_jobs = std::move(jobs);
    endResetModel();
}

QVariant JobListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const JobSummary& job = m_jobs[std::size_t(index.row())];
    const bool known = job.state.step > 0 && !job.problem;
    const RunStatus status = runStatus(job);
    const QString steps = runSteps(job.state);
    const QString statusText
        = steps.isEmpty() ? status.word : status.word + QStringLiteral(" · ") + steps;
    switch (role) {
    case Qt::DisplayRole:
        return job.name;
    case Qt::ToolTipRole:
        return job.folder;
    case Qt::AccessibleTextRole:
        return QCoreApplication::translate("Runs", "%1, %2, loss %3")
            .arg(job.name, statusText, lossText(job.lastLoss, known));
    case FolderRole:
        return job.folder;
    case LossRole:
        return lossText(job.lastLoss, known);
    case LossIsNanRole:
        return known && !std::isfinite(job.lastLoss);
    case ParametersRole:
        return job.problem ? QString() : runParameters(job.spec);
    case StatusRole:
        return statusText;
    case ToneRole:
        return int(status.tone);
    default:
        return {};
    }
}

} // namespace assay
