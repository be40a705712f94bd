#include "core/analysis/token_scores_kernel.h"

#include "core/analysis/vector_math.h"

#include <algorithm>
#include <limits>

namespace assay::kernel {

namespace {

constexpr float lowest = -std::numeric_limits<float>::infinity();

ASSAY_KERNEL_INLINE float largestLane(Floats v) {
    float best = v[0];
    for (std::size_t i = 1; i < lanes; ++i)
        best = v[i] > best ? v[i] : best;
    return best;
}

ASSAY_KERNEL_INLINE float maxOf(const float* row, std::size_t n) {
    Floats best[4] = {splat(lowest), splat(lowest), splat(lowest), splat(lowest)};
    std::size_t i = 0;
    for (; i + 4 * lanes <= n; i += 4 * lanes)
        for (std::size_t u = 0; u < 4; ++u) {
            const Floats z = load(row + i + u * lanes);
            best[u] = z > best[u] ? z : best[u];
        }
    for (; i < n; i += lanes) {
        const Floats z = loadPart(row + i, std::min(lanes, n - i), lowest);
        best[0] = z > best[0] ? z : best[0];
    }
    for (std::size_t u = 1; u < 4; ++u)
        best[0] = best[u] > best[0] ? best[u] : best[0];
    return largestLane(best[0]);
}

/// Adds one vector's share to the sums. exp is fp32; products and sums are fp64, so that the
/// variance does not suffer from cancellation.
ASSAY_KERNEL_INLINE void addSums(Floats z, Floats peak, Doubles& s, Doubles& a, Doubles& b) {
    const Floats d = z - peak;
    const Floats e = kernel::expNonPositive(d);
    // -infinity times 0 is NaN, so the difference is held at a value whose exp is 0 as well.
    const Doubles wide = widen(d < 2 * expFloor ? splat(2 * expFloor) : d);
    const Doubles weight = widen(e);
    const Doubles product = weight * wide;
    s += weight;
    a += product;
    b += product * wide;
}

} // namespace

ASSAY_KERNEL_CLONES float rowMax(std::span<const float> row) {
    return maxOf(row.data(), row.size());
}

ASSAY_KERNEL_CLONES RowPeak rowPeak(std::span<const float> row, float reference) {
    RowPeak peak;
    peak.value = lowest;
    const float* z = row.data();
    const std::size_t n = row.size();
    constexpr std::size_t block = 64 * lanes;
    Ints above{};
    const Floats limit = splat(reference);
    std::size_t bestBlock = 0;
    for (std::size_t begin = 0; begin < n; begin += block) {
        const std::size_t end = std::min(n, begin + block);
        const float best = maxOf(z + begin, end - begin);
        if (best > peak.value) {
            peak.value = best;
            bestBlock = begin;
        }
        std::size_t i = begin;
        for (; i + lanes <= end; i += lanes)
            above -= load(z + i) > limit;
        if (i < end)
            above -= loadPart(z + i, end - i, lowest) > limit;
    }
    for (std::size_t i = bestBlock; i < n; ++i)
        if (z[i] == peak.value) {
            peak.index = std::int64_t(i);
            break;
        }
    for (std::size_t i = 0; i < lanes; ++i)
        peak.above += above[i];
    return peak;
}

ASSAY_KERNEL_CLONES RowSums rowSums(std::span<const float> row, float peak) {
    const float* z = row.data();
    const std::size_t n = row.size();
    const Floats top = splat(peak);
    Doubles s[2]{};
    Doubles a[2]{};
    Doubles b[2]{};
    std::size_t i = 0;
    for (; i + 2 * lanes <= n; i += 2 * lanes)
        for (std::size_t u = 0; u < 2; ++u)
            addSums(load(z + i + u * lanes), top, s[u], a[u], b[u]);
    for (; i < n; i += lanes)
        addSums(loadPart(z + i, std::min(lanes, n - i), lowest), top, s[0], a[0], b[0]);
    return {sum(s[0] + s[1]), sum(a[0] + a[1]), sum(b[0] + b[1])};
}

void expNonPositive(std::span<const float> in, std::span<float> out) {
    for (std::size_t i = 0; i < in.size(); i += lanes) {
        const std::size_t count = std::min(lanes, in.size() - i);
        const Floats e = expNonPositive(loadPart(in.data() + i, count, 0.0F));
        std::memcpy(out.data() + i, &e, count * sizeof(float));
    }
}

void logPositive(std::span<const float> in, std::span<float> out) {
    for (std::size_t i = 0; i < in.size(); i += lanes) {
        const std::size_t count = std::min(lanes, in.size() - i);
        const Floats e = logPositive(loadPart(in.data() + i, count, 1.0F));
        std::memcpy(out.data() + i, &e, count * sizeof(float));
    }
}

} // namespace assay::kernel
