#pragma once

#include "ui/common/panel.h"
#include "ui/common/services.h"
#include "ui/service/compare_batch_run.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace assay {

class BatchModel;
class Card;
class Chip;
class SegmentedSwitch;
class SelectionContext;
class StateStack;

/// The two models over every sample of the view: a run in the background and its table, whose rows
/// open above.
class BatchCard final : public QWidget {
    Q_OBJECT

public:
    explicit BatchCard(const Services& services, QWidget* parent = nullptr);
    /// What the numbers depend on besides the view and the models of the selection.
    void setTemplateName(const QString& name);
    /// Reads what there is for the selection; while a run is under way it keeps its place.
    void refresh();
    bool isSettled() const { return m_run->state() == CompareBatchRun::State::Idle; }
    QList<PanelExport> exports();
    CompareBatchRun* run() const { return m_run; }
    BatchModel* model() const { return m_model; }
    QTableView* table() const { return m_table; }
    QPushButton* runButton() const { return m_start; }

Q_SIGNALS:
    /// A row was opened: show this sample with the answer that the batch compared.
    void sampleWanted(qint64 sample, AnswerSource source);

private:
    CompareBatchRun::Plan plan() const;
    void toggle();
    void showState();
    void chooseRow();
    void followSelection();

    SelectionContext* m_selection;
    CompareBatchRun* m_run;
    QString m_template;
    Card* m_card;
    Chip* m_view;
    SegmentedSwitch* m_source;
    QPushButton* m_start;
    QLabel* m_progress;
    BatchModel* m_model;
    QTableView* m_table;
    StateStack* m_stack;
};

} // namespace assay
