#pragma once

#include "ui/common/panel.h"
#include "ui/common/selection_context.h"
#include "ui/common/theme.h"
#include "ui/service/dropped_item.h"
#include "ui/service/project_access.h"
#include "ui/shell/command_palette.h"

#include <QWidget>

class QFrame;
class QHBoxLayout;
class QMenu;
class QStackedWidget;

namespace assay {

class ActivityRail;
class DemoMaker;
class EngineModels;
class EngineSession;
class FolderWatch;
class HelpDrawer;
class InspectPanel;
class JobWatcher;
class PanelArea;
class RunsPanel;
class Settings;
class StartPage;
class StatusLine;
class TopBar;

/// The window: owns the services, the selection and the panels, and wires them together.
class MainWindow final : public QWidget {
    Q_OBJECT

public:
    struct Options {
        /// Replaces the engine command of the settings for this window.
        QString engineCommand;
        QString theme;
    };
    MainWindow(Settings* settings, const Options& options, QWidget* parent = nullptr);
    ~MainWindow() override;

    void openProject(const QString& folder);
    void showPanel(const QString& id);
    void setTheme(ThemeKind kind);
    /// A project, a model, a trainer's log or a data file, as dropped: opens it, in a new project
    /// where none is open.
    void receive(const QString& path);
    void openPalette();
    void showHelp(bool shown);
    /// Whether everything that was asked for has arrived or failed: nothing on the screen will
    /// change by itself, but for a running job.
    bool isSettled() const;

    SelectionContext* selection() const { return m_selection; }
    EngineSession* engine() const { return m_engine; }
    InspectPanel* inspect() const { return m_inspect; }
    RunsPanel* runs() const { return m_runs; }
    StartPage* startPage() const { return m_start; }
    StatusLine* statusLine() const { return m_status; }
    ProjectAccess* project() const { return m_project; }
    PanelArea* area() const { return m_area; }
    CommandPalette* palette() const { return m_palette; }
    HelpDrawer* help() const { return m_help; }
    const QList<Panel*>& panels() const { return m_panels; }
    bool hasProject() const;

Q_SIGNALS:
    void projectOpened();
    void projectFailed();
    /// The language or the density was changed, which is chosen before a window is built.
    void rebuildWanted();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildServices(const Options& options);
    void buildPanels();
    void buildStartPage();
    void buildMenu();
    void buildExportMenu();
    void fillRailMenu(int panel, const QPoint& at);

    void askForProject();
    void askForNewProject();
    void showOpened(Result<ProjectAccess::Opened> opened);
    void makeDemo();
    void askFor(int what);
    void giveTo(DroppedKind kind, const QString& path);
    void saveExport(const PanelExport& what);
    void showPreferences();
    void applyEngineCommand();
    void showPanelAt(int index);
    void showCurrent(Panel* panel);
    void showRail(bool shown);
    void placeHelp();
    void showFolderState();
    QList<PaletteEntry> paletteEntries();
    void searchSamples(const QString& text, std::function<void(QList<PaletteEntry>)> found);

    Settings* m_settings;
    SelectionContext* m_selection = nullptr;
    EngineSession* m_engine = nullptr;
    EngineModels* m_models = nullptr;
    ProjectAccess* m_project = nullptr;
    JobWatcher* m_jobs = nullptr;
    DemoMaker* m_demo = nullptr;
    TopBar* m_top = nullptr;
    ActivityRail* m_rail = nullptr;
    QFrame* m_railRule = nullptr;
    QHBoxLayout* m_middle = nullptr;
    FolderWatch* m_folder = nullptr;
    StatusLine* m_status = nullptr;
    QStackedWidget* m_stack = nullptr;
    StartPage* m_start = nullptr;
    PanelArea* m_area = nullptr;
    HelpDrawer* m_help = nullptr;
    CommandPalette* m_palette = nullptr;
    QMenu* m_exports = nullptr;
    InspectPanel* m_inspect = nullptr;
    RunsPanel* m_runs = nullptr;
    QList<Panel*> m_panels;
    bool m_opening = false;
};

} // namespace assay
