#include "core/analysis/compare_kernel.h"

#include "core/analysis/vector_math.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay::kernel {

namespace {

constexpr float lowest = -std::numeric_limits<float>::infinity();

/// m g(t) summed over ids is the Jensen-Shannon divergence, for p = m (1 + t) and q = m (1 - t):
/// g(t) = ((1 + t) ln(1 + t) + (1 - t) ln(1 - t)) / 2 = t^2/2 + t^4/12 + t^6/30 + .. + t^2k/(2k (2k
/// - 1)). Every term is 0 or more, so near-equal rows do not cancel to noise as H(m) - (H(p) +
/// H(q)) / 2 would.
ASSAY_KERNEL_INLINE Floats jsTerm(Floats t) {
    const Floats u = t * t;
    Floats series = splat(1.0F / 182.0F);
    series = series * u + 1.0F / 132.0F;
    series = series * u + 1.0F / 90.0F;
    series = series * u + 1.0F / 56.0F;
    series = series * u + 1.0F / 30.0F;
    series = series * u + 1.0F / 12.0F;
    series = series * u + 0.5F;
    const Floats near = series * u;
    const Floats up = 1.0F + t;
    const Floats down = 1.0F - t;
    constexpr float tiny = 1e-30F; // x ln x is 0 at 0, and its log must not be asked for
    const Floats upTerm = up > tiny ? up * logPositive(up > tiny ? up : splat(1.0F)) : splat(0.0F);
    const Floats downTerm
        = down > tiny ? down * logPositive(down > tiny ? down : splat(1.0F)) : splat(0.0F);
    const Floats far = 0.5F * (upTerm + downTerm);
    // At u = 0.09 the first term left out, u^8/240, is 4e-10 of the first.
    return u < 0.09F ? near : far;
}

struct Sums {
    Doubles klTunedBase{};
    Doubles klBaseTuned{};
    Doubles js{};
    Doubles tv{};
};

ASSAY_KERNEL_INLINE Floats where0(Floats weight, Floats value) {
    // 0 times infinity is NaN, and a token that cannot occur adds nothing. NaN weights stay NaN.
    return weight == 0.0F ? splat(0.0F) : weight * value;
}

struct Constants {
    Floats basePeak, tunedPeak, baseInverse, tunedInverse;
};

/// The divergences are summed over unnormalised weights and normalised in fp64 at the end: rounding
/// a log-sum to fp32 would shift every log-probability by the same 1e-6.
ASSAY_KERNEL_INLINE void add(Floats base, Floats tuned, const Constants& c, Sums& sums) {
    const Floats db = base - c.basePeak;
    const Floats dt = tuned - c.tunedPeak;
    const Floats eb = kernel::expNonPositive(db);
    const Floats et = kernel::expNonPositive(dt);
    const Floats difference = dt - db;
    sums.klTunedBase += widen(where0(et, difference));
    sums.klBaseTuned += widen(where0(eb, -difference));
    const Floats b = eb * c.baseInverse;
    const Floats t = et * c.tunedInverse;
    const Floats both = t + b;
    const Floats apart = t - b;
    sums.tv += widen(apart < 0.0F ? -apart : apart);
    const Floats share = apart / (both > 0.0F ? both : splat(1.0F));
    sums.js += widen(0.5F * both * jsTerm(share));
}

} // namespace

ASSAY_KERNEL_CLONES RowDistance rowDistance(const NormedRow& base, const NormedRow& tuned) {
    Sums sums;
    const Constants constants{splat(base.peak), splat(tuned.peak), splat(float(1 / base.sum)),
        splat(float(1 / tuned.sum))};
    const float* b = base.logits.data();
    const float* t = tuned.logits.data();
    const std::size_t n = base.logits.size();
    std::size_t i = 0;
    for (; i + lanes <= n; i += lanes)
        add(load(b + i), load(t + i), constants, sums);
    if (i < n)
        add(loadPart(b + i, n - i, lowest), loadPart(t + i, n - i, lowest), constants, sums);
    const double logRatio = std::log(base.sum) - std::log(tuned.sum);
    // What rounding leaves of equal rows may be a hair outside the range.
    const auto within = [](double value, double most) {
        return value < 0 ? 0 : value > most ? most : value;
    };
    constexpr double infinite = std::numeric_limits<double>::infinity();
    return {within(sum(sums.klTunedBase) / tuned.sum + logRatio, infinite),
        within(sum(sums.klBaseTuned) / base.sum - logRatio, infinite),
        within(sum(sums.js), std::log(2.0)), within(0.5 * sum(sums.tv), 1)};
}

} // namespace assay::kernel
