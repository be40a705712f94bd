#include "ui/common/plot/curve_plot.h"

#include "ui/common/fonts.h"
#include "ui/common/on_result.h"
#include "ui/common/plot/plot_marks.h"
#include "ui/common/plot/plot_view.h"
#include "ui/common/theme.h"

#include <QAccessible>
#include <QtConcurrent>

#include <cmath>

namespace assay {

namespace {

constexpr double clickSlack = 4; ///< pixels that a click may move
constexpr int bigStep = 10; ///< points that Shift and an arrow go

/// "1,200", "1.2 M": counts that people can read at a glance.
class CountTicker final : public QCPAxisTicker {
protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override {
        const QLocale locale;
        const double size = std::abs(tick);
        if (size >= 1e6)
            return locale.toString(tick / 1e6, 'g', 6) + QStringLiteral(" M");
        return locale.toString(tick, 'f', size > 0 && size < 1 ? 2 : 0);
    }
};

void setUpAxis(QCPAxis& axis, CurveAxis kind) {
    if (kind == CurveAxis::Seconds) {
        auto ticker = QSharedPointer<QCPAxisTickerTime>::create();
        ticker->setTimeFormat(QStringLiteral("%h:%m:%s"));
        axis.setTicker(ticker);
        return axis.setLabel(CurvePlot::tr("time since the beginning, h:m:s"));
    }
    axis.setTicker(QSharedPointer<CountTicker>::create());
    axis.setLabel(kind == CurveAxis::Step ? CurvePlot::tr("step") : CurvePlot::tr("tokens"));
}

} // namespace

CurvePlot::CurvePlot(QWidget* parent)
    : QCustomPlot(parent) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Curves"));
    axisRect()->setMinimumMargins(QMargins(scaled(46), scaled(14), scaled(18), scaled(30)));
    addLayer(QStringLiteral("cursor"), layer(QStringLiteral("overlay")));
    layer(QStringLiteral("cursor"))->setMode(QCPLayer::lmBuffered);
    m_marks = new PlotMarks(this);
    m_cursorMark = new PlotCursor(this);
    connect(xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this] {
        if (!m_following)
            want();
    });
    setUpAxis(*xAxis, m_axis);
    applyLook();
}

CurvePlot::~CurvePlot() = default;

void CurvePlot::applyLook() {
    themePlot(*this);
    for (std::size_t i = 0; i < m_raw.size(); ++i) {
        const CurveStyle style = m_curves[i].style;
        const bool hasSmooth = m_curves[i].smoothed && m_smoothing > 0;
        m_raw[i]->setPen(hasSmooth ? curveRawPen(style) : curvePen(style));
        m_smooth[i]->setPen(curvePen(style));
        // Where several points share a pixel the line is a band: soft edges would be invisible, and
        // cost most of the painting.
        for (QCPGraph* graph : {m_raw[i], m_smooth[i]}) {
            const bool dense = graph->dataCount() > 2 * axisRect()->width();
            graph->setAntialiased(!dense);
            if (dense) {
                QPen thin = graph->pen();
                thin.setWidth(1);
                thin.setStyle(Qt::SolidLine);
                graph->setPen(thin);
            }
        }
        // Evaluations are few: every one is marked, and so is a curve that is a single point.
        const bool marked = style.heldOut || (m_series.size() > i && m_series[i]->x.size() < 3);
        m_raw[i]->setScatterStyle(marked && !hasSmooth
                ? QCPScatterStyle(QCPScatterStyle::ssSquare, QPen(curveColour(style), 1.2),
                    QBrush(tokens().panel), scaled(5))
                : QCPScatterStyle(QCPScatterStyle::ssNone));
    }
}

void CurvePlot::setCurves(std::vector<PlotCurve> curves) {
    m_curves = std::move(curves);
    while (m_raw.size() < m_curves.size()) {
        m_raw.push_back(addGraph());
        m_smooth.push_back(addGraph());
    }
    while (m_raw.size() > m_curves.size()) {
        removeGraph(m_raw.back());
        removeGraph(m_smooth.back());
        m_raw.pop_back();
        m_smooth.pop_back();
    }
    want();
}

