// What the window opens: projects, the demo, and files and folders that are dropped on it.

#include "ui/common/error_text.h"
#include "ui/common/settings.h"
#include "ui/panels/inspect/inspect_panel.h"
#include "ui/panels/runs/runs_panel.h"
#include "ui/service/demo_maker.h"
#include "ui/service/engine_program.h"
#include "ui/shell/activity_rail.h"
#include "ui/shell/main_window.h"
#include "ui/shell/panel_area.h"
#include "ui/shell/start_page.h"

#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QMimeData>
#include <QStackedWidget>

namespace assay {

void MainWindow::buildStartPage() {
    m_start = new StartPage(this);
    m_start->setRecent(m_settings->get(Settings::keys().recentProjects));
    m_start->setProjectsFolder(m_settings->projectsFolder());
    connect(m_start, &StartPage::openWanted, this, &MainWindow::askForProject);
    connect(m_start, &StartPage::newWanted, this, &MainWindow::askForNewProject);
    connect(m_start, &StartPage::projectChosen, this, &MainWindow::openProject);
    connect(
        m_start, &StartPage::giveWanted, this, [this](StartPage::Give what) { askFor(int(what)); });
    connect(m_start, &StartPage::demoWanted, this, &MainWindow::makeDemo);
    connect(m_start, &StartPage::demoCancelled, m_demo, &DemoMaker::cancel);
    connect(m_demo, &DemoMaker::progressed, m_start,
        [this](const QString& line) { m_start->showDemo(StartPage::Demo::Making, line); });
    connect(m_demo, &DemoMaker::made, this, [this] {
        m_start->showDemo(StartPage::Demo::Made);
        openProject(DemoMaker::projectFolder());
    });
    connect(m_demo, &DemoMaker::failed, this, [this](const Error& error) {
        m_start->showDemo(StartPage::Demo::NotMade);
        if (error.code != "cancelled")
            m_start->showProblem(error);
    });
    m_start->showDemo(DemoMaker::isMade() ? StartPage::Demo::Made : StartPage::Demo::NotMade);
    m_stack->addWidget(m_start);
}

void MainWindow::makeDemo() {
    if (DemoMaker::isMade())
        return openProject(DemoMaker::projectFolder());
    m_start->clearProblem();
    m_start->showDemo(StartPage::Demo::Making);
    m_demo->start(engineProgram());
}

void MainWindow::askForProject() {
    const QString folder
        = QFileDialog::getExistingDirectory(this, tr("Open project"), m_settings->projectsFolder());
    if (!folder.isEmpty())
        openProject(folder);
}

void MainWindow::askForNewProject() {
    const QString file = QFileDialog::getSaveFileName(this, tr("New project"),
        QDir(m_settings->projectsFolder()).filePath(tr("Project")), QString(), nullptr,
        QFileDialog::DontConfirmOverwrite);
    if (file.isEmpty())
        return;
    m_opening = true;
    m_project->create(file, this,
        [this](Result<ProjectAccess::Opened> opened) { showOpened(std::move(opened)); });
}

void MainWindow::askFor(int what) {
    QString path;
    switch (StartPage::Give(what)) {
    case StartPage::Give::Data:
        path = QFileDialog::getOpenFileName(this, tr("Choose a data file"), QString(),
            tr("Data (*.json *.jsonl *.csv *.tsv *.txt);;All files (*)"));
        break;
    case StartPage::Give::Model:
        path = QFileDialog::getExistingDirectory(this, tr("Choose a model folder"));
        break;
    case StartPage::Give::Log:
        path = QFileDialog::getOpenFileName(this, tr("Choose a trainer's log"), QString(),
            tr("Logs (events.out.tfevents.* *.json *.jsonl);;All files (*)"));
        break;
    }
    if (!path.isEmpty())
        receive(path);
}

void MainWindow::receive(const QString& path) {
    QString target;
    const DroppedKind kind = droppedKind(path, &target);
    if (kind == DroppedKind::Project)
        return openProject(target);
    if (kind == DroppedKind::Missing || kind == DroppedKind::Folder) {
        m_start->showProblem(Error("window.nothing_to_open", {{"path", path.toStdString()}}));
        m_stack->setCurrentWidget(m_start);
        return;
    }
    if (hasProject() && m_stack->currentWidget() != m_start)
        return giveTo(kind, target);
    const QFileInfo info(target);
    const QString name = info.isDir() ? info.fileName() : info.completeBaseName();
    m_opening = true;
    m_start->showOpening(target);
    m_project->create(QDir(m_settings->projectsFolder()).filePath(name), this,
        [this, kind, target](Result<ProjectAccess::Opened> opened) {
            const bool good = opened.has_value();
            showOpened(std::move(opened));
            if (good)
                giveTo(kind, target);
        });
}

void MainWindow::giveTo(DroppedKind kind, const QString& path) {
    switch (kind) {
    case DroppedKind::Data:
        showPanel(QStringLiteral("data"));
        break;
    case DroppedKind::Model:
        showPanel(QStringLiteral("inspect"));
        break;
    case DroppedKind::Log:
        showPanel(QStringLiteral("runs"));
        break;
    default:
        return;
    }
    m_area->current()->openPath(path);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QString path = event->mimeData()->urls().constFirst().toLocalFile();
    event->acceptProposedAction();
    // The other program waits until the drop has been handled.
    QMetaObject::invokeMethod(
        this, [this, path] { receive(path); }, Qt::QueuedConnection);
}

} // namespace assay
