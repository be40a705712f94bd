// Opening logs, samples and checkpoints: what leads out of the panel or into it.
#include "ui/panels/runs/runs_panel.h"

#include "ui/common/error_text.h"
#include "ui/common/settings.h"
#include "ui/panels/runs/run_list_model.h"
#include "ui/service/project_access.h"
#include "ui/service/run_reader.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>

namespace assay {

namespace {

/// Where a run starts from, for a comparison; empty for one that starts from nothing.
ModelChoice startOf(const RunEntry& run) {
    const QString folder = QString::fromStdString(run.job->spec.model.path);
    if (folder.isEmpty())
        return {};
    // "pretrain · step 1090" says more than "step-1090".
    const QDir dir(folder);
    QString name = dir.dirName();
    if (name.startsWith(QLatin1String("step-")))
        name = RunsPanel::tr("%1 · step %2")
                   .arg(QFileInfo(QFileInfo(dir.path()).path()).dir().dirName(), name.mid(5));
    return {folder, name, ModelRole::Base};
}

} // namespace

void RunsPanel::openProject() {
    if (m_project == m_selection->project() && m_model->rowCount() > 0)
        return;
    m_project = m_selection->project();
    m_logError.reset();
    m_model->clearLogs();
    if (!m_services.settings)
        return;
    m_restoring
        = m_services.settings->get(Settings::keys().openedLogs).value(m_project).toStringList();
    for (const QString& path : std::as_const(m_restoring))
        m_reader->open(path);
}

void RunsPanel::openLog(const QString& path) {
    m_logError.reset();
    m_said.clear();
    showNotice();
    m_reader->open(QDir(path).absolutePath());
}

void RunsPanel::takeLogs(const QString& path, const std::vector<LogSummary>& logs) {
    for (const LogSummary& log : logs)
        m_model->addLog(log);
    showJobs();
    if (m_restoring.removeAll(path) > 0)
        return;
    rememberLogs();
    if (!logs.empty())
        chooseRuns({QString::fromStdString(logs.front().place.path.string())});
}

void RunsPanel::rememberLogs() {
    if (!m_services.settings)
        return;
    QVariantMap all = m_services.settings->get(Settings::keys().openedLogs);
    all[m_project] = m_model->logPaths();
    m_services.settings->set(Settings::keys().openedLogs, all);
}

void RunsPanel::closeLog(const QString& path) {
    m_model->removeLog(path);
    rememberLogs();
    showJobs();
}

void RunsPanel::askForLog() {
    const QString file = QFileDialog::getOpenFileName(this, tr("Open a training log"), QString(),
        tr("Training logs (*.tfevents.* trainer_state.json trainer_log.jsonl logging.jsonl "
           "*.json *.jsonl);;All files (*)"));
    if (!file.isEmpty())
        openLog(file);
}

void RunsPanel::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void RunsPanel::dropEvent(QDropEvent* event) {
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile())
            openLog(url.toLocalFile());
}

void RunsPanel::showSample(const QString& uid, const QString& panel) {
    if (!m_services.project)
        return;
    m_services.project->sampleOf(uid, this, [this, panel](const Result<qint64>& id) {
        if (!id) {
            m_said = errorParagraph(id.error());
            return showNotice();
        }
        m_selection->setSample(*id);
        m_selection->show(panel);
    });
}

void RunsPanel::showCheckpoint(const QString& folder, qint64 step, const QString& panel) {
    const RunEntry* run = m_model->find(m_current);
    if (!run || !run->job)
        return;
    const ModelChoice start = startOf(*run);
    if (!start.isEmpty())
        m_selection->setModel(start);
    m_selection->setModel({folder, tr("%1 · step %2").arg(run->name).arg(step),
        start.isEmpty() ? ModelRole::Base : ModelRole::Tuned});
    m_selection->show(panel);
}

} // namespace assay
