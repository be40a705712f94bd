#include "ui/panels/runs/loss_view.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace assay {

LossView::LossView(QWidget* parent)
    : PlotView(parent)
    , m_raw(addLine(LineRole::Raw))
    , m_smoothed(addLine(LineRole::Main))
    , m_heldOut(addLine(LineRole::HeldOut)) {
    setAccessibleName(tr("Curve of the run"));
    rebuild();
}

double LossView::x(const MetricPoint& point) const {
    return m_axis == RunAxis::Step ? point.step : point.tokens;
}

double LossView::value(const MetricPoint& point) const {
    switch (m_quantity) {
    case RunQuantity::Loss:
        return point.loss;
    case RunQuantity::LearningRate:
        return point.learningRate;
    case RunQuantity::GradNorm:
        return point.gradNorm;
    case RunQuantity::TokensPerSecond:
        return point.tokensPerSecond;
    }
    return MetricPoint::none;
}

QString LossView::quantityName() const {
    switch (m_quantity) {
    case RunQuantity::Loss:
        return tr("loss, nats a token");
    case RunQuantity::LearningRate:
        return tr("learning rate");
    case RunQuantity::GradNorm:
        return tr("gradient norm");
    case RunQuantity::TokensPerSecond:
        return tr("tokens a second");
    }
    return {};
}

void LossView::setPoints(const std::vector<MetricPoint>& points) {
    m_points = points;
    rebuild();
    showAll();
}

void LossView::appendPoints(const std::vector<MetricPoint>& points) {
    m_points.insert(m_points.end(),
        points.begin() + std::ptrdiff_t(std::min(m_points.size(), points.size())), points.end());
    for (; m_shown < m_points.size(); ++m_shown)
        add(m_points[m_shown]);
    finishUpdate();
}

void LossView::setQuantity(RunQuantity quantity) {
    m_quantity = quantity;
    rebuild();
    showAll();
}

void LossView::setAxis(RunAxis axis) {
    m_axis = axis;
    rebuild();
    showAll();
}

void LossView::rebuild() {
    for (QCPGraph* graph : {m_raw, m_smoothed, m_heldOut})
        graph->data()->clear();
    m_smoother = Smoother(smoothing);
    for (m_shown = 0; m_shown < m_points.size(); ++m_shown)
        add(m_points[m_shown]);
    finishUpdate();
}

void LossView::add(const MetricPoint& point) {
    const double at = x(point);
    if (!std::isfinite(at))
        return;
    const double y = value(point);
    // A line that only reports an evaluation has no training loss; a recorded NaN stands as a gap.
    const bool onlyEvaluation
        = m_quantity == RunQuantity::Loss && point.evaluated && std::isnan(point.loss);
    if (!onlyEvaluation) {
        m_raw->addData(at, y);
        if (m_quantity == RunQuantity::Loss)
            m_smoothed->addData(at, m_smoother.next(y));
    }
    if (m_quantity == RunQuantity::Loss && point.evaluated)
        m_heldOut->addData(at, point.evalLoss);
}

void LossView::finishUpdate() {
    std::vector<double> xs;
    std::vector<double> epochs;
    xs.reserve(m_points.size());
    epochs.reserve(m_points.size());
    for (const MetricPoint& point : m_points) {
        xs.push_back(x(point));
        epochs.push_back(point.epoch);
    }
    std::vector<std::pair<double, QString>> boundaries;
    for (const EpochBoundary& boundary : epochBoundaries(xs, epochs))
        boundaries.emplace_back(boundary.x, tr("epoch %1").arg(boundary.epoch));
    setBoundaries(boundaries);
    xAxis->setLabel(m_axis == RunAxis::Step ? tr("step") : tr("tokens"));
    yAxis->setLabel(quantityName());
    fitIfFollowing();
    replot(rpQueuedReplot);
}

QString LossView::readingAt(double at) const {
    if (!std::isfinite(at) || m_raw->data()->isEmpty())
        return {};
    auto nearest = m_raw->data()->findBegin(at);
    for (auto next = nearest; next != m_raw->data()->constEnd(); ++next) {
        if (std::abs(next->key - at) > std::abs(nearest->key - at))
            break;
        nearest = next;
    }
    const QLocale locale;
    const auto number = [&locale](double v) {
        return std::isfinite(v) ? locale.toString(v, 'g', 4) : QStringLiteral("NaN");
    };
    QStringList parts{(m_axis == RunAxis::Step ? tr("step %1") : tr("%1 tokens"))
                          .arg(locale.toString(nearest->key, 'f', 0)),
        quantityName() + QLatin1Char(' ') + number(nearest->value)};
    if (m_quantity == RunQuantity::Loss) {
        const auto smoothed = m_smoothed->data()->findBegin(nearest->key, false);
        if (smoothed != m_smoothed->data()->constEnd())
            parts.append(tr("smoothed %1").arg(number(smoothed->value)));
        const auto heldOut = m_heldOut->data()->findBegin(nearest->key, false);
        if (heldOut != m_heldOut->data()->constEnd() && heldOut->key == nearest->key)
            parts.append(tr("held-out %1").arg(number(heldOut->value)));
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace assay
