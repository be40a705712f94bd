#include "core/job/batch_plan.h"

#include "core/base/rng.h"
#include "core/job/channel_mix.h"
#include "core/text/packing.h"

#include <algorithm>
#include <cmath>

namespace assay {

PlannedRows plannedRows(const std::vector<TrainRow>& rows) {
    PlannedRows planned;
    for (const TrainRow& row : rows) {
        planned.lengths.push_back(std::int64_t(row.ids.size()));
        planned.channels.push_back(row.channel);
    }
    return planned;
}

EpochPlan planEpoch(const TrainSpec& spec, const PlannedRows& rows, std::int64_t epoch) {
    // The check of the spec has read the mix before.
    const std::vector<MixRule> mix = channelMix(spec.data.mix).value_or(std::vector<MixRule>());
    std::vector<std::int64_t> order = mixedRows(mix, rows.channels, spec.seed, epoch);
    const bool shuffled = spec.data.order == "shuffle";
    Rng rng(spec.seed + 0x9e37'79b9'7f4a'7c15ULL * std::uint64_t(epoch + 1));
    if (shuffled)
        rng.shuffle(std::span(order));

    EpochPlan plan;
    if (spec.data.packing) {
        std::vector<std::int64_t> lengths;
        for (const std::int64_t row : order)
            lengths.push_back(rows.lengths[std::size_t(row)]);
        // Best-fit sorts by length, so that each pack holds rows of one length, and with it often
        // of one kind: batches that differ more than they must. Rows much shorter than a pack fill
        // it in any order.
        const std::int64_t longest = lengths.empty() ? 0 : *std::ranges::max_element(lengths);
        const bool rowsAreShort = longest * 8 <= spec.schedule.microBatchTokens;
        PackingPlan packs = planPacking(lengths, spec.schedule.microBatchTokens,
            shuffled && !rowsAreShort ? PackingOrder::BestFit : PackingOrder::Keep);
        plan = std::move(packs.bins);
        for (auto& pack : plan)
            for (std::int64_t& index : pack)
                index = order[std::size_t(index)];
        if (shuffled) // best-fit puts long rows into the first packs
            rng.shuffle(std::span(plan));
    } else {
        const auto size = std::size_t(spec.schedule.microBatchRows);
        for (std::size_t begin = 0; begin < order.size(); begin += size)
            plan.emplace_back(order.begin() + std::ptrdiff_t(begin),
                order.begin() + std::ptrdiff_t(std::min(order.size(), begin + size)));
    }
    return plan;
}

std::int64_t stepsOf(const EpochPlan& plan, std::int64_t accumulation) {
    return (std::int64_t(plan.size()) + accumulation - 1) / accumulation;
}

std::int64_t totalSteps(const TrainSpec& spec, const PlannedRows& rows) {
    if (spec.schedule.maxSteps >= 0)
        return spec.schedule.maxSteps;
    const auto whole = std::int64_t(std::floor(spec.schedule.epochs));
    std::int64_t steps = 0;
    for (std::int64_t epoch = 0; epoch < whole; ++epoch)
        steps += stepsOf(planEpoch(spec, rows, epoch), spec.schedule.accumulation);
    if (const double rest = spec.schedule.epochs - double(whole); rest > 0)
        steps += std::int64_t(std::ceil(
            rest * double(stepsOf(planEpoch(spec, rows, whole), spec.schedule.accumulation))));
    return std::max<std::int64_t>(1, steps);
}

} // namespace assay
