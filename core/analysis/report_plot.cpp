#include "core/analysis/report_plot.h"

#include "core/analysis/report_html.h"

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

constexpr double width = 520;
constexpr double height = 190;
constexpr double left = 38;
constexpr double right = 10;
constexpr double top = 10;
constexpr double bottom = 26;

/// 1, 2 or 5 times a power of ten, so that about four of them span the range.
double niceStep(double range) {
    const double raw = std::max(range, 1e-9) / 4;
    const double power = std::pow(10, std::floor(std::log10(raw)));
    for (double factor : {1.0, 2.0, 5.0})
        if (factor * power >= raw)
            return factor * power;
    return 10 * power;
}

struct Axes {
    double lastStep = 1;
    double low = 0;
    double high = 1;
    double x(double step) const { return left + (width - left - right) * step / lastStep; }
    double y(double loss) const {
        return top + (height - top - bottom) * (high - loss) / (high - low);
    }
};

Axes axesOf(const ReportCurve& curve) {
    Axes axes;
    double high = 0;
    for (const auto* points : {&curve.loss, &curve.evalLoss})
        for (const auto& [step, loss] : *points) {
            axes.lastStep = std::max(axes.lastStep, step);
            if (std::isfinite(loss))
                high = std::max(high, loss);
        }
    const double step = niceStep(high);
    axes.high = std::max(step, std::ceil(high / step) * step);
    return axes;
}

std::string path(const std::vector<std::pair<double, double>>& points, const Axes& axes) {
    std::string d;
    bool pen = false;
    for (const auto& [step, loss] : points) {
        if (!std::isfinite(loss)) {
            pen = false;
            continue;
        }
        d += (pen ? "L" : "M") + fixedNumber(axes.x(step), 1) + " " + fixedNumber(axes.y(loss), 1);
        pen = true;
    }
    return d;
}

} // namespace

std::string lossPlotSvg(const ReportCurve& curve) {
    const Axes axes = axesOf(curve);
    const std::string role = curve.role == ReportCurve::Role::Base ? "base" : "tuned";
    std::string svg = "<svg viewBox=\"0 0 " + fixedNumber(width, 0) + " " + fixedNumber(height, 0)
        + "\" role=\"img\" aria-label=\"" + htmlText(curve.name) + ": loss over steps\">";
    const double step = niceStep(axes.high);
    for (double tick = 0; tick <= axes.high + step / 2; tick += step) {
        const std::string y = fixedNumber(axes.y(tick), 1);
        svg += "<line class=\"grid\" x1=\"" + fixedNumber(left, 0) + "\" x2=\""
            + fixedNumber(width - right, 0) + "\" y1=\"" + y + "\" y2=\"" + y
            + "\"/><text text-anchor=\"end\" x=\"" + fixedNumber(left - 6, 0) + "\" y=\""
            + fixedNumber(axes.y(tick) + 4, 1) + "\">" + fixedNumber(tick, step < 1 ? 1 : 0)
            + "</text>";
    }
    svg += "<text x=\"" + fixedNumber(left, 0) + "\" y=\"" + fixedNumber(height - 6, 0)
        + "\">loss, nats a token, over steps 0 to " + groupedNumber(std::llround(axes.lastStep))
        + "</text>";
    svg += "<path class=\"curve " + role + "\" d=\"" + path(curve.loss, axes) + "\"/>";
    svg += "<path class=\"curve eval " + role + "\" d=\"" + path(curve.evalLoss, axes) + "\"/>";
    for (const auto& [at, loss] : curve.evalLoss)
        if (std::isfinite(loss))
            svg += "<circle class=\"dot " + role + "\" r=\"2.6\" cx=\"" + fixedNumber(axes.x(at), 1)
                + "\" cy=\"" + fixedNumber(axes.y(loss), 1) + "\"><title>step "
                + groupedNumber(std::llround(at)) + ", held out: " + fixedNumber(loss, 3)
                + "</title></circle>";
    return svg + "</svg>";
}

} // namespace assay
