#pragma once

#include "ui/common/panel.h"
#include "ui/common/services.h"
#include "ui/service/run_planner.h"

#include <QTimer>

class QBoxLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace assay {

class BatchView;
class Card;
class ChangesView;
class Chip;
class EstimateView;
class LabelView;
class ParameterForm;
class QueueCard;
class SegmentedSwitch;
class SourcePickers;
class StateStack;
class TrainDraft;
class TrainLauncher;

/// Before a run: what is trained, every parameter with what is usual, the exact tokens and batches
/// that the run will see, what it will cost, and its start.
class TrainPanel final : public Panel {
    Q_OBJECT

public:
    explicit TrainPanel(const Services& services, QWidget* parent = nullptr);
    ~TrainPanel() override;

    QString id() const override { return QStringLiteral("train"); }
    QString title() const override { return tr("Train"); }
    Group group() const override { return Group::Train; }
    QString icon() const override { return QStringLiteral("train"); }
    bool isSettled() const override;
    QWidget* firstFocus() override;
    QString help() const override;
    QString selectionHelp() const override;
    QList<PanelExport> exports() override;

    enum View { Labels, Batches, Changes, Spec };
    void showView(View view);

    TrainDraft* draft() const { return m_draft; }
    RunPlanner* planner() const { return m_planner; }
    TrainLauncher* launcher() const { return m_launcher; }
    SourcePickers* pickers() const { return m_pickers; }
    ParameterForm* form() const { return m_form; }
    LabelView* labels() const { return m_labels; }
    BatchView* batches() const { return m_batches; }
    ChangesView* changes() const { return m_changes; }
    EstimateView* estimate() const { return m_estimate; }
    StateStack* planStack() const { return m_planStack; }
    QPushButton* launchButton() const { return m_launch; }
    QPushButton* queueButton() const { return m_queueRun; }
    QPushButton* measureButton() const { return m_measure; }
    /// Why the run cannot be started, or what would go wrong; empty when all is well.
    QString reason() const;

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    Card* buildFormCard();
    Card* buildPreflightCard();
    Card* buildEstimateCard();
    void buildCommands();
    QWidget* buildSpecView();
    void addPresets();
    void savePreset();
    void takeProject();
    void takeRuns();
    void draftChanged();
    void planNow();
    void showPlan();
    void showPlanState();
    void showReason();
    void explain(const QString& key);
    void startRun(bool queued);
    void measure();
    void newModel();
    QString blocking() const; ///< why nothing can be started
    QString warning() const; ///< what would go wrong, though it can be

    Services m_services;
    TrainDraft* m_draft;
    RunPlanner* m_planner;
    TrainLauncher* m_launcher;
    SourcePickers* m_pickers;
    ParameterForm* m_form;
    Chip* m_state;
    QPushButton* m_presets;
    QLabel* m_explanationTitle;
    QLabel* m_explanation;
    QLabel* m_reason;
    QPushButton* m_launch;
    QPushButton* m_queueRun;
    SegmentedSwitch* m_view;
    QStackedWidget* m_views;
    Chip* m_planChip;
    StateStack* m_planStack;
    QStackedWidget* m_planViews;
    LabelView* m_labels;
    BatchView* m_batches;
    ChangesView* m_changes;
    QPlainTextEdit* m_specText;
    EstimateView* m_estimate;
    StateStack* m_estimateStack;
    QPushButton* m_measure;
    QueueCard* m_queue;
    Card* m_formCard;
    QBoxLayout* m_below;
    QTimer m_planTimer;
    std::string m_plannedKey;
    std::optional<Error> m_planError;
    QString m_failure; ///< of the last start
    QString m_focusedKey;
    QString m_dataSources;
    bool m_isMeasuring = false;
    bool m_hasDraft = false; ///< something of the project or the person stands in it
    bool m_runsTaken = false;
};

} // namespace assay
