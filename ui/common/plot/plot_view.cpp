#include "ui/common/plot/plot_view.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <cmath>
#include <limits>

namespace assay {

namespace {

QPen cosmetic(const QColor& colour, double width, Qt::PenStyle style = Qt::SolidLine) {
    QPen pen(colour, width, style);
    pen.setCosmetic(true);
    return pen;
}

QPen penOf(LineRole role) {
    const DesignTokens& t = tokens();
    switch (role) {
    case LineRole::Raw:
        return cosmetic(blend(t.accent, t.panel, 0.38), 1);
    case LineRole::Main:
        return cosmetic(t.accent, 2);
    case LineRole::HeldOut:
        return cosmetic(blend(t.text, t.panel, 0.85), 1.4, Qt::DashLine);
    }
    return {};
}

} // namespace

void themePlot(QCustomPlot& plot) {
    const DesignTokens& t = tokens();
    plot.setBackground(QBrush(t.panel));
    for (QCPAxis* axis : {plot.xAxis, plot.yAxis}) {
        axis->setLabelFont(secondaryFont());
        axis->setTickLabelFont(secondaryFont());
        axis->setLabelColor(t.secondary);
        axis->setTickLabelColor(t.secondary);
        axis->setBasePen(Qt::NoPen);
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelPadding(scaled(6));
        axis->setLabelPadding(scaled(6));
        axis->grid()->setPen(cosmetic(t.hairline, 1));
        axis->grid()->setSubGridVisible(false);
        axis->grid()->setZeroLinePen(cosmetic(t.hairline, 1));
    }
    plot.xAxis->grid()->setVisible(false);
    plot.xAxis->setBasePen(cosmetic(t.hairline, 1));
}

PlotView::PlotView(QWidget* parent)
    : QCustomPlot(parent) {
    setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    axisRect()->setMinimumMargins(QMargins(scaled(46), scaled(14), scaled(18), scaled(30)));
    setNoAntialiasingOnDrag(true);
    applyLook();
}

QCPGraph* PlotView::addLine(LineRole role) {
    QCPGraph* graph = addGraph();
    graph->setAdaptiveSampling(true);
    graph->setPen(penOf(role));
    m_lines.emplace_back(graph, role);
    applyLook();
    return graph;
}

void PlotView::applyLook() {
    themePlot(*this);
    for (const auto& [graph, role] : m_lines) {
        graph->setPen(penOf(role));
        if (role == LineRole::HeldOut)
            graph->setScatterStyle(QCPScatterStyle(
                QCPScatterStyle::ssSquare, penOf(role).color(), tokens().panel, scaled(5)));
    }
    for (QCPAbstractItem* item : m_boundaries) {
        if (auto* line = qobject_cast<QCPItemStraightLine*>(item))
            line->setPen(cosmetic(tokens().secondary, 1, Qt::DotLine));
        else if (auto* word = qobject_cast<QCPItemText*>(item)) {
            word->setFont(secondaryFont());
            word->setColor(tokens().secondary);
        }
    }
}

void PlotView::setBoundaries(const std::vector<std::pair<double, QString>>& boundaries) {
    for (QCPAbstractItem* item : m_boundaries)
        removeItem(item);
    m_boundaries.clear();
    for (const auto& [x, label] : boundaries) {
        auto* line = new QCPItemStraightLine(this);
        line->point1->setCoords(x, 1);
        line->point2->setTypeY(QCPItemPosition::ptAxisRectRatio);
        line->point1->setTypeY(QCPItemPosition::ptAxisRectRatio);
        line->point1->setCoords(x, 0);
        line->point2->setCoords(x, 1);
        auto* word = new QCPItemText(this);
        word->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        word->position->setCoords(x, 0);
        word->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
        word->setPadding(QMargins(scaled(5), 0, 0, 0));
        word->setText(label);
        m_boundaries.push_back(line);
        m_boundaries.push_back(word);
    }
    applyLook();
}

void PlotView::setLogarithmic(bool on) {
    m_logarithmic = on;
    yAxis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    if (on) {
        yAxis->setTicker(QSharedPointer<QCPAxisTickerLog>::create());
        yAxis->setNumberFormat(QStringLiteral("g"));
    } else {
        yAxis->setTicker(QSharedPointer<QCPAxisTicker>::create());
        yAxis->setNumberFormat(QStringLiteral("g"));
    }
    m_following = true;
    fit();
    replot(rpQueuedReplot);
}

void PlotView::fit() {
    double left = std::numeric_limits<double>::infinity();
    double right = -left;
    double low = left;
    double high = -left;
    for (const auto& [graph, role] : m_lines) {
        for (const QCPGraphData& point : *graph->data()) {
            if (!std::isfinite(point.value) || (m_logarithmic && point.value <= 0))
                continue;
            left = std::min(left, point.key);
            right = std::max(right, point.key);
            low = std::min(low, point.value);
            high = std::max(high, point.value);
        }
    }
    if (!(left <= right)) {
        xAxis->setRange(0, 1);
        yAxis->setRange(m_logarithmic ? 0.1 : 0, 1);
        return;
    }
    if (left == right)
        right = left + 1;
    xAxis->setRange(left, right + (right - left) * 0.01);
    if (m_logarithmic) {
        yAxis->setRange(low / 1.15, high * 1.15);
    } else {
        // A loss is read against 0 unless it moves in a narrow band far from it.
        const double bottom = low > 0 && low < 0.75 * high ? 0 : low - 0.08 * (high - low);
        const double span = high > bottom ? high - bottom : 1;
        yAxis->setRange(bottom, high + 0.05 * span);
    }
}

void PlotView::fitIfFollowing() {
    if (m_following)
        fit();
}

void PlotView::showAll() {
    m_following = true;
    fit();
    replot(rpQueuedReplot);
}

void PlotView::changeEvent(QEvent* event) {
    QCustomPlot::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        applyLook();
        replot(rpQueuedReplot);
    }
}

void PlotView::mousePressEvent(QMouseEvent* event) {
    QCustomPlot::mousePressEvent(event);
    if (event->button() == Qt::LeftButton)
        m_following = false;
}

void PlotView::wheelEvent(QWheelEvent* event) {
    m_following = false;
    QCustomPlot::wheelEvent(event);
}

void PlotView::mouseMoveEvent(QMouseEvent* event) {
    QCustomPlot::mouseMoveEvent(event);
    Q_EMIT hovered(xAxis->pixelToCoord(event->position().x()));
}

void PlotView::leaveEvent(QEvent* event) {
    QCustomPlot::leaveEvent(event);
    Q_EMIT hovered(std::numeric_limits<double>::quiet_NaN());
}

void PlotView::mouseDoubleClickEvent(QMouseEvent* event) {
    QCustomPlot::mouseDoubleClickEvent(event);
    showAll();
}

} // namespace assay
