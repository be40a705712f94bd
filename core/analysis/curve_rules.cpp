#include "core/analysis/curve_rules.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace assay {

using namespace curve_rule;

namespace {

double medianOf(std::vector<double> values) {
    const auto middle = values.begin() + std::ptrdiff_t(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

std::span<const double> firstOf(const CurvePoints& points, std::size_t count) {
    return std::span(points.value).first(std::min(count, points.size()));
}

std::span<const double> lastOf(const CurvePoints& points, std::size_t count) {
    return std::span(points.value).last(std::min(count, points.size()));
}

/// A tenth of the points, at least five and at most a hundred: what "the beginning" and "the end"
/// of a curve mean.
std::size_t tenth(const CurvePoints& points) {
    return std::clamp<std::size_t>(points.size() / 10, 5, 100);
}

} // namespace

CurvePoints pointsOf(const RunLog& log, std::string_view name) {
    CurvePoints points;
    const RunCurve* curve = log.find(name);
    if (!curve)
        return points;
    for (std::size_t i = 0; i < curve->rows.size(); ++i) {
        if (!std::isfinite(curve->values[i]))
            continue;
        points.step.push_back(log.steps()[curve->rows[i]]);
        points.epoch.push_back(log.epochs()[curve->rows[i]]);
        points.value.push_back(curve->values[i]);
    }
    return points;
}

std::string figure(double value, int digits) {
    char text[40];
    std::snprintf(text, sizeof text, "%.*g", digits, value);
    return text;
}

std::string percent(double share) {
    char text[40];
    std::snprintf(text, sizeof text, "%.*f %%", std::abs(share) < 0.095 ? 1 : 0, share * 100);
    return text;
}

double meanOf(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

void findNotFinite(const RunLog& log, Findings& findings) {
    for (const std::string_view name : {curve::loss, curve::gradNorm, curve::evalLoss}) {
        const RunCurve* curve = log.find(name);
        if (!curve)
            continue;
        const auto bad = [](double value) { return !std::isfinite(value); };
        const auto first = std::ranges::find_if(curve->values, bad);
        if (first == curve->values.end())
            continue;
        const auto count = std::ranges::count_if(curve->values, bad);
        const double step = log.steps()[curve->rows[std::size_t(first - curve->values.begin())]];
        // Some trainers skip a step whose gradient overflowed: that is no end.
        const bool passes = std::isfinite(curve->values.back());
        findings.push_back({name == curve::gradNorm ? "gradient.not_finite"
                : name == curve::evalLoss           ? "evaluation.not_finite"
                                                    : "loss.not_finite",
            passes ? FindingWeight::Caution : FindingWeight::Wrong, step,
            {{"step", figure(step, 12)}, {"count", std::to_string(count)},
                {"points", std::to_string(curve->values.size())}}});
    }
}

void findZeroLoss(const CurvePoints& loss, Findings& findings) {
    std::size_t run = 0;
    for (std::size_t i = 0; i < loss.size(); ++i) {
        run = std::abs(loss.value[i]) <= zeroLoss ? run + 1 : 0;
        if (run < 3)
            continue;
        const double step = loss.step[i - 2];
        findings.push_back({"loss.zero", FindingWeight::Wrong, step, {{"step", figure(step, 12)}}});
        return;
    }
}

void findFirstLoss(const CurvePoints& loss, const CurveContext& context, Findings& findings) {
    if (loss.value.empty())
        return;
    const double first = loss.value.front();
    const double step = loss.step.front();
    if (context.vocabulary > 1) {
        const double guessing = std::log(double(context.vocabulary));
        if (std::abs(first - guessing) <= guessingBand) {
            findings.push_back({"loss.first_guessing",
                context.fineTunes.value_or(false) ? FindingWeight::Caution : FindingWeight::Note,
                step,
                {{"loss", figure(first)}, {"guessing", figure(guessing)},
                    {"vocabulary", std::to_string(context.vocabulary)}}});
            return;
        }
    }
    if (first >= highFirstLoss && context.fineTunes.value_or(true))
        findings.push_back({"loss.first_high",
            context.fineTunes ? FindingWeight::Caution : FindingWeight::Note, step,
            {{"loss", figure(first)}, {"limit", figure(highFirstLoss)},
                {"step", figure(step, 12)}}});
}

void findSpikes(const CurvePoints& loss, Findings& findings) {
    if (loss.size() < spikeWindow + 5)
        return;
    std::size_t worst = 0;
    double worstFactor = 0;
    int count = 0;
    std::size_t quietUntil = 0;
    for (std::size_t i = spikeWindow; i < loss.size(); ++i) {
        const auto before = std::span(loss.value).subspan(i - spikeWindow, spikeWindow);
        // The median of the window only where the point stands out at all: this runs a million
        // times.
        if (i < quietUntil || loss.value[i] < spikeFactor * before[0] * 0.5)
            continue;
        const double median = medianOf({before.begin(), before.end()});
        const double largest = std::ranges::max(before);
        if (median <= 0 || loss.value[i] < spikeFactor * median || loss.value[i] < 1.25 * largest)
            continue;
        ++count;
        quietUntil = i + spikeWindow;
        if (loss.value[i] / median > worstFactor) {
            worstFactor = loss.value[i] / median;
            worst = i;
        }
    }
    if (count == 0)
        return;
    const auto before = std::span(loss.value).subspan(worst - spikeWindow, spikeWindow);
    const double median = medianOf({before.begin(), before.end()});
    std::size_t back = worst;
    while (back < loss.size() && loss.value[back] > 1.2 * median)
        ++back;
    const bool recovers = back < loss.size();
    findings.push_back({recovers ? "loss.spike" : "loss.spike_stays",
        recovers ? FindingWeight::Caution : FindingWeight::Wrong, loss.step[worst],
        {{"step", figure(loss.step[worst], 12)}, {"loss", figure(loss.value[worst])},
            {"median", figure(median)}, {"factor", figure(worstFactor, 2)},
            {"points", std::to_string(back - worst)}, {"count", std::to_string(count)},
            {"window", std::to_string(spikeWindow)}}});
}

void findDivergence(const CurvePoints& loss, Findings& findings) {
    constexpr std::size_t window = 10;
    if (loss.size() < 3 * window)
        return;
    double sum = std::accumulate(loss.value.begin(), loss.value.begin() + window, 0.0);
    double least = sum;
    std::size_t at = window - 1;
    for (std::size_t i = window; i < loss.size(); ++i) {
        sum += loss.value[i] - loss.value[i - window];
        if (sum < least) {
            least = sum;
            at = i;
        }
    }
    least /= window;
    const double end = meanOf(lastOf(loss, window));
    if (least > 0 && end > divergedFactor * least && end - least > 0.3)
        findings.push_back({"loss.diverged", FindingWeight::Wrong, loss.step[at],
            {{"least", figure(least)}, {"step", figure(loss.step[at], 12)}, {"end", figure(end)},
                {"factor", figure(divergedFactor)}}});
}

void findFlatness(const CurvePoints& loss, Findings& findings) {
    if (loss.size() < 20)
        return;
    const std::size_t window = tenth(loss);
    const double first = meanOf(firstOf(loss, window));
    const double last = meanOf(lastOf(loss, window));
    if (first > 0.05 && last > first * (1 - flat) && last < divergedFactor * first) {
        findings.push_back({"loss.no_fall", FindingWeight::Caution, RunPlace::none,
            {{"first", figure(first)}, {"last", figure(last)},
                {"window", std::to_string(window)}}});
        return;
    }
    // The fall has ended at half of the run and the loss is still high.
    const std::size_t half = loss.size() / 2;
    if (half < 2 * window)
        return;
    const double middle = meanOf(std::span(loss.value).subspan(half - window / 2, window));
    if (last > 1 && std::abs(middle - last) < flat * middle)
        findings.push_back({"loss.plateau", FindingWeight::Note, loss.step[half],
            {{"middle", figure(middle)}, {"last", figure(last)},
                {"step", figure(loss.step[half], 12)}, {"share", percent(flat)}}});
}

void findLowLoss(const CurvePoints& loss, const CurveContext& context, Findings& findings) {
    if (loss.size() < std::size_t(minPoints) || !context.fineTunes.value_or(true))
        return;
    const double last = meanOf(lastOf(loss, tenth(loss)));
    if (last < lowLoss && last > zeroLoss)
        findings.push_back({"loss.low", FindingWeight::Caution, loss.step.back(),
            {{"loss", figure(last)}, {"limit", figure(lowLoss)},
                {"window", std::to_string(std::min(tenth(loss), loss.size()))}}});
}

} // namespace assay
