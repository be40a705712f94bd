#include "infer/sampler.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace assay {

TokenId chooseToken(std::span<const float> logits, const GenerateOptions& options, Rng& rng) {
    if (options.temperature <= 0)
        return TokenId(std::ranges::max_element(logits) - logits.begin());

    std::vector<TokenId> order(logits.size());
    std::iota(order.begin(), order.end(), 0);
    std::size_t kept = order.size();
    if (options.topK > 0)
        kept = std::min(kept, std::size_t(options.topK));
    const auto better = [&](TokenId a, TokenId b) {
        const float x = logits[std::size_t(a)];
        const float y = logits[std::size_t(b)];
        return x > y || (x == y && a < b);
    };
    // Sorted only as far as the filters may reach.
    if (kept < order.size())
        std::partial_sort(order.begin(), order.begin() + std::ptrdiff_t(kept), order.end(), better);
    else
        std::ranges::sort(order, better);
    order.resize(kept);

    const double highest = double(logits[std::size_t(order.front())]);
    std::vector<double> weights(kept);
    double total = 0;
    for (std::size_t i = 0; i < kept; ++i) {
        weights[i]
            = std::exp((double(logits[std::size_t(order[i])]) - highest) / options.temperature);
        total += weights[i];
    }
    if (options.topP < 1) {
        double mass = 0;
        std::size_t count = 0;
        while (count < kept && mass < options.topP * total)
            mass += weights[count++];
        kept = std::max<std::size_t>(count, 1);
        total = std::accumulate(weights.begin(), weights.begin() + std::ptrdiff_t(kept), 0.0);
    }
    double draw = rng.uniform() * total;
    for (std::size_t i = 0; i < kept; ++i) {
        draw -= weights[i];
        if (draw < 0)
            return order[i];
    }
    return order[kept - 1];
}

} // namespace assay
