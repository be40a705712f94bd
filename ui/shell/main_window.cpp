#include "ui/shell/main_window.h"

#include "ui/common/controls.h"
#include "ui/common/services.h"
#include "ui/common/settings.h"
#include "ui/panels/inspect/inspect_panel.h"
#include "ui/panels/runs/runs_panel.h"
#include "ui/service/engine_models.h"
#include "ui/service/engine_session.h"
#include "ui/service/job_watcher.h"
#include "ui/service/project_access.h"
#include "ui/shell/activity_rail.h"
#include "ui/shell/start_page.h"
#include "ui/shell/status_line.h"
#include "ui/shell/top_bar.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDropEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QMenu>
#include <QMimeData>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace assay {

namespace {

/// The assay-cli beside the program (a build folder), else the one that is installed.
QString usualEngineCommand() {
    const QString beside = QCoreApplication::applicationDirPath();
    if (QFileInfo(QDir(beside).filePath(QStringLiteral("assay-cli"))).isExecutable())
        return EngineSession::defaultCommand(beside);
    const QString installed = QStandardPaths::findExecutable(QStringLiteral("assay-cli"));
    return EngineSession::defaultCommand(
        installed.isEmpty() ? beside : QFileInfo(installed).path());
}

} // namespace

MainWindow::MainWindow(Settings* settings, const Options& options, QWidget* parent)
    : QWidget(parent)
    , m_settings(settings) {
    setWindowTitle(QStringLiteral("Assay"));
    setAcceptDrops(true);
    buildServices(options);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_top = new TopBar(m_selection, this);
    m_status = new StatusLine(m_engine, m_jobs, this);
    m_rail = new ActivityRail(this);
    m_stack = new QStackedWidget(this);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    middle->addWidget(makeRule(Qt::Vertical));
    middle->addWidget(m_stack, 1);
    column->addWidget(m_top);
    column->addWidget(makeRule(Qt::Horizontal));
    column->addLayout(middle, 1);
    column->addWidget(makeRule(Qt::Horizontal));
    column->addWidget(m_status);

    m_start = new StartPage(this);
    m_start->setRecent(m_settings->get(Settings::keys().recentProjects));
    connect(m_start, &StartPage::openWanted, this, &MainWindow::askForProject);
    connect(m_start, &StartPage::projectChosen, this, &MainWindow::openProject);
    m_stack->addWidget(m_start);
    buildPanels();
    buildMenu();
    m_rail->hide();

    resize(1480, 920);
    restoreGeometry(m_settings->get(Settings::keys().geometry));
    m_engine->start();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildServices(const Options& options) {
    m_selection = new SelectionContext(this);
    m_engine = new EngineSession(this);
    QString command = options.engineCommand;
    if (command.isEmpty())
        command = m_settings->get(Settings::keys().engineCommand);
    m_engine->setCommand(command.isEmpty() ? usualEngineCommand() : command);
    m_models = new EngineModels(m_engine);
    m_project = new ProjectAccess(this);
    m_jobs = new JobWatcher(this);
}

void MainWindow::buildPanels() {
    const Services services{m_selection, m_project, m_engine, m_models, m_jobs, m_settings};
    m_inspect = new InspectPanel(services, this);
    m_runs = new RunsPanel(services, this);
    m_panels = {m_runs, m_inspect};
    for (Panel* panel : std::as_const(m_panels))
        m_stack->addWidget(panel);
    m_rail->setPanels(m_panels);
    connect(m_rail, &ActivityRail::chosen, this, &MainWindow::showPanelAt);
    connect(m_selection, &SelectionContext::panelWanted, this, &MainWindow::showPanel);
}

void MainWindow::buildMenu() {
    QMenu* menu = m_top->menu();
    const auto add = [this, menu](const QString& text, const QKeySequence& key, auto action) {
        QAction* entry = menu->addAction(text);
        entry->setShortcut(key);
        entry->setShortcutContext(Qt::WindowShortcut);
        connect(entry, &QAction::triggered, this, action);
        addAction(entry);
        return entry;
    };
    add(tr("Open project…"), QKeySequence::Open, [this] { askForProject(); });
    menu->addSeparator();
    add(tr("Light or dark"), QKeySequence(QStringLiteral("Ctrl+Shift+L")), [this] {
        setTheme(tokens().kind == ThemeKind::Dark ? ThemeKind::Light : ThemeKind::Dark);
        m_settings->set(Settings::keys().theme, themeName(tokens().kind));
    });
    menu->addSeparator();
    add(tr("Restart the engine"), QKeySequence(QStringLiteral("Ctrl+Shift+R")),
        [this] { m_engine->restart(); });
    add(tr("Engine command…"), QKeySequence(), [this] { askForEngineCommand(); });
    menu->addSeparator();
    add(tr("Quit"), QKeySequence::Quit, [this] { close(); });
}

void MainWindow::askForProject() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Open project"));
    if (!folder.isEmpty())
        openProject(folder);
}

