// The rules that look at more than the training loss alone.
#include "core/analysis/curve_rules.h"

#include <algorithm>
#include <cmath>

namespace assay {

using namespace curve_rule;

namespace {

double varianceOf(std::span<const double> values, double mean) {
    double sum = 0;
    for (const double value : values)
        sum += (value - mean) * (value - mean);
    return values.size() > 1 ? sum / double(values.size() - 1) : 0;
}

/// The epoch, counted from 1, that a step belongs to: the one that ends it exactly is its last.
int epochOf(double epochs) {
    return std::max(1, int(std::ceil(epochs - 1e-9)));
}

} // namespace

void findEpochSteps(const RunLog& log, const CurvePoints& loss, Findings& findings) {
    if (log.isEmpty() || loss.size() < 20)
        return;
    int steps = 0;
    int boundaries = 0;
    CurveFinding finding{"loss.epoch_step", FindingWeight::Note, RunPlace::none, {}};
    double largest = 0;
    std::size_t epochBegin = 0;
    for (std::size_t i = 1; i < loss.size(); ++i) {
        if (!std::isfinite(loss.epoch[i]) || !std::isfinite(loss.epoch[i - 1]))
            continue;
        if (epochOf(loss.epoch[i]) <= epochOf(loss.epoch[i - 1]))
            continue;
        ++boundaries;
        const std::size_t length = i - epochBegin;
        const std::size_t k = std::min<std::size_t>({length / 4, loss.size() - i, 50});
        epochBegin = i;
        if (k < 5)
            continue;
        const auto before = std::span(loss.value).subspan(i - k, k);
        const auto earlier = std::span(loss.value).subspan(i - 2 * k, k);
        const auto after = std::span(loss.value).subspan(i, k);
        const double meanBefore = meanOf(before);
        const double meanAfter = meanOf(after);
        // What the fall inside the epoch alone would have brought.
        const double expected = std::max(0.0, meanOf(earlier) - meanBefore);
        const double drop = meanBefore - meanAfter - expected;
        const double error = std::sqrt(
            (varianceOf(before, meanBefore) + varianceOf(after, meanAfter)) / double(k));
        if (drop < epochStep * meanBefore || drop < epochSigmas * error)
            continue;
        ++steps;
        if (drop > largest) {
            largest = drop;
            finding.step = loss.step[i];
            finding.arguments = {{"epoch", std::to_string(epochOf(loss.epoch[i]))},
                {"step", figure(loss.step[i], 12)}, {"before", figure(meanBefore)},
                {"after", figure(meanAfter)}, {"drop", figure(drop, 2)},
                {"window", std::to_string(k)}};
        }
    }
    if (steps == 0)
        return;
    finding.arguments.emplace_back("steps", std::to_string(steps));
    finding.arguments.emplace_back("boundaries", std::to_string(boundaries));
    findings.push_back(std::move(finding));
}

void findRisingEvaluation(const RunLog& log, const CurvePoints& loss, Findings& findings) {
    const CurvePoints eval = pointsOf(log, curve::evalLoss);
    if (eval.size() < 3)
        return;
    const auto least = std::ranges::min_element(eval.value);
    const auto at = std::size_t(least - eval.value.begin());
    const double last = eval.value.back();
    if (at + 1 == eval.size() || last < *least + std::max(0.01, evalRise * *least))
        return;
    // The training loss over the same stretch: around the best evaluation, and at the end.
    const auto around = [&loss](double step) {
        const auto place = std::ranges::lower_bound(loss.step, step);
        const auto end = std::size_t(place - loss.step.begin());
        const std::size_t begin = end > 20 ? end - 20 : 0;
        return end > begin ? meanOf(std::span(loss.value).subspan(begin, end - begin))
                           : RunPlace::none;
    };
    const double trainThen = around(eval.step[at] + 1);
    const double trainNow = around(eval.step.back() + 1);
    const bool falls = std::isfinite(trainThen) && trainNow < trainThen;
    findings.push_back(
        {falls ? "evaluation.overfit" : "evaluation.rises", FindingWeight::Caution, eval.step[at],
            {{"best", figure(*least)}, {"step", figure(eval.step[at], 12)}, {"last", figure(last)},
                {"last_step", figure(eval.step.back(), 12)}, {"train_then", figure(trainThen)},
                {"train_now", figure(trainNow)}, {"count", std::to_string(eval.size())}}});
}

void findRisingSets(const RunLog& log, Findings& findings) {
    CurveFinding worst{"evaluation.set_rises", FindingWeight::Caution, RunPlace::none, {}};
    double most = 0;
    int rising = 0;
    int sets = 0;
    for (const RunCurve& candidate : log.curves()) {
        if (!candidate.name.starts_with(curve::evalChannelLoss))
            continue;
        const CurvePoints eval = pointsOf(log, candidate.name);
        if (eval.size() < 3)
            continue;
        ++sets;
        const auto least = std::ranges::min_element(eval.value);
        const double last = eval.value.back();
        if (last < *least + std::max(0.05, 5 * evalRise * *least))
            continue;
        ++rising;
        if (last - *least <= most)
            continue;
        most = last - *least;
        worst.step = eval.step[std::size_t(least - eval.value.begin())];
        worst.arguments = {{"set", candidate.name.substr(curve::evalChannelLoss.size())},
            {"best", figure(*least)}, {"step", figure(worst.step, 12)}, {"last", figure(last)}};
    }
    if (rising == 0)
        return;
    worst.arguments.emplace_back("rising", std::to_string(rising));
    worst.arguments.emplace_back("sets", std::to_string(sets));
    findings.push_back(std::move(worst));
}

void findEvaluationOfTrainingData(const RunLog& log, const CurvePoints& loss, Findings& findings) {
    const CurvePoints eval = pointsOf(log, curve::evalLoss);
    if (eval.size() < 5 || loss.size() < 5)
        return;
    int same = 0;
    for (std::size_t i = 0; i < eval.size(); ++i) {
        const auto place = std::ranges::lower_bound(loss.step, eval.step[i]);
        const auto j = std::size_t(place - loss.step.begin());
        same += j < loss.size() && loss.step[j] == eval.step[i]
            && std::abs(loss.value[j] - eval.value[i]) <= 1e-6 * std::abs(eval.value[i]);
    }
    if (same >= 5 && same * 2 >= int(eval.size()))
        findings.push_back({"evaluation.equals_training", FindingWeight::Wrong, RunPlace::none,
            {{"same", std::to_string(same)}, {"count", std::to_string(eval.size())}}});
}

void findLearningRate(const RunLog& log, const CurveContext& context, Findings& findings) {
    const CurvePoints rate = pointsOf(log, curve::learningRate);
    if (rate.size() < 20)
        return;
    const double largest = std::ranges::max(rate.value);
    if (largest <= 0) {
        findings.push_back({"rate.zero", FindingWeight::Wrong, rate.step.front(), {}});
        return;
    }
    // A log that begins late may have missed the warm-up.
    const double total = context.totalSteps > 0 ? double(context.totalSteps) : rate.step.back();
    const double early = std::max(2.0, total * 0.005);
    if (rate.value.front() >= warm * largest && rate.step.front() <= early)
        findings.push_back({"rate.not_warmed", FindingWeight::Note, rate.step.front(),
            {{"first", figure(rate.value.front())}, {"largest", figure(largest)},
                {"step", figure(rate.step.front(), 12)}}});
}

void findGradient(const RunLog& log, Findings& findings) {
    const CurvePoints gradient = pointsOf(log, curve::gradNorm);
    if (gradient.size() < 20)
        return;
    const auto [low, high] = std::ranges::minmax(gradient.value);
    if (low == high) {
        findings.push_back({"gradient.constant", FindingWeight::Wrong, RunPlace::none,
            {{"value", figure(low)}, {"points", std::to_string(gradient.size())}}});
        return;
    }
    const auto above
        = std::ranges::count_if(gradient.value, [](double value) { return value > highGradient; });
    if (above > 0 && double(above) >= 0.01 * double(gradient.size())) {
        const auto most = std::ranges::max_element(gradient.value);
        const double step = gradient.step[std::size_t(most - gradient.value.begin())];
        findings.push_back({"gradient.high", FindingWeight::Caution, step,
            {{"count", std::to_string(above)}, {"points", std::to_string(gradient.size())},
                {"most", figure(*most)}, {"step", figure(step, 12)},
                {"limit", figure(highGradient)}}});
    }
}

void findChannels(const RunLog& log, const CurvePoints& loss, Findings& findings) {
    if (loss.size() < 30)
        return;
    const auto thirds = [](const CurvePoints& points) {
        const std::size_t third = points.size() / 3;
        return std::pair(meanOf(std::span(points.value).first(third)),
            meanOf(std::span(points.value).last(third)));
    };
    const auto [totalFirst, totalLast] = thirds(loss);
    if (totalLast >= totalFirst)
        return;
    for (const RunCurve& candidate : log.curves()) {
        if (!candidate.name.starts_with(curve::channelLoss))
            continue;
        const CurvePoints points = pointsOf(log, candidate.name);
        if (points.size() < 30)
            continue;
        const auto [first, last] = thirds(points);
        const std::size_t third = points.size() / 3;
        const double error = std::sqrt((varianceOf(std::span(points.value).first(third), first)
                                           + varianceOf(std::span(points.value).last(third), last))
            / double(third));
        const bool rises = last > first + std::max(0.02 * first, epochSigmas * error);
        const bool stays = !rises && last > 0.5 && last > first * (1 - flat);
        if (!rises && !stays)
            continue;
        const std::string name = candidate.name.substr(std::string(curve::channelLoss).size());
        findings.push_back({rises ? "channel.rises" : "channel.stays",
            rises ? FindingWeight::Caution : FindingWeight::Note, RunPlace::none,
            {{"channel", name}, {"first", figure(first)}, {"last", figure(last)},
                {"total_first", figure(totalFirst)}, {"total_last", figure(totalLast)},
                {"points", std::to_string(points.size())}}});
    }
}

void findRepeatedSteps(const RunLog& log, Findings& findings) {
    const RunCurve* loss = log.find(curve::loss);
    if (!loss)
        return;
    double reached = -1;
    double first = RunPlace::none;
    std::int64_t repeated = 0;
    for (const std::uint32_t row : loss->rows) {
        const double step = log.steps()[row];
        if (step < reached || (repeated > 0 && step <= reached)) {
            if (repeated++ == 0)
                first = step;
        } else {
            reached = step;
        }
    }
    if (repeated > 0)
        findings.push_back({"log.went_back", FindingWeight::Note, first,
            {{"step", figure(first, 12)}, {"count", std::to_string(repeated)}}});
}

void findEarlyEnd(const RunLog& log, const CurveContext& context, Findings& findings) {
    if (!context.hasEnded || context.totalSteps <= 0 || log.isEmpty())
        return;
    double last = -1;
    for (const double step : log.steps())
        last = std::max(last, std::isfinite(step) ? step : -1);
    if (last >= 0 && last < 0.98 * double(context.totalSteps))
        findings.push_back({"log.ends_early", FindingWeight::Caution, last,
            {{"step", figure(last, 12)}, {"total", std::to_string(context.totalSteps)}}});
}

} // namespace assay
