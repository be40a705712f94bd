#include "ui/common/plot/curve_style.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QCoreApplication>
#include <QPainter>

namespace assay {

namespace {

constexpr Qt::PenStyle dashes[] = {Qt::SolidLine, Qt::DashLine, Qt::DotLine, Qt::DashDotLine};

QPen cosmetic(const QColor& colour, double width, Qt::PenStyle dash = Qt::SolidLine) {
    QPen pen(colour, width, dash, Qt::FlatCap, Qt::BevelJoin);
    pen.setCosmetic(true);
    return pen;
}

} // namespace

QColor curveColour(const CurveStyle& style) {
    const DesignTokens& t = tokens();
    const QColor colours[] = {t.accent, t.text, t.bar, t.secondary};
    // The second round of colours has other dashes than the first.
    return colours[style.number % 4]; // held-out values have that of their run
}

QPen curvePen(const CurveStyle& style) {
    const int dash = (style.number + style.number / 4) % 4;
    return cosmetic(curveColour(style), style.heldOut ? 1.4 : 2,
        style.heldOut && style.number == 0 ? Qt::DashLine : dashes[dash]);
}

QPen curveRawPen(const CurveStyle& style) {
    return cosmetic(blend(curveColour(style), tokens().panel, style.number == 0 ? 0.38 : 0.25), 1);
}

void drawCurveSample(QPainter& painter, const QRectF& place, const CurveStyle& style) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(curvePen(style));
    const double y = place.center().y();
    painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y));
    if (style.heldOut) {
        const double side = scaled(5);
        painter.setPen(QPen(curveColour(style), 1.2));
        painter.setBrush(tokens().panel);
        painter.drawRect(QRectF(place.center().x() - side / 2, y - side / 2, side, side));
    }
    painter.restore();
}

QString curveStyleWord(const CurveStyle& style) {
    const char* words[] = {QT_TRANSLATE_NOOP("Curves", "solid line"),
        QT_TRANSLATE_NOOP("Curves", "dashed line"), QT_TRANSLATE_NOOP("Curves", "dotted line"),
        QT_TRANSLATE_NOOP("Curves", "dash-dotted line")};
    if (style.heldOut)
        return QCoreApplication::translate("Curves", "line with squares");
    return QCoreApplication::translate("Curves", words[(style.number + style.number / 4) % 4]);
}

} // namespace assay
