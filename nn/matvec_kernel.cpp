#include "nn/matvec.h"

#include "core/base/parallel.h"

#include <algorithm>

namespace assay::nn {

namespace detail {

ASSAY_CLONES void matvecRows(const Bf16* weight, const Bf16* x, const Bf16* residual,
    std::int64_t begin, std::int64_t end, std::int64_t in, Bf16* y) {
    for (std::int64_t row = begin; row < end; ++row) {
        const Bf16* w = weight + row * in;
        float sum = 0;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t i = 0; i < in; ++i)
            sum += toFloat(w[i]) * toFloat(x[i]);
        store(y[row], residual ? sum + toFloat(residual[row]) : sum);
    }
}

} // namespace detail

void matvec(const Bf16* weight, const Bf16* x, const Bf16* residual, std::int64_t out,
    std::int64_t in, Bf16* y) {
    // Waking a thread is worth it from about a hundred thousand products on.
    const std::int64_t grain = std::max<std::int64_t>(1, 100'000 / std::max<std::int64_t>(1, in));
    parallelFor(0, out, grain, [&](std::int64_t begin, std::int64_t end) {
        detail::matvecRows(weight, x, residual, begin, end, in, y);
    });
}

} // namespace assay::nn
