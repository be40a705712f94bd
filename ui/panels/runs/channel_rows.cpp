#include "ui/panels/runs/channel_rows.h"

#include "ui/common/plot/curve_math.h"
#include "ui/panels/runs/run_entry.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace assay {

namespace {

constexpr double smoothing = 0.9;
constexpr std::size_t sparkPoints = 48;
constexpr std::size_t changeOver = 50;

std::vector<double> smoothed(const std::vector<double>& values) {
    Smoother smoother(smoothing);
    std::vector<double> result;
    result.reserve(values.size());
    for (const double value : values)
        result.push_back(smoother.next(value));
    return result;
}

std::vector<double> spark(const std::vector<double>& values) {
    if (values.size() <= sparkPoints)
        return values;
    std::vector<double> points;
    for (std::size_t i = 0; i < sparkPoints; ++i)
        points.push_back(values[i * (values.size() - 1) / (sparkPoints - 1)]);
    return points;
}

double sumOf(const RunCurve* curve) {
    return curve ? std::accumulate(curve->values.begin(), curve->values.end(), 0.0) : 0;
}

std::string withPrefix(std::string_view prefix, const std::string& name) {
    return std::string(prefix) + name;
}

} // namespace

ValueModel::Rows channelRows(const RunLog& log) {
    std::vector<std::string> names;
    double allTokens = 0;
    for (const RunCurve& curve : log.curves()) {
        if (curve.name.starts_with(curve::channelTokens))
            allTokens += sumOf(&curve);
        for (const std::string_view prefix : {curve::channelLoss, curve::evalChannelLoss})
            if (curve.name.starts_with(prefix))
                if (std::string name = curve.name.substr(prefix.size());
                    std::ranges::find(names, name) == names.end())
                    names.push_back(std::move(name));
    }
    std::vector<std::pair<double, std::vector<ValueCell>>> rows;
    for (const std::string& name : names) {
        const RunCurve* loss = log.find(withPrefix(curve::channelLoss, name));
        const RunCurve* held = log.find(withPrefix(curve::evalChannelLoss, name));
        ValueCell now{loss ? QString() : QStringLiteral("–")};
        ValueCell change{QStringLiteral("–")};
        double order = held && !held->values.empty() ? held->values.back() : 0;
        if (loss) {
            const std::vector<double> line = smoothed(loss->values);
            order = line.back();
            now.text = figureText(line.back());
            now.tone = std::isfinite(line.back()) ? Tone::Plain : Tone::Wrong;
            now.spark = spark(line);
            if (line.size() > changeOver) {
                const double moved = line.back() - line[line.size() - 1 - changeOver];
                change.text = (moved >= 0 ? QStringLiteral("+") : QStringLiteral("−"))
                    + QLocale().toString(std::abs(moved), 'f', 3);
                change.tip = moved > 0 ? ValueModel::tr("rises") : ValueModel::tr("falls");
            }
        } else if (held) {
            now.spark = spark(held->values);
        }
        const RunCurve* tokens = log.find(withPrefix(curve::channelTokens, name));
        const ValueCell share{tokens && allTokens > 0
                ? QLocale().toString(100 * sumOf(tokens) / allTokens, 'f', 1) + QStringLiteral(" %")
                : QStringLiteral("–")};
        const ValueCell heldOut{
            held && !held->values.empty() ? figureText(held->values.back()) : QStringLiteral("–")};
        const QString shown = QString::fromStdString(name);
        rows.emplace_back(
            order, std::vector<ValueCell>{{shown, shown}, now, change, share, heldOut});
    }
    std::ranges::stable_sort(rows, [](const auto& a, const auto& b) {
        return !std::isfinite(a.first) ? std::isfinite(b.first) : a.first > b.first;
    });
    ValueModel::Rows result;
    for (auto& [order, row] : rows)
        result.push_back(std::move(row));
    return result;
}

} // namespace assay
