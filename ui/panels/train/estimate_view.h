#pragma once

#include "ui/service/run_planner.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace assay {

/// Memory part by part with its formula, time, and beside both what a few real steps showed.
class EstimateView final : public QWidget {
    Q_OBJECT

public:
    explicit EstimateView(QWidget* parent = nullptr);
    void setPlan(const std::shared_ptr<const PlannedRun>& plan);
    /// Of the plan in view; none takes it back.
    void setMeasurement(const std::optional<Measurement>& measured);
    QString timeText() const;
    QString memoryText() const;

private:
    void show();
    void showChecked(const SpecEstimate& assumed, const SpecEstimate& measured);

    std::shared_ptr<const PlannedRun> m_plan;
    std::optional<Measurement> m_measured;
    QWidget* m_checked;
    QGridLayout* m_checkedGrid;
    QWidget* m_parts;
    QGridLayout* m_grid;
    QLabel* m_memory;
    QLabel* m_time;
};

QString bytesText(double bytes);
QString durationText(double seconds);

} // namespace assay
