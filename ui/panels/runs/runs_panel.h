#pragma once

#include "ui/common/panel.h"
#include "ui/common/selection_context.h"
#include "ui/common/services.h"
#include "ui/panels/runs/run_curves.h"
#include "ui/service/job_watcher.h"

class QComboBox;
class QLabel;
class QListView;
class QSlider;
class QSplitter;

namespace assay {

class Card;
class Chip;
class CurvePlot;
class FindingsView;
class RunControls;
class RunDetails;
class RunListModel;
class RunReader;
class SegmentedSwitch;
class StateStack;
class ValueTable;

/// The runs of the project and logs of other trainers; the curves of those chosen, as they happen;
/// what stands behind them and what they show.
class RunsPanel final : public Panel {
    Q_OBJECT

public:
    explicit RunsPanel(const Services& services, QWidget* parent = nullptr);
    ~RunsPanel() override;

    QString id() const override { return QStringLiteral("runs"); }
    QString title() const override { return tr("Runs"); }
    Group group() const override { return Group::Train; }
    QString icon() const override { return QStringLiteral("runs"); }
    bool isSettled() const override;
    QWidget* firstFocus() override;
    QString help() const override;
    QString selectionHelp() const override;
    QList<PanelExport> exports() override;
    void openPath(const QString& path) override { openLog(path); }

    /// Opens a log of another trainer, or the logs in a folder, shows the first and remembers them
    /// for this project. What cannot be opened is said in the panel.
    void openLog(const QString& path);
    /// Takes a log out of the list; the file stays.
    void closeLog(const QString& path);

    CurvePlot* plot() const { return m_plot; }
    RunListModel* runs() const { return m_model; }
    RunDetails* details() const { return m_details; }
    RunControls* controls() const { return m_controls; }
    FindingsView* findings() const { return m_findings; }
    /// The run whose details are shown.
    QString currentRun() const { return m_current; }
    /// Chooses the runs to draw, the first one being shown in detail.
    void chooseRuns(const QStringList& paths);
    void setQuantity(RunQuantity quantity);
    QString notice() const;

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildList();
    void buildCurves();
    QWidget* buildToolRow();
    void buildActions();
    void showJobs();
    void openProject();
    void takeLogs(const QString& path, const std::vector<LogSummary>& logs);
    void rememberLogs();
    void chooseFromList();
    void follow();
    void showRun();
    void showCurves();
    void showReadings();
    void showFindings();
    void showNotice();
    void askForLog();
    void showSample(const QString& uid, const QString& panel);
    void showCheckpoint(const QString& folder, qint64 step, const QString& panel);
    QStringList drawnRuns() const;
    std::vector<DrawnRun> drawnData() const;
    const RunData* currentData() const;

    Services m_services;
    SelectionContext* m_selection;
    JobWatcher* m_jobs;
    RunReader* m_reader;
    RunListModel* m_model;
    Card* m_listCard;
    QListView* m_list;
    StateStack* m_listStack;
    Card* m_curveCard;
    Chip* m_chip;
    Chip* m_eta;
    Chip* m_answer;
    RunControls* m_controls;
    QLabel* m_notice;
    CurvePlot* m_plot;
    StateStack* m_curveStack;
    SegmentedSwitch* m_quantity;
    QComboBox* m_other;
    SegmentedSwitch* m_axis;
    SegmentedSwitch* m_scale;
    QSlider* m_smoothing;
    QLabel* m_smoothingValue;
    ValueTable* m_readings;
    RunDetails* m_details;
    Card* m_findingsCard;
    FindingsView* m_findings;
    QAction* m_pauseAction;
    QAction* m_stopAction;
    QAction* m_checkpointAction;
    QAction* m_goOnAction;
    QAction* m_closeAction;

    QString m_current;
    QString m_project;
    std::optional<Error> m_logError;
    QString m_said; ///< what became of an order of the person, where it failed
    std::optional<RunQuantity> m_wantedQuantity;
    bool m_choosing = false;
    QStringList m_restoring; ///< logs of the project that are being opened again
};

} // namespace assay
