#include "ui/panels/runs/run_curves.h"

#include "ui/panels/runs/run_words.h"

#include "ui/common/plot/curve_math.h"

#include "core/job/metric_number.h"

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

constexpr std::size_t mostChannels = 16;

std::string_view nameOf(RunQuantity quantity) {
    switch (quantity) {
    case RunQuantity::LearningRate:
        return curve::learningRate;
    case RunQuantity::GradNorm:
        return curve::gradNorm;
    case RunQuantity::TokensPerSecond:
        return curve::tokensPerSecond;
    case RunQuantity::Loss:
    case RunQuantity::Channels:
    case RunQuantity::Other:
        break;
    }
    return curve::loss;
}

std::vector<PlotCurve> channelCurves(const DrawnRun& run) {
    std::vector<PlotCurve> curves;
    const bool trained = std::ranges::any_of(run.log->curves(),
        [](const RunCurve& curve) { return curve.name.starts_with(curve::channelLoss); });
    // A log that knows only evaluation sets shows those.
    const std::string_view prefix = trained ? curve::channelLoss : curve::evalChannelLoss;
    for (const RunCurve& found : run.log->curves())
        if (found.name.starts_with(prefix) && curves.size() < mostChannels)
            curves.push_back({QString::fromStdString(found.name.substr(prefix.size())), run.log,
                found.name, {int(curves.size()), !trained}, trained});
    return curves;
}

QString csvField(const QString& text) {
    if (!text.contains(QLatin1Char(',')) && !text.contains(QLatin1Char('"'))
        && !text.contains(QLatin1Char('\n')))
        return text;
    QString quoted = text;
    return QLatin1Char('"') + quoted.replace(QLatin1Char('"'), QStringLiteral("\"\""))
        + QLatin1Char('"');
}

QString csvNumber(double value) {
    if (std::isfinite(value))
        return QString::number(value, 'g', 17);
    return QString::fromStdString(metricToJson(value).get<std::string>());
}

} // namespace

std::vector<PlotCurve> curvesFor(
    RunQuantity quantity, const std::vector<DrawnRun>& runs, const std::string& other) {
    if (runs.empty())
        return {};
    if (quantity == RunQuantity::Channels)
        return channelCurves(runs.front());
    const std::string name = quantity == RunQuantity::Other ? other : std::string(nameOf(quantity));
    std::vector<PlotCurve> curves;
    const bool alone = runs.size() == 1;
    for (int i = 0; i < int(runs.size()); ++i) {
        const DrawnRun& run = runs[std::size_t(i)];
        const bool isLoss = quantity == RunQuantity::Loss;
        if (run.log->find(name))
            curves.push_back(
                {alone ? (isLoss ? RunWords::tr("training") : QString::fromStdString(name))
                       : run.name,
                    run.log, name, {i, false},
                    quantity != RunQuantity::LearningRate && quantity != RunQuantity::Other});
        if (isLoss && run.log->find(curve::evalLoss))
            curves.push_back(
                {alone ? RunWords::tr("held-out") : RunWords::tr("%1, held-out").arg(run.name),
                    run.log, std::string(curve::evalLoss), {i, true}, false});
    }
    return curves;
}

QString valueName(RunQuantity quantity, const std::string& other) {
    switch (quantity) {
    case RunQuantity::Loss:
    case RunQuantity::Channels:
        return RunWords::tr("loss, nats a token");
    case RunQuantity::LearningRate:
        return RunWords::tr("learning rate");
    case RunQuantity::GradNorm:
        return RunWords::tr("gradient norm");
    case RunQuantity::TokensPerSecond:
        return RunWords::tr("tokens a second");
    case RunQuantity::Other:
        return QString::fromStdString(other);
    }
    return {};
}

