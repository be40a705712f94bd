#pragma once

#include "ui/common/panel.h"
#include "ui/common/selection_context.h"
#include "ui/common/services.h"
#include "ui/service/job_watcher.h"

class QLabel;
class QListView;

namespace assay {

class Card;
class Chip;
class JobListModel;
class LossView;
class SegmentedSwitch;
class StateStack;

/// The jobs of the project and the curve of the chosen one, as they happen.
class RunsPanel final : public Panel {
    Q_OBJECT

public:
    explicit RunsPanel(const Services& services, QWidget* parent = nullptr);

    QString id() const override { return QStringLiteral("runs"); }
    QString title() const override { return tr("Runs"); }
    Group group() const override { return Group::Train; }
    QString icon() const override { return QStringLiteral("runs"); }
    bool isSettled() const override;
    QWidget* firstFocus() override;

private:
    void buildList();
    void buildCurve();
    void showJobs();
    void chooseRun(const QString& folder);
    void showRun();
    void showMetrics(bool reset);
    void showReading(double x);

    SelectionContext* m_selection;
    JobWatcher* m_jobs;
    JobListModel* m_model;
    Card* m_listCard;
    QListView* m_list;
    StateStack* m_listStack;
    Card* m_curveCard;
    Chip* m_chip;
    Chip* m_eta;
    LossView* m_curve;
    StateStack* m_curveStack;
    SegmentedSwitch* m_quantity;
    SegmentedSwitch* m_axis;
    SegmentedSwitch* m_scale;
    QLabel* m_key;
    QLabel* m_reading;
};

} // namespace assay
