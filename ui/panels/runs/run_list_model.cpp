#include "ui/panels/runs/run_list_model.h"

#include "ui/panels/runs/run_words.h"

#include <algorithm>

namespace assay {

namespace {

/// Newest first: by when the attempt began, then by name.
bool isNewer(const JobSummary& a, const JobSummary& b) {
    if (a.state.started != b.state.started)
        return a.state.started > b.state.started;
    return a.folder > b.folder;
}

} // namespace

int RunListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_runs.size());
}

int RunListModel::rowOf(const QString& path) const {
    const auto found = std::ranges::find(m_runs, path, &RunEntry::path);
    return found == m_runs.end() ? -1 : int(found - m_runs.begin());
}

const RunEntry* RunListModel::find(const QString& path) const {
    const int row = rowOf(path);
    return row < 0 ? nullptr : &m_runs[std::size_t(row)];
}

QStringList RunListModel::logPaths() const {
    QStringList paths;
    for (const RunEntry& run : m_runs)
        if (!run.isOurs())
            paths.append(run.path);
    return paths;
}

void RunListModel::setRuns(std::vector<RunEntry> runs) {
    // Out with those that are gone, then each one to its place: a list is short, and views keep
    // what is selected.
    for (int row = rowCount() - 1; row >= 0; --row)
        if (std::ranges::find(runs, m_runs[std::size_t(row)].path, &RunEntry::path) == runs.end()) {
            beginRemoveRows({}, row, row);
            m_runs.erase(m_runs.begin() + row);
            endRemoveRows();
        }
    for (int row = 0; row < int(runs.size()); ++row) {
        const int now = rowOf(runs[std::size_t(row)].path);
        if (now == row)
            continue;
        if (now < 0) {
            beginInsertRows({}, row, row);
            m_runs.insert(m_runs.begin() + row, runs[std::size_t(row)]);
            endInsertRows();
        } else {
            beginMoveRows({}, now, now, {}, row);
            std::rotate(m_runs.begin() + row, m_runs.begin() + now, m_runs.begin() + now + 1);
            endMoveRows();
        }
    }
    m_runs = std::move(runs);
    if (!m_runs.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void RunListModel::setJobs(const std::vector<JobSummary>& jobs) {
    std::vector<JobSummary> sorted = jobs;
    std::ranges::sort(sorted, isNewer);
    std::vector<RunEntry> runs;
    for (const JobSummary& job : sorted)
        runs.push_back(entryOf(job));
    for (const RunEntry& run : m_runs)
        if (!run.isOurs())
            runs.push_back(run);
    setRuns(std::move(runs));
}

void RunListModel::addLog(const LogSummary& log) {
    const RunEntry entry = entryOf(log);
    if (rowOf(entry.path) >= 0)
        return updateLog(log);
    beginInsertRows({}, rowCount(), rowCount());
    m_runs.push_back(entry);
    endInsertRows();
}

void RunListModel::updateLog(const LogSummary& log) {
    const RunEntry entry = entryOf(log);
    const int row = rowOf(entry.path);
    if (row < 0 || m_runs[std::size_t(row)].isOurs())
        return;
    m_runs[std::size_t(row)] = entry;
    Q_EMIT dataChanged(index(row), index(row));
}

void RunListModel::removeLog(const QString& path) {
    const int row = rowOf(path);
    if (row < 0 || m_runs[std::size_t(row)].isOurs())
        return;
    beginRemoveRows({}, row, row);
    m_runs.erase(m_runs.begin() + row);
    endRemoveRows();
}

void RunListModel::clearLogs() {
    for (const QString& path : logPaths())
        removeLog(path);
}

void RunListModel::setDrawn(const QStringList& paths) {
    if (paths == m_drawn)
        return;
    m_drawn = paths;
    if (!m_runs.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {StyleRole});
}

QVariant RunListModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RunEntry& run = m_runs[std::size_t(index.row())];
    const RunStatus status = runStatus(run);
    const QString steps = runSteps(run);
    const QString statusText
        = steps.isEmpty() ? status.word : status.word + QStringLiteral(" · ") + steps;
    switch (role) {
    case Qt::DisplayRole:
        return run.name;
    case Qt::ToolTipRole:
        return run.path;
    case Qt::AccessibleTextRole:
        return RunWords::tr("%1, %2, %3, loss %4")
            .arg(run.name, runParameters(run), statusText, runLoss(run));
    case PathRole:
        return run.path;
    case LossRole:
        return runLoss(run);
    case LossIsWrongRole:
        return runLossIsWrong(run);
    case ParametersRole:
        return runParameters(run);
    case StatusRole:
        return statusText;
    case ToneRole:
        return int(status.tone);
    case StyleRole:
        return int(m_drawn.indexOf(run.path));
    default:
        return {};
    }
}

} // namespace assay
