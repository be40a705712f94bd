#include "core/analysis/token_scores.h"

#include "core/analysis/token_scores_kernel.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay {

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

/// What a row with NaN or +infinity in it scores: nothing that could be taken for a number.
TokenScore undefinedScore(std::span<Candidate> top) {
    TokenScore score;
    score.logprob = score.entropy = score.varentropy = score.margin = score.argmaxLogprob
        = notANumber;
    std::ranges::fill(top, Candidate{-1, notANumber});
    return score;
}

/// Fills `top` with the largest logits; logprobs are logit minus `logSum`.
void selectTop(std::span<const float> logits, double logSum, std::span<Candidate> top) {
    if (top.empty())
        return;
    const std::size_t wanted = std::min(top.size(), logits.size());
    const auto better = [](const Candidate& x, const Candidate& y) {
        return x.logprob > y.logprob || (x.logprob == y.logprob && x.id < y.id);
    };
    // A heap with the worst kept candidate in front; most rows beat it rarely, so the scan is one
    // compare. Ids ascend, hence a later equal logit never replaces an earlier one.
    const std::span<Candidate> kept = top.first(wanted);
    for (std::size_t i = 0; i < wanted; ++i)
        kept[i] = {TokenId(i), logits[i]};
    std::ranges::make_heap(kept, better);
    for (std::size_t i = wanted; i < logits.size(); ++i)
        if (logits[i] > kept.front().logprob) {
            std::ranges::pop_heap(kept, better);
            kept.back() = {TokenId(i), logits[i]};
            std::ranges::push_heap(kept, better);
        }
    std::ranges::sort_heap(kept, better);
    for (Candidate& candidate : kept)
        candidate.logprob = float(double(candidate.logprob) - logSum);
    std::ranges::fill(top.subspan(wanted), Candidate{-1, -std::numeric_limits<float>::infinity()});
}

} // namespace

TokenScore scoreLogits(std::span<const float> logits, TokenId next, std::span<Candidate> top) {
    if (logits.empty() || next >= TokenId(logits.size()))
        return undefinedScore(top);
    const float reference
        = next >= 0 ? logits[std::size_t(next)] : std::numeric_limits<float>::infinity();
    const kernel::RowPeak peak = kernel::rowPeak(logits, reference);
    if (peak.index < 0 || !std::isfinite(peak.value))
        return undefinedScore(top);
    const kernel::RowSums sums = kernel::rowSums(logits, peak.value);
    if (!std::isfinite(sums.s))
        return undefinedScore(top);

    const double logSum = std::log(sums.s); // relative to the peak
    const double mean = sums.a / sums.s;
    TokenScore score;
    score.entropy = float(std::max(0.0, logSum - mean));
    score.varentropy = float(std::max(0.0, sums.b / sums.s - mean * mean));
    score.argmax = TokenId(peak.index);
    score.argmaxLogprob = float(-logSum);
    const std::size_t token = std::size_t(next >= 0 ? next : score.argmax);
    score.rank = next >= 0 ? std::int32_t(1 + peak.above) : 1;
    score.logprob = float(double(logits[token]) - double(peak.value) - logSum);
    const float rival = token == std::size_t(peak.index)
        ? std::max(kernel::rowMax(logits.first(token)), kernel::rowMax(logits.subspan(token + 1)))
        : peak.value;
    score.margin = logits[token] - rival;
    selectTop(logits, double(peak.value) + logSum, top);
    return score;
}

} // namespace assay