void CurvePlot::setAxis(CurveAxis axis) {
    if (axis == m_axis)
        return;
    m_axis = axis;
    setUpAxis(*xAxis, axis);
    m_cursor.reset();
    m_pinned.reset();
    m_following = true;
    want();
}

void CurvePlot::setSmoothing(double weight) {
    m_smoothing = std::clamp(weight, 0.0, 0.999);
    want();
}

void CurvePlot::setLogarithmic(bool on) {
    m_logarithmic = on;
    yAxis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    yAxis->setTicker(on ? QSharedPointer<QCPAxisTicker>(QSharedPointer<QCPAxisTickerLog>::create())
                        : QSharedPointer<QCPAxisTicker>::create());
    m_valuesFollow = true;
    want();
}

void CurvePlot::setValueName(const QString& name) {
    yAxis->setLabel(name);
}

void CurvePlot::setBoundaries(std::vector<std::pair<double, QString>> boundaries) {
    m_marks->boundaries = std::move(boundaries);
    replot(rpQueuedReplot);
}

void CurvePlot::setFlag(double x, const QString& words) {
    m_marks->flagX = x;
    m_marks->flagWords = words;
    replot(rpQueuedReplot);
}

void CurvePlot::showAll() {
    m_following = true;
    m_valuesFollow = true;
    want();
}

void CurvePlot::zoomTo(double left, double right) {
    if (!(left < right))
        return;
    m_following = false;
    xAxis->setRange(left, right);
    replot(rpQueuedReplot);
}

void CurvePlot::zoomBy(double factor) {
    m_following = false;
    xAxis->scaleRange(factor, m_cursor.value_or(xAxis->range().center()));
    replot(rpQueuedReplot);
}

void CurvePlot::want() {
    m_wanted = true;
    if (!m_running)
        startDrawing();
}

void CurvePlot::startDrawing() {
    m_wanted = false;
    m_running = true;
    CurveRequest request;
    request.curves = m_curves;
    request.series = m_series;
    request.axis = m_axis;
    request.smoothing = m_smoothing;
    request.logarithmic = m_logarithmic;
    if (!m_following) {
        request.left = xAxis->range().lower;
        request.right = xAxis->range().upper;
    }
    request.columns = std::max(200, axisRect()->width());
    onResult(this,
        QtConcurrent::run([request = std::move(request)] { return drawCurves(request); }),
        [this](CurveDrawing drawing) { take(std::move(drawing)); });
}

void CurvePlot::take(CurveDrawing drawing) {
    m_running = false;
    // Curves were added or taken away meanwhile: this drawing is of others.
    if (drawing.series.size() == m_raw.size()) {
        m_series = std::move(drawing.series);
        for (std::size_t i = 0; i < m_raw.size(); ++i) {
            const auto fill = [](QCPGraph* graph, const ThinnedLine& line) {
                graph->setData(QVector<double>(line.x.begin(), line.x.end()),
                    QVector<double>(line.y.begin(), line.y.end()), true);
            };
            fill(m_raw[i], drawing.raw[i]);
            fill(m_smooth[i], drawing.smooth[i]);
        }
        m_marks->series = m_series;
        m_values = drawing.values;
        if (m_following) {
            const QSignalBlocker quiet(xAxis);
            xAxis->setRange(drawing.left, drawing.right);
        }
        if (m_valuesFollow)
            fitValues();
        applyLook();
        replot();
        setCursor(m_cursor);
        Q_EMIT readingsChanged();
    }
    if (m_wanted)
        startDrawing();
}

