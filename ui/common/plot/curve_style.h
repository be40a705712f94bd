#pragma once

#include <QColor>
#include <QPen>

class QPainter;

namespace assay {

/// How one of several lines is told from the others: by colour and by dash, so that either alone
/// would do. Held-out lines have square marks besides.
struct CurveStyle {
    int number = 0; ///< 0 is the accent's solid line
    bool heldOut = false;
    bool operator==(const CurveStyle&) const = default;
};

QColor curveColour(const CurveStyle& style);
QPen curvePen(const CurveStyle& style);
/// The values as they were recorded, behind the smoothed line.
QPen curveRawPen(const CurveStyle& style);
/// A short piece of the line, for a legend.
void drawCurveSample(QPainter& painter, const QRectF& place, const CurveStyle& style);
/// "solid", "dashed", ..: what a screen reader says of it.
QString curveStyleWord(const CurveStyle& style);

} // namespace assay
