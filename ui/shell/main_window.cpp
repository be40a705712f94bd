#include "ui/shell/main_window.h"

#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/services.h"
#include "ui/common/settings.h"
#include "ui/panels/compare/compare_panel.h"
#include "ui/panels/data/data_panel.h"
#include "ui/panels/inspect/inspect_panel.h"
#include "ui/panels/pairs/pairs_panel.h"
#include "ui/panels/review/review_panel.h"
#include "ui/panels/runs/runs_panel.h"
#include "ui/panels/train/train_panel.h"
#include "ui/service/demo_maker.h"
#include "ui/service/engine_models.h"
#include "ui/service/engine_program.h"
#include "ui/service/engine_session.h"
#include "ui/service/folder_watch.h"
#include "ui/service/job_watcher.h"
#include "ui/shell/activity_rail.h"
#include "ui/shell/help_drawer.h"
#include "ui/shell/panel_area.h"
#include "ui/shell/start_page.h"
#include "ui/shell/status_line.h"
#include "ui/shell/top_bar.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace assay {

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
    m_area = new PanelArea(this);
    m_help = new HelpDrawer(this);
    m_railRule = makeRule(Qt::Vertical);
    m_middle = new QHBoxLayout;
    m_middle->setSpacing(0);
    m_middle->addWidget(m_rail);
    m_middle->addWidget(m_railRule);
    m_middle->addWidget(m_stack, 1);
    m_middle->addWidget(m_help);
    column->addWidget(m_top);
    column->addWidget(makeRule(Qt::Horizontal));
    column->addLayout(m_middle, 1);
    column->addWidget(makeRule(Qt::Horizontal));
    column->addWidget(m_status);

    buildStartPage();
    buildPanels();
    m_stack->addWidget(m_area);
    m_palette = new CommandPalette(this);
    buildMenu();
    showRail(false);

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
    m_demo = new DemoMaker(this);
    m_folder = new FolderWatch(this);
    connect(m_folder, &FolderWatch::changed, this, &MainWindow::showFolderState);
}

void MainWindow::buildPanels() {
    const Services services{m_selection, m_project, m_engine, m_models, m_jobs, m_settings};
    m_inspect = new InspectPanel(services, this);
    m_runs = new RunsPanel(services, this);
    m_panels = {
        new DataPanel(services, this),
        new ReviewPanel(services, this),
        new PairsPanel(services, this),
        new TrainPanel(services, this),
        m_runs,
        m_inspect,
        new ComparePanel(services, this),
    };
    m_area->setPanels(m_panels);
    m_rail->setPanels(m_panels);
    connect(m_rail, &ActivityRail::chosen, this, &MainWindow::showPanelAt);
    connect(m_rail, &ActivityRail::menuWanted, this, &MainWindow::fillRailMenu);
    connect(m_selection, &SelectionContext::panelWanted, this, &MainWindow::showPanel);
    connect(m_area, &PanelArea::currentChanged, this, &MainWindow::showCurrent);
    connect(m_help, &HelpDrawer::closeWanted, this, [this] { showHelp(false); });
}

bool MainWindow::hasProject() const {
    return !m_selection->project().isEmpty();
}

void MainWindow::openProject(const QString& folder) {
    m_opening = true;
    m_start->showOpening(folder);
    m_project->open(QDir(folder).absolutePath(), this,
        [this](Result<ProjectAccess::Opened> opened) { showOpened(std::move(opened)); });
}

void MainWindow::showOpened(Result<ProjectAccess::Opened> opened) {
    m_opening = false;
    if (!opened) {
        m_start->showProblem(opened.error());
        m_stack->setCurrentWidget(m_start);
        showRail(hasProject());
        Q_EMIT projectFailed();
        return;
    }
    m_start->clearProblem();
    m_settings->rememberProject(opened->folder);
    m_start->setRecent(m_settings->get(Settings::keys().recentProjects));
    setWindowTitle(tr("%1 – Assay").arg(opened->name));
    m_top->setProjectName(opened->name);
    showRail(true);
    m_stack->setCurrentWidget(m_area);
    m_jobs->watch(opened->jobsFolder);
    m_folder->watch(opened->folder);
    m_selection->setProject(opened->folder);
    if (!m_area->current())
        m_area->restoreLayout(m_settings->get(Settings::keys().layout));
    showPanel(m_settings->get(Settings::keys().panel));
    showHelp(m_settings->get(Settings::keys().helpShown));
    Q_EMIT projectOpened();
}

void MainWindow::showPanel(const QString& id) {
    for (int i = 0; i < m_panels.size(); ++i)
        if (m_panels[i]->id() == id)
            return showPanelAt(i);
    showPanelAt(int(m_panels.indexOf(m_inspect)));
}

void MainWindow::showPanelAt(int index) {
    Panel* panel = m_panels[index];
    m_stack->setCurrentWidget(m_area);
    m_area->showPanel(panel);
    panel->firstFocus()->setFocus();
}

void MainWindow::showCurrent(Panel* panel) {
    m_rail->setCurrent(int(m_panels.indexOf(panel)));
    m_settings->set(Settings::keys().panel, panel->id());
    m_help->showPanel(panel);
}

void MainWindow::showHelp(bool shown) {
    m_help->setVisible(shown);
    m_help->showPanel(m_area->current());
    placeHelp();
    m_settings->set(Settings::keys().helpShown, shown);
}

void MainWindow::showRail(bool shown) {
    m_rail->setVisible(shown);
    m_railRule->setVisible(shown);
}

/// Beside the panels where there is room for both; else over their right edge, so that they keep
/// theirs.
void MainWindow::placeHelp() {
    const bool over = width() < scaled(1280);
    const bool isOver = m_middle->indexOf(m_help) < 0;
    if (over && !isOver) {
        m_middle->removeWidget(m_help);
    } else if (!over && isOver) {
        m_middle->addWidget(m_help);
    }
    if (!over)
        return;
    const QRect room(m_stack->mapTo(this, QPoint()), m_stack->size());
    m_help->setGeometry(
        room.right() + 1 - m_help->width(), room.top(), m_help->width(), room.height());
    m_help->raise();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    layout()->activate(); // the room that is left for the panels
    placeHelp();
}

void MainWindow::showFolderState() {
    m_status->showStanding(m_folder->isGone()
            ? errorParagraph(Error("store.moved", {{"path", m_folder->folder().toStdString()}}))
            : QString());
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
    if (m_area->current())
        m_settings->set(Settings::keys().layout, m_area->saveLayout());
    QWidget::closeEvent(event);
}

} // namespace assay
