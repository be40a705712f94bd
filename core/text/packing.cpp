#include "core/text/packing.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace assay {

namespace {

void packBestFit(std::span<const std::int64_t> lengths, std::int64_t binTokens, PackingPlan& plan) {
    std::vector<std::int64_t> order(lengths.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::int64_t a, std::int64_t b) {
        return lengths[std::size_t(a)] > lengths[std::size_t(b)];
    });
    // (free tokens, bin): the first entry that is not less than (length, 0) is the fullest that
    // holds it.
    std::set<std::pair<std::int64_t, std::size_t>> open;
    for (const std::int64_t index : order) {
        const std::int64_t length = lengths[std::size_t(index)];
        if (length > binTokens) {
            plan.tooLong.push_back(index);
            continue;
        }
        const auto found = open.lower_bound({length, 0});
        std::int64_t room = binTokens;
        std::size_t bin = plan.bins.size();
        if (found != open.end()) {
            std::tie(room, bin) = *found;
            open.erase(found);
        } else {
            plan.bins.emplace_back();
        }
        plan.bins[bin].push_back(index);
        open.insert({room - length, bin});
    }
    std::sort(plan.tooLong.begin(), plan.tooLong.end());
    for (std::vector<std::int64_t>& bin : plan.bins)
        std::sort(bin.begin(), bin.end());
    std::sort(plan.bins.begin(), plan.bins.end());
}

void packInOrder(std::span<const std::int64_t> lengths, std::int64_t binTokens, PackingPlan& plan) {
    std::int64_t room = 0;
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        if (lengths[i] > binTokens) {
            plan.tooLong.push_back(std::int64_t(i));
            continue;
        }
        if (plan.bins.empty() || lengths[i] > room) {
            plan.bins.emplace_back();
            room = binTokens;
        }
        plan.bins.back().push_back(std::int64_t(i));
        room -= lengths[i];
    }
}

/// The nearest-rank percentile of a sorted list.
std::int64_t percentile(const std::vector<std::int64_t>& sorted, std::size_t percent) {
    if (sorted.empty())
        return 0;
    const std::size_t rank = (sorted.size() * percent + 99) / 100;
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

} // namespace

PackingPlan planPacking(
    std::span<const std::int64_t> lengths, std::int64_t binTokens, PackingOrder order) {
    PackingPlan plan;
    if (order == PackingOrder::BestFit)
        packBestFit(lengths, binTokens, plan);
    else
        packInOrder(lengths, binTokens, plan);
    std::int64_t used = 0;
    for (const std::vector<std::int64_t>& bin : plan.bins)
        for (const std::int64_t index : bin)
            used += lengths[std::size_t(index)];
    if (!plan.bins.empty())
        plan.fill = double(used) / (double(plan.bins.size()) * double(binTokens));
    return plan;
}

Truncation truncateToLength(EncodedSample& sample, std::int64_t maxLength) {
    Truncation cut;
    const auto length = std::int64_t(sample.ids.size());
    if (length <= maxLength)
        return cut;
    cut.cutTokens = length - maxLength;
    cut.cutTrainedTokens = sample.trainedTokens();
    const auto keep = std::size_t(std::max<std::int64_t>(maxLength, 0));
    sample.ids.resize(keep);
    sample.ranges.resize(std::min(keep, sample.ranges.size()));
    sample.labels.resize(keep);
    if (!sample.weights.empty())
        sample.weights.resize(keep);
    cut.cutTrainedTokens -= sample.trainedTokens();
    return cut;
}

void LengthReporter::add(const EncodedSample& sample) {
    const auto length = std::int64_t(sample.ids.size());
    const std::int64_t trained = sample.trainedTokens();
    m_lengths.push_back(length);
    ++m_report.samples;
    m_report.tokens += length;
    m_report.trainedTokens += trained;
    m_report.untrainedSamples += trained == 0;
    if (length <= m_maxLength)
        return;
    const auto keep = std::max<std::int64_t>(m_maxLength, 0);
    const std::int64_t cutTrained = std::count_if(sample.labels.begin() + keep, sample.labels.end(),
        [](TokenId label) { return label != ignoredLabel; });
    ++m_report.overlongSamples;
    m_report.cutTokens += length - keep;
    m_report.cutTrainedTokens += cutTrained;
    m_report.untrainedByCut += trained > 0 && cutTrained == trained;
}

LengthReport LengthReporter::report() const {
    LengthReport report = m_report;
    std::vector<std::int64_t> sorted = m_lengths;
    std::sort(sorted.begin(), sorted.end());
    report.p50 = percentile(sorted, 50);
    report.p95 = percentile(sorted, 95);
    report.p99 = percentile(sorted, 99);
    report.longest = sorted.empty() ? 0 : sorted.back();
    return report;
}

} // namespace assay
