#include "ui/common/plot/curve_worker.h"

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

bool stillHolds(const CurveSeries& series, const PlotCurve& curve, const CurveRequest& request) {
    return series.log == curve.log.get() && series.rows == curve.log->rowCount()
        && series.curve == curve.curve && series.axis == request.axis
        && series.smoothing == (curve.smoothed ? request.smoothing : 0);
}

} // namespace

CurveDrawing drawCurves(const CurveRequest& request) {
    CurveDrawing drawing;
    for (const PlotCurve& curve : request.curves) {
        const auto known = std::ranges::find_if(request.series,
            [&](const auto& series) { return series && stillHolds(*series, curve, request); });
        drawing.series.push_back(known != request.series.end()
                ? *known
                : buildSeries(
                    *curve.log, curve.curve, request.axis, curve.smoothed ? request.smoothing : 0));
    }
    double left = request.left;
    double right = request.right;
    if (!std::isfinite(left) || !std::isfinite(right)) {
        ValueRange all;
        for (const auto& series : drawing.series)
            if (!series->x.empty()) {
                all.include(series->x.front());
                all.include(series->x.back());
            }
        left = all.isEmpty() ? 0 : all.low;
        right = all.isEmpty() ? 1 : all.high;
        const double room = right > left ? 0.01 * (right - left) : 0.5;
        left -= room;
        right += room;
    }
    drawing.left = left;
    drawing.right = right;
    // Half a screen more on each side, so that panning has something to show at once.
    const double margin = (right - left) / 2;
    for (const auto& series : drawing.series) {
        drawing.raw.push_back(
            thinned(series->x, series->y, left - margin, right + margin, 2 * request.columns));
        drawing.smooth.push_back(series->smooth.empty()
                ? ThinnedLine()
                : thinned(
                    series->x, series->smooth, left - margin, right + margin, 2 * request.columns));
        const ValueRange range = rangeOf(series->x, series->y, left, right, request.logarithmic);
        drawing.values.include(range.low);
        drawing.values.include(range.high);
    }
    return drawing;
}

} // namespace assay
