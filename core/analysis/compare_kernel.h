#pragma once

#include <span>

namespace assay::kernel {

/// How far two distributions over the same ids are apart, in nats (total variation: a share).
struct RowDistance {
    double klTunedBase = 0; ///< sum p_t (lp_t - lp_b)
    double klBaseTuned = 0;
    double js = 0; ///< in [0, ln 2]
    double tv = 0; ///< in [0, 1]
};

/// A row of logits with its largest value and the sum of exp(z - peak), as `rowPeak` and `rowSums`
/// give them.
struct NormedRow {
    std::span<const float> logits;
    float peak = 0;
    double sum = 0;
};

/// Both rows must have equal length. NaN where a row holds NaN.
RowDistance rowDistance(const NormedRow& base, const NormedRow& tuned);

} // namespace assay::kernel
