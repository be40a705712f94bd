#pragma once

#include "ui/common/panel.h"
#include "ui/common/selection_context.h"
#include "ui/common/theme.h"

#include <QWidget>

class QLabel;
class QStackedWidget;

namespace assay {

class ActivityRail;
class EngineModels;
class EngineSession;
class InspectPanel;
class JobWatcher;
class ProjectAccess;
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
    /// Whether everything that was asked for has arrived or failed: nothing on the screen will
    /// change by itself, but for a running job.
    bool isSettled() const;

    SelectionContext* selection() const { return m_selection; }
    EngineSession* engine() const { return m_engine; }
    InspectPanel* inspect() const { return m_inspect; }
    RunsPanel* runs() const { return m_runs; }
    StartPage* startPage() const { return m_start; }
    StatusLine* statusLine() const { return m_status; }
    bool hasProject() const;

Q_SIGNALS:
    void projectOpened();
    void projectFailed();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildServices(const Options& options);
    void buildPanels();
    void buildMenu();
    void askForProject();
    void askForEngineCommand();
    void showPanelAt(int index);

    Settings* m_settings;
    SelectionContext* m_selection = nullptr;
    EngineSession* m_engine = nullptr;
    EngineModels* m_models = nullptr;
    ProjectAccess* m_project = nullptr;
    JobWatcher* m_jobs = nullptr;
    TopBar* m_top = nullptr;
    ActivityRail* m_rail = nullptr;
    StatusLine* m_status = nullptr;
    QStackedWidget* m_stack = nullptr;
    StartPage* m_start = nullptr;
    InspectPanel* m_inspect = nullptr;
    RunsPanel* m_runs = nullptr;
    QList<Panel*> m_panels;
    bool m_opening = false;
};

} // namespace assay