void CurvePlot::fitValues() {
    if (m_values.isEmpty())
        return yAxis->setRange(m_logarithmic ? 0.1 : 0, 1);
    const double low = m_values.low;
    const double high = m_values.high;
    if (m_logarithmic) {
        const double room = std::pow(std::max(high / low, 1.05), 0.06);
        return yAxis->setRange(low / room, high * room);
    }
    // A loss is read against 0 unless it moves in a narrow band far from it.
    const double span = high > low ? high - low : std::max(std::abs(high), 1e-3);
    const double bottom = low >= 0 && low < 0.75 * high ? 0 : low - 0.08 * span;
    yAxis->setRange(bottom, high + 0.06 * (high > bottom ? high - bottom : span));
}

std::vector<CurvePlot::Reading> CurvePlot::readings() const {
    std::vector<Reading> readings;
    for (std::size_t i = 0; i < m_curves.size(); ++i) {
        Reading reading;
        reading.curve = int(i);
        const CurveSeries* series = i < m_series.size() ? m_series[i].get() : nullptr;
        const std::ptrdiff_t found = !series || series->x.empty() ? -1
            : m_cursor                                            ? series->nearest(*m_cursor)
                       : std::ptrdiff_t(series->x.size()) - 1;
        if (found >= 0) {
            const auto at = std::size_t(found);
            reading.exists = true;
            reading.x = series->x[at];
            reading.step = series->step[at];
            reading.value = series->y[at];
            if (!series->smooth.empty())
                reading.smoothed = series->smooth[at];
        }
        readings.push_back(reading);
    }
    return readings;
}

void CurvePlot::setCursor(std::optional<double> x) {
    if (x && !m_series.empty() && !m_series.front()->x.empty()) {
        const CurveSeries& first = *m_series.front();
        x = first.x[std::size_t(first.nearest(*x))];
    }
    m_cursor = x;
    m_cursorMark->x = x;
    m_cursorMark->dots.clear();
    if (x)
        for (const Reading& reading : readings())
            if (reading.exists)
                m_cursorMark->dots.push_back(
                    {reading.x, std::isnan(reading.smoothed) ? reading.value : reading.smoothed,
                        curveColour(m_curves[std::size_t(reading.curve)].style)});
    layer(QStringLiteral("cursor"))->replot();
    Q_EMIT readingsChanged();
}

void CurvePlot::moveCursor(int points) {
    if (m_series.empty() || m_series.front()->x.empty())
        return;
    const CurveSeries& first = *m_series.front();
    const std::ptrdiff_t count = std::ptrdiff_t(first.x.size());
    const std::ptrdiff_t from = m_cursor ? first.nearest(*m_cursor) : points < 0 ? count : -1;
    const auto to = std::clamp<std::ptrdiff_t>(from + points, 0, count - 1);
    m_pinned = first.x[std::size_t(to)];
    setCursor(m_pinned);
    // A cursor that leaves the view takes the view along.
    const QCPRange range = xAxis->range();
    if (!range.contains(*m_pinned)) {
        m_following = false;
        xAxis->setRange(*m_pinned, range.size(), Qt::AlignCenter);
        replot(rpQueuedReplot);
    }
    tellScreenReader();
}

void CurvePlot::choose(double x) {
    if (m_series.empty() || m_series.front()->x.empty())
        return;
    const CurveSeries& first = *m_series.front();
    const auto i = std::size_t(first.nearest(x));
    m_pinned = first.x[i];
    setCursor(m_pinned);
    tellScreenReader();
    Q_EMIT pointChosen(first.x[i], first.step[i]);
}

void CurvePlot::tellScreenReader() {
    QStringList parts;
    for (const Reading& reading : readings())
        if (reading.exists)
            parts.append(
                tr("%1: %2 at step %3")
                    .arg(m_curves[std::size_t(reading.curve)].label,
                        std::isfinite(reading.value) ? QLocale().toString(reading.value, 'g', 4)
                                                     : tr("not a number"),
                        QLocale().toString(reading.step, 'f', 0)));
    setAccessibleDescription(parts.join(QStringLiteral("; ")));
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void CurvePlot::changeEvent(QEvent* event) {
    QCustomPlot::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        applyLook();
        replot(rpQueuedReplot);
    }
}

