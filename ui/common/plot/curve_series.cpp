#include "ui/common/plot/curve_series.h"

#include "ui/common/plot/curve_math.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace assay {

namespace {

std::span<const double> axisOf(const RunLog& log, CurveAxis axis) {
    switch (axis) {
    case CurveAxis::Step:
        return log.steps();
    case CurveAxis::Tokens:
        return log.tokens();
    case CurveAxis::Seconds:
        return log.seconds();
    }
    return {};
}

/// A log that was resumed from an older checkpoint goes back in steps: a stable order by x.
void sortByX(CurveSeries& series) {
    if (std::ranges::is_sorted(series.x))
        return;
    std::vector<std::size_t> order(series.x.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order, {}, [&series](std::size_t i) { return series.x[i]; });
    const auto reorder = [&order](std::vector<double>& values) {
        std::vector<double> sorted(values.size());
        std::ranges::transform(order, sorted.begin(), [&](std::size_t i) { return values[i]; });
        values = std::move(sorted);
    };
    reorder(series.x);
    reorder(series.y);
    reorder(series.step);
}

/// What of the points stands in the range, and one more on each side.
std::pair<std::size_t, std::size_t> partOf(
    const std::vector<double>& x, double left, double right) {
    auto first = std::size_t(std::ranges::lower_bound(x, left) - x.begin());
    auto last = std::size_t(std::ranges::upper_bound(x, right) - x.begin());
    return {first > 0 ? first - 1 : 0, std::min(last + 1, x.size())};
}

} // namespace

std::ptrdiff_t CurveSeries::nearest(double at) const {
    if (x.empty() || std::isnan(at))
        return -1;
    const auto above = std::ranges::lower_bound(x, at);
    if (above == x.begin())
        return 0;
    const auto i = above - x.begin();
    if (above == x.end())
        return i - 1;
    return at - x[std::size_t(i - 1)] < x[std::size_t(i)] - at ? i - 1 : i;
}

std::shared_ptr<const CurveSeries> buildSeries(
    const RunLog& log, const std::string& name, CurveAxis axis, double smoothing) {
    auto series = std::make_shared<CurveSeries>();
    series->log = &log;
    series->rows = log.rowCount();
    series->curve = name;
    series->axis = axis;
    series->smoothing = smoothing;
    const RunCurve* curve = log.find(name);
    if (!curve)
        return series;
    const std::span<const double> xs = axisOf(log, axis);
    series->x.reserve(curve->rows.size());
    series->y.reserve(curve->rows.size());
    series->step.reserve(curve->rows.size());
    for (std::size_t i = 0; i < curve->rows.size(); ++i) {
        const double x = xs[curve->rows[i]];
        if (!std::isfinite(x))
            continue;
        series->x.push_back(x);
        series->y.push_back(curve->values[i]);
        series->step.push_back(log.steps()[curve->rows[i]]);
    }
    sortByX(*series);
    for (std::size_t i = 0; i < series->y.size(); ++i)
        if (!std::isfinite(series->y[i]))
            series->notFinite.push_back(i);
    if (smoothing > 0) {
        Smoother smoother(smoothing);
        series->smooth.reserve(series->y.size());
        for (const double value : series->y)
            series->smooth.push_back(smoother.next(value));
    }
    return series;
}

ThinnedLine thinned(const std::vector<double>& x, const std::vector<double>& y, double left,
    double right, int columns) {
    ThinnedLine line;
    if (x.empty() || columns < 1 || !(left < right))
        return line;
    const auto [first, last] = partOf(x, left, right);
    const auto keep = [&](std::size_t i) {
        line.x.push_back(x[i]);
        // An infinity would spoil the range of whoever draws this; it is a gap, and marked apart.
        line.y.push_back(std::isfinite(y[i]) ? y[i] : RunPlace::none);
    };
    if (last - first <= std::size_t(columns) * 2) {
        for (std::size_t i = first; i < last; ++i)
            keep(i);
        return line;
    }
    const double width = (right - left) / columns;
    std::size_t i = first;
    while (i < last) {
        const double column = std::floor((x[i] - left) / width);
        const double columnEnd = left + (column + 1) * width;
        std::size_t least = last;
        std::size_t most = last;
        std::size_t begin = last;
        std::size_t end = last;
        const std::size_t columnBegin = i;
        for (; i < last && (x[i] < columnEnd || i == columnBegin); ++i) {
            if (!std::isfinite(y[i]))
                continue;
            if (begin == last)
                begin = least = most = i;
            end = i;
            least = y[i] < y[least] ? i : least;
            most = y[i] > y[most] ? i : most;
        }
        if (begin == last) { // nothing but gaps
            keep(columnBegin);
            continue;
        }
        std::size_t points[] = {begin, std::min(least, most), std::max(least, most), end};
        std::size_t before = last;
        for (const std::size_t point : points)
            if (point != before)
                keep(before = point);
    }
    return line;
}

void ValueRange::include(double value) {
    if (!std::isfinite(value))
        return;
    low = low <= value ? low : value;
    high = high >= value ? high : value;
}

ValueRange rangeOf(const std::vector<double>& x, const std::vector<double>& y, double left,
    double right, bool positive) {
    ValueRange range;
    const auto first = std::size_t(std::ranges::lower_bound(x, left) - x.begin());
    const auto last = std::size_t(std::ranges::upper_bound(x, right) - x.begin());
    for (std::size_t i = first; i < last; ++i)
        if (!positive || y[i] > 0)
            range.include(y[i]);
    return range;
}

} // namespace assay
