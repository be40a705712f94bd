#include "ui/common/plot/curve_math.h"

#include <cmath>

namespace assay {

double Smoother::next(double value) {
    // An infinite value would stay in the average for ever.
    if (!std::isfinite(value))
        return std::nan("");
    m_sum = m_weight * m_sum + (1 - m_weight) * value;
    m_correction *= m_weight;
    return m_sum / (1 - m_correction);
}

std::vector<EpochBoundary> epochBoundaries(
    const std::vector<double>& xs, const std::vector<double>& epochs) {
    std::vector<EpochBoundary> found;
    int reached = 0;
    for (std::size_t i = 0; i < epochs.size() && i < xs.size(); ++i) {
        if (!std::isfinite(epochs[i]) || !std::isfinite(xs[i]))
            continue;
        // A step that ends the epoch exactly stands at its whole number; the next epoch begins
        // there.
        const int whole = int(std::floor(epochs[i] + 1e-9));
        // The end of the whole run is not the beginning of an epoch.
        const bool last = i + 1 == epochs.size();
        if (whole > reached && !last)
            found.push_back({xs[i], whole + 1});
        reached = std::max(reached, whole);
    }
    return found;
}

} // namespace assay