std::vector<std::string> otherCurves(const std::vector<DrawnRun>& runs) {
    static constexpr std::string_view shown[]
        = {curve::loss, curve::learningRate, curve::gradNorm, curve::tokensPerSecond};
    std::vector<std::string> names;
    for (const DrawnRun& run : runs)
        for (const RunCurve& found : run.log->curves())
            if (std::ranges::find(shown, found.name) == std::end(shown)
                && !found.name.starts_with(curve::channelLoss)
                && std::ranges::find(names, found.name) == names.end())
                names.push_back(found.name);
    return names;
}

RunQuantity usableQuantity(RunQuantity wanted, const RunLog& log) {
    const auto has = [&log](RunQuantity quantity) {
        if (quantity == RunQuantity::Loss)
            return log.find(curve::loss) || log.find(curve::evalLoss);
        if (quantity == RunQuantity::Channels)
            return std::ranges::any_of(log.curves(), [](const RunCurve& found) {
                return found.name.starts_with(curve::channelLoss)
                    || found.name.starts_with(curve::evalChannelLoss);
            });
        return quantity == RunQuantity::Other || log.find(nameOf(quantity)) != nullptr;
    };
    if (log.isEmpty() || has(wanted))
        return wanted;
    return has(RunQuantity::Loss) ? RunQuantity::Loss : RunQuantity::Other;
}

bool hasAxis(const RunLog& log, CurveAxis axis) {
    const auto known = [](std::span<const double> values) {
        return std::ranges::any_of(values, [](double value) { return std::isfinite(value); });
    };
    switch (axis) {
    case CurveAxis::Step:
        return known(log.steps());
    case CurveAxis::Tokens:
        return known(log.tokens());
    case CurveAxis::Seconds:
        return known(log.seconds());
    }
    return false;
}

std::vector<std::pair<double, QString>> boundariesOf(const RunLog& log, CurveAxis axis) {
    const auto columnOf = [&] {
        switch (axis) {
        case CurveAxis::Tokens:
            return log.tokens();
        case CurveAxis::Seconds:
            return log.seconds();
        case CurveAxis::Step:
            break;
        }
        return log.steps();
    };
    const std::span<const double> xs = columnOf();
    const std::span<const double> epochs = log.epochs();
    std::vector<std::pair<double, QString>> boundaries;
    for (const EpochBoundary& boundary :
        epochBoundaries({xs.begin(), xs.end()}, {epochs.begin(), epochs.end()}))
        boundaries.emplace_back(boundary.x, RunWords::tr("epoch %1").arg(boundary.epoch));
    return boundaries;
}

QString seriesAsCsv(const std::vector<PlotCurve>& curves,
    const std::vector<std::shared_ptr<const CurveSeries>>& series) {
    QString text = QStringLiteral("line,curve,step,x,value,smoothed\n");
    for (std::size_t i = 0; i < std::min(curves.size(), series.size()); ++i) {
        const CurveSeries& points = *series[i];
        const QString head = csvField(curves[i].label) + QLatin1Char(',')
            + csvField(QString::fromStdString(curves[i].curve)) + QLatin1Char(',');
        for (std::size_t p = 0; p < points.x.size(); ++p)
            text += head + csvNumber(points.step[p]) + QLatin1Char(',') + csvNumber(points.x[p])
                + QLatin1Char(',') + csvNumber(points.y[p]) + QLatin1Char(',')
                + (points.smooth.empty() ? QString() : csvNumber(points.smooth[p]))
                + QLatin1Char('\n');
    }
    return text;
}

QString seriesAsJson(const std::vector<PlotCurve>& curves,
    const std::vector<std::shared_ptr<const CurveSeries>>& series) {
    Json lines = Json::array();
    for (std::size_t i = 0; i < std::min(curves.size(), series.size()); ++i) {
        Json line;
        line["line"] = curves[i].label.toStdString();
        line["curve"] = curves[i].curve;
        line["step"] = series[i]->step;
        line["x"] = series[i]->x;
        line["value"] = series[i]->y;
        if (!series[i]->smooth.empty())
            line["smoothed"] = series[i]->smooth;
        lines.push_back(withStorableNumbers(line));
    }
    return QString::fromStdString(dumpJson(lines, 1)) + QLatin1Char('\n');
}

} // namespace assay
