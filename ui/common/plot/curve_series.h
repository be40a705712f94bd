#pragma once

#include "core/analysis/run_log.h"

#include <memory>
#include <string>
#include <vector>

namespace assay {

/// What the points of runs are laid beside each other by.
enum class CurveAxis { Step, Tokens, Seconds };

/// One curve of a run as points in the order of x, with the smoothed line over it. Never changes
/// once built, so that threads may share it.
struct CurveSeries {
    std::vector<double> x; ///< ascending
    std::vector<double> y; ///< as recorded; NaN and infinities among them
    std::vector<double> smooth; ///< empty where no smoothing was asked for
    std::vector<double> step; ///< the step of each point, whatever x is
    std::vector<std::size_t> notFinite; ///< indices into y
    /// What it was built from, to know whether it still holds.
    const RunLog* log = nullptr;
    std::size_t rows = 0;
    std::string curve;
    CurveAxis axis = CurveAxis::Step;
    double smoothing = 0;

    /// The point nearest to x; -1 where there is none.
    std::ptrdiff_t nearest(double x) const;
};
/// Points without an x (a log that knows no tokens, say) are left out. `smoothing` is the weight of
/// `Smoother`, 0 for none; it runs in the order of x.
std::shared_ptr<const CurveSeries> buildSeries(
    const RunLog& log, const std::string& curve, CurveAxis axis, double smoothing);

/// A line fit for drawing.
struct ThinnedLine {
    std::vector<double> x;
    std::vector<double> y;
};
/// At most four points a column of `columns` over [left, right], which keep the first, the least,
/// the greatest and the last value of each, so that no spike is lost; the nearest point on each
/// side of the range is kept too. NaN between points is kept as a gap. Where the points are few
/// they are returned as they are.
ThinnedLine thinned(const std::vector<double>& x, const std::vector<double>& y, double left,
    double right, int columns);

struct ValueRange {
    double low = RunPlace::none;
    double high = RunPlace::none;
    void include(double value);
    bool isEmpty() const { return !(low <= high); }
};
/// The least and greatest finite value over [left, right]; only those above 0 where `positive`.
ValueRange rangeOf(const std::vector<double>& x, const std::vector<double>& y, double left,
    double right, bool positive);

} // namespace assay