void CurvePlot::resizeEvent(QResizeEvent* event) {
    QCustomPlot::resizeEvent(event);
    want();
}

void CurvePlot::mousePressEvent(QMouseEvent* event) {
    setFocus(Qt::MouseFocusReason);
    m_pressed = event->position();
    m_panning = event->button() == Qt::MiddleButton || event->modifiers() & Qt::ShiftModifier;
}

void CurvePlot::mouseMoveEvent(QMouseEvent* event) {
    if (!m_pressed) {
        setCursor(xAt(event->position()));
        return;
    }
    if (m_panning) {
        const double moved = xAt(*m_pressed) - xAt(event->position());
        m_pressed = event->position();
        m_following = false;
        xAxis->moveRange(moved);
        replot(rpQueuedReplot);
        return;
    }
    m_cursorMark->stretch.reset();
    if (std::abs(event->position().x() - m_pressed->x()) > clickSlack)
        m_cursorMark->stretch = std::minmax(m_pressed->x(), event->position().x());
    layer(QStringLiteral("cursor"))->replot();
}

void CurvePlot::mouseReleaseEvent(QMouseEvent* event) {
    if (!m_pressed)
        return;
    const QPointF from = *m_pressed;
    m_pressed.reset();
    const auto stretch = std::exchange(m_cursorMark->stretch, std::nullopt);
    if (m_panning)
        return;
    if (stretch)
        zoomTo(xAxis->pixelToCoord(stretch->first), xAxis->pixelToCoord(stretch->second));
    else if (event->button() == Qt::LeftButton && axisRect()->rect().contains(from.toPoint()))
        choose(xAt(from));
    layer(QStringLiteral("cursor"))->replot();
}

void CurvePlot::mouseDoubleClickEvent(QMouseEvent*) {
    m_pressed.reset();
    showAll();
}

void CurvePlot::wheelEvent(QWheelEvent* event) {
    const QPoint turn = event->angleDelta();
    if (turn.isNull())
        return;
    const bool sideways = std::abs(turn.x()) > std::abs(turn.y());
    if (sideways) {
        m_following = false;
        xAxis->moveRange(-turn.x() / 1200.0 * xAxis->range().size());
    } else {
        const double factor = std::pow(0.85, turn.y() / 120.0);
        if (event->modifiers() & Qt::ControlModifier) {
            m_valuesFollow = false;
            yAxis->scaleRange(factor, yAxis->pixelToCoord(event->position().y()));
        } else {
            m_following = false;
            xAxis->scaleRange(factor, xAt(event->position()));
        }
    }
    replot(rpQueuedReplot);
    event->accept();
}

void CurvePlot::leaveEvent(QEvent* event) {
    QCustomPlot::leaveEvent(event);
    setCursor(m_pinned);
}

void CurvePlot::focusInEvent(QFocusEvent* event) {
    QCustomPlot::focusInEvent(event);
    tellScreenReader();
}

void CurvePlot::keyPressEvent(QKeyEvent* event) {
    const int step = event->modifiers() & Qt::ControlModifier ? bigStep * bigStep
        : event->modifiers() & Qt::ShiftModifier              ? bigStep
                                                              : 1;
    switch (event->key()) {
    case Qt::Key_Left:
        return moveCursor(-step);
    case Qt::Key_Right:
        return moveCursor(step);
    case Qt::Key_Home:
        return moveCursor(-std::numeric_limits<int>::max());
    case Qt::Key_End:
        return moveCursor(std::numeric_limits<int>::max());
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_cursor)
            choose(*m_cursor);
        return;
    case Qt::Key_Escape:
        m_pinned.reset();
        return setCursor({});
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomBy(0.7);
    case Qt::Key_Minus:
        return zoomBy(1 / 0.7);
    case Qt::Key_0:
        return showAll();
    default:
        QCustomPlot::keyPressEvent(event);
    }
}

} // namespace assay
