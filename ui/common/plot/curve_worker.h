#pragma once

#include "ui/common/plot/curve_series.h"
#include "ui/common/plot/curve_style.h"

#include <QString>

namespace assay {

/// A line of a CurvePlot: one curve of one run.
struct PlotCurve {
    QString label;
    std::shared_ptr<const RunLog> log;
    std::string curve;
    CurveStyle style;
    bool smoothed = true;
};

/// What is computed away from the window's thread before a plot is drawn.
struct CurveRequest {
    std::vector<PlotCurve> curves;
    /// Built before; used again where they still hold.
    std::vector<std::shared_ptr<const CurveSeries>> series;
    CurveAxis axis = CurveAxis::Step;
    double smoothing = 0;
    bool logarithmic = false;
    /// The stretch of x in view; NaN for everything.
    double left = RunPlace::none;
    double right = RunPlace::none;
    int columns = 800; ///< pixels over that stretch
};
struct CurveDrawing {
    std::vector<std::shared_ptr<const CurveSeries>> series; ///< as the request's curves
    std::vector<ThinnedLine> raw;
    std::vector<ThinnedLine> smooth; ///< empty lines where there is none
    double left = 0;
    double right = 1;
    ValueRange values; ///< of what is in view
};
CurveDrawing drawCurves(const CurveRequest& request);

} // namespace assay
