#include "core/analysis/suspects.h"

#include <algorithm>
#include <cmath>

namespace assay {

double standardisedSurprise(const TokenScore& score) {
    constexpr double leastVariance = 1e-12;
    if (score.varentropy < leastVariance)
        return std::nan("");
    return (-double(score.logprob) - double(score.entropy)) / std::sqrt(double(score.varentropy));
}

std::optional<std::size_t> forcedDip(
    const SequenceScores& scores, std::size_t first, std::size_t end) {
    for (std::size_t t = std::max<std::size_t>(1, first); t < end; ++t) {
        const TokenScore& score = scores.tokens[t - 1];
        const double surprisal = -double(score.logprob);
        const double unusual
            = double(score.entropy) + 3 * std::sqrt(std::max(0.0F, score.varentropy));
        if (score.rank > 1 && surprisal > std::max(std::log(10.0), unusual))
            return t;
    }
    return std::nullopt;
}

std::vector<std::size_t> suspects(
    const SequenceScores& scores, std::size_t first, std::size_t end) {
    constexpr double leastSurprise = 2;
    constexpr double leastEntropy = 1;
    first = std::max<std::size_t>(1, first);
    std::vector<std::size_t> found;
    if (first >= end)
        return found;
    std::vector<double> entropies;
    for (std::size_t t = first; t < end; ++t)
        entropies.push_back(scores.tokens[t - 1].entropy);
    const auto high = entropies.begin() + std::ptrdiff_t((entropies.size() - 1) * 9 / 10);
    std::ranges::nth_element(entropies, high);
    const double entropyLimit = std::max(leastEntropy, *high);
    const auto entropyAt = [&](std::size_t t) { return double(scores.tokens[t - 1].entropy); };
    const auto surpriseAt
        = [&](std::size_t t) { return standardisedSurprise(scores.tokens[t - 1]); };
    // A plateau counts once, at its first token; NaN is no maximum and hides none.
    const auto peaks = [&](std::size_t t, const auto& valueAt, double limit) {
        const double here = valueAt(t);
        return here >= limit && !(t > first && valueAt(t - 1) >= here)
            && !(t + 1 < end && valueAt(t + 1) > here);
    };
    for (std::size_t t = first; t < end; ++t)
        if (peaks(t, surpriseAt, leastSurprise) || peaks(t, entropyAt, entropyLimit))
            found.push_back(t);
    return found;
}

} // namespace assay
