#pragma once

#include "ui/common/plot/curve_math.h"
#include "ui/common/plot/plot_view.h"
#include "ui/service/job_watcher.h"

namespace assay {

enum class RunQuantity { Loss, LearningRate, GradNorm, TokensPerSecond };
enum class RunAxis { Step, Tokens };

/// One run's curve: every point as a faint line, the smoothed one over it, held-out loss, epoch
/// boundaries. New points are appended; the whole is only rebuilt when what is shown changes.
class LossView final : public PlotView {
    Q_OBJECT

public:
    explicit LossView(QWidget* parent = nullptr);
    void setPoints(const std::vector<MetricPoint>& points);
    /// `points` begins with those already shown.
    void appendPoints(const std::vector<MetricPoint>& points);
    void setQuantity(RunQuantity quantity);
    void setAxis(RunAxis axis);
    /// "step 412 · loss 1.214 · smoothed 1.230 · held-out 1.310" for the point nearest to x; empty
    /// where none.
    QString readingAt(double x) const;
    int shownPoints() const { return int(m_shown); }

    static constexpr double smoothing = 0.9;

private:
    void rebuild();
    void add(const MetricPoint& point);
    void finishUpdate();
    double x(const MetricPoint& point) const;
    double value(const MetricPoint& point) const;
    QString quantityName() const;

    RunQuantity m_quantity = RunQuantity::Loss;
    RunAxis m_axis = RunAxis::Step;
    std::vector<MetricPoint> m_points;
    std::size_t m_shown = 0;
    Smoother m_smoother{smoothing};
    QCPGraph* m_raw;
    QCPGraph* m_smoothed;
    QCPGraph* m_heldOut;
};

} // namespace assay
