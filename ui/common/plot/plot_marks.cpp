#include "ui/common/plot/plot_marks.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <cmath>

namespace assay {

namespace {

QString numberWord(double value) {
    if (std::isnan(value))
        return QStringLiteral("NaN");
    return value > 0 ? QStringLiteral("+Inf") : QStringLiteral("−Inf");
}

} // namespace

PlotMarks::PlotMarks(QCustomPlot* plot)
    : QCPLayerable(plot, QStringLiteral("overlay")) { }

void PlotMarks::applyDefaultAntialiasingHint(QCPPainter* painter) const {
    painter->setAntialiasing(true);
}

void PlotMarks::draw(QCPPainter* painter) {
    const QRect area = parentPlot()->axisRect()->rect();
    painter->setClipRect(area.adjusted(0, -scaled(14), 0, 0));
    drawBoundaries(*painter, area);
    drawNotFinite(*painter, area);
    drawFlag(*painter, area);
}

void PlotMarks::drawBoundaries(QCPPainter& painter, const QRect& area) const {
    painter.setFont(secondaryFont());
    QPen pen(tokens().secondary, 1, Qt::DotLine);
    pen.setCosmetic(true);
    double free = area.left();
    for (const auto& [at, word] : boundaries) {
        const double x = mParentPlot->xAxis->coordToPixel(at);
        if (x < area.left() || x > area.right())
            continue;
        painter.setPen(pen);
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
        // Words that would stand on each other are left out; the lines remain.
        const double width = painter.fontMetrics().horizontalAdvance(word) + scaled(10);
        if (x < free || x + width > area.right())
            continue;
        free = x + width;
        painter.setPen(tokens().secondary);
        painter.drawText(QPointF(x + scaled(5), area.top() + painter.fontMetrics().ascent()), word);
    }
}

void PlotMarks::drawNotFinite(QCPPainter& painter, const QRect& area) const {
    const double side = scaled(7);
    const double top = area.top() + painter.fontMetrics().height() + scaled(4);
    painter.setFont(secondaryFont());
    for (const auto& one : series) {
        double drawnTo = -1e9;
        double wordsTo = -1e9;
        for (const std::size_t i : one->notFinite) {
            const double x = mParentPlot->xAxis->coordToPixel(one->x[i]);
            if (x < area.left() - side || x > area.right() + side || x - drawnTo < 2)
                continue;
            drawnTo = x;
            painter.setPen(Qt::NoPen);
            painter.setBrush(tokens().wrong);
            painter.drawPolygon(QPolygonF(
                {QPointF(x - side / 2, top), QPointF(x + side / 2, top), QPointF(x, top + side)}));
            const QString word
                = QCoreApplication::translate("Curves", "%1 at step %2")
                      .arg(numberWord(one->y[i]), QLocale().toString(one->step[i], 'f', 0));
            const double width = painter.fontMetrics().horizontalAdvance(word) + scaled(12);
            if (x < wordsTo || x + width > area.right())
                continue;
            wordsTo = x + 3 * width;
            painter.setPen(tokens().wrong);
            painter.drawText(
                QPointF(x + side / 2 + scaled(4), top + painter.fontMetrics().ascent() / 2.0 + 2),
                word);
        }
    }
}

void PlotMarks::drawFlag(QCPPainter& painter, const QRect& area) const {
    if (std::isnan(flagX) || series.empty())
        return;
    const CurveSeries& first = *series.front();
    const std::ptrdiff_t i = first.nearest(flagX);
    if (i < 0)
        return;
    const std::vector<double>& line = first.smooth.empty() ? first.y : first.smooth;
    const double value = line[std::size_t(i)];
    const double x = mParentPlot->xAxis->coordToPixel(flagX);
    const double y = std::isfinite(value)
        ? std::clamp<double>(mParentPlot->yAxis->coordToPixel(value), area.top(), area.bottom())
        : area.top() + scaled(20);
    if (x < area.left() || x > area.right())
        return;
    painter.setPen(QPen(tokens().wrong, 2));
    painter.setBrush(tokens().panel);
    const double radius = scaled(4);
    painter.drawEllipse(QPointF(x, y), radius, radius);
    if (flagWords.isEmpty())
        return;
    painter.setFont(secondaryFont());
    const double width = painter.fontMetrics().horizontalAdvance(flagWords);
    const double left = std::clamp<double>(
        x + scaled(9), area.left(), std::max<double>(area.left(), area.right() - width));
    const double below = y - area.top() < scaled(34) ? scaled(22) : -scaled(12);
    painter.drawText(QPointF(left, y + below), flagWords);
}

PlotCursor::PlotCursor(QCustomPlot* plot)
    : QCPLayerable(plot, QStringLiteral("cursor")) { }

void PlotCursor::applyDefaultAntialiasingHint(QCPPainter* painter) const {
    painter->setAntialiasing(true);
}

void PlotCursor::draw(QCPPainter* painter) {
    const QRect area = parentPlot()->axisRect()->rect();
    painter->setClipRect(area);
    if (stretch) {
        QColor fill = tokens().accent;
        fill.setAlphaF(0.14F);
        painter->fillRect(
            QRectF(QPointF(stretch->first, area.top()), QPointF(stretch->second, area.bottom())),
            fill);
    }
    if (!x)
        return;
    const double at = parentPlot()->xAxis->coordToPixel(*x);
    QPen pen(tokens().secondary, 1);
    pen.setCosmetic(true);
    painter->setPen(pen);
    painter->drawLine(QPointF(at, area.top()), QPointF(at, area.bottom()));
    for (const Dot& dot : dots) {
        if (!std::isfinite(dot.y))
            continue;
        painter->setPen(QPen(dot.colour, 1.6));
        painter->setBrush(tokens().panel);
        const double radius = scaled(3);
        painter->drawEllipse(QPointF(parentPlot()->xAxis->coordToPixel(dot.x),
                                 parentPlot()->yAxis->coordToPixel(dot.y)),
            radius, radius);
    }
}

} // namespace assay