void MainWindow::askForEngineCommand() {
    bool accepted = false;
    const QString command = QInputDialog::getText(this, tr("Engine command"),
        tr("The command that starts the engine, for example: ssh HOST assay-cli serve "
           "--stdio\nLeave it empty for the "
           "engine of this machine."),
        QLineEdit::Normal, m_settings->get(Settings::keys().engineCommand), &accepted);
    if (!accepted)
        return;
    m_settings->set(Settings::keys().engineCommand, command.trimmed());
    m_engine->setCommand(command.trimmed().isEmpty() ? usualEngineCommand() : command.trimmed());
    m_engine->restart();
}

bool MainWindow::hasProject() const {
    return !m_selection->project().isEmpty();
}

void MainWindow::openProject(const QString& folder) {
    m_opening = true;
    m_start->showOpening(folder);
    m_project->open(
        QDir(folder).absolutePath(), this, [this](Result<ProjectAccess::Opened> opened) {
            m_opening = false;
            if (!opened) {
                m_start->showProblem(opened.error());
                m_stack->setCurrentWidget(m_start);
                m_rail->setVisible(hasProject());
                Q_EMIT projectFailed();
                return;
            }
            m_start->clearProblem();
            m_settings->rememberProject(opened->folder);
            m_start->setRecent(m_settings->get(Settings::keys().recentProjects));
            setWindowTitle(tr("%1 – Assay").arg(opened->name));
            m_top->setProjectName(opened->name);
            m_rail->show();
            m_jobs->watch(opened->jobsFolder);
            m_selection->setProject(opened->folder);
            showPanel(m_settings->get(Settings::keys().panel));
            Q_EMIT projectOpened();
        });
}

void MainWindow::showPanel(const QString& id) {
    for (int i = 0; i < m_panels.size(); ++i)
        if (m_panels[i]->id() == id)
            return showPanelAt(i);
    showPanelAt(int(m_panels.indexOf(m_inspect)));
}

void MainWindow::showPanelAt(int index) {
    Panel* panel = m_panels[index];
    m_stack->setCurrentWidget(panel);
    m_rail->setCurrent(index);
    m_settings->set(Settings::keys().panel, panel->id());
    panel->firstFocus()->setFocus();
}

void MainWindow::setTheme(ThemeKind kind) {
    applyTheme(*qobject_cast<QApplication*>(QCoreApplication::instance()), kind);
}

bool MainWindow::isSettled() const {
    if (m_opening)
        return false;
    for (const Panel* panel : m_panels)
        if (!panel->isSettled())
            return false;
    return m_engine->state() != EngineSession::State::Starting;
}

void MainWindow::closeEvent(QCloseEvent* event) {
    m_settings->set(Settings::keys().geometry, saveGeometry());
    QWidget::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && QFileInfo(urls.first().toLocalFile()).isDir())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    openProject(event->mimeData()->urls().first().toLocalFile());
}

} // namespace assay
