#include "nn/adamw.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace assay::nn {

namespace {

constexpr std::int64_t block = 1 << 14;

} // namespace

namespace detail {

ASSAY_CLONES void adamWRange(const AdamWStep& s, float decay, float stepSize, float inverseRoot,
    std::int64_t count, float* master, const float* gradient, float* moment1, float* moment2) {
#pragma omp simd
    for (std::int64_t i = 0; i < count; ++i) {
        const float g = gradient[i] * s.gradientScale;
        const float m = s.beta1 * moment1[i] + (1.0F - s.beta1) * g;
        const float v = s.beta2 * moment2[i] + (1.0F - s.beta2) * g * g;
        moment1[i] = m;
        moment2[i] = v;
        master[i] = master[i] * decay - stepSize * m / (std::sqrt(v) * inverseRoot + s.epsilon);
    }
}

ASSAY_CLONES void roundRange(const float* from, Bf16* to, std::int64_t count) {
#pragma omp simd
    for (std::int64_t i = 0; i < count; ++i)
        store(to[i], from[i]);
}

ASSAY_CLONES double squaresRange(const float* values, std::int64_t count) {
    double sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < count; ++i)
        sum += double(values[i]) * double(values[i]);
    return sum;
}

} // namespace detail

void adamW(const AdamWStep& step, std::int64_t count, float* master, const float* gradient,
    float* moment1, float* moment2, Bf16* compute) {
    const double correction1 = 1.0 - std::pow(double(step.beta1), double(step.step));
    const double correction2 = 1.0 - std::pow(double(step.beta2), double(step.step));
    const auto decay = float(1.0 - double(step.learningRate) * double(step.weightDecay));
    const auto stepSize = float(double(step.learningRate) / correction1);
    const auto inverseRoot = float(1.0 / std::sqrt(correction2));
    parallelFor(0, (count + block - 1) / block, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t b = begin; b < end; ++b) {
            const std::int64_t at = b * block;
            const std::int64_t n = std::min(block, count - at);
            detail::adamWRange(step, decay, stepSize, inverseRoot, n, master + at, gradient + at,
                moment1 + at, moment2 + at);
            if (compute)
                detail::roundRange(master + at, compute + at, n);
        }
    });
}

double sumOfSquares(const float* values, std::int64_t count) {
    const std::int64_t blocks = (count + block - 1) / block;
    std::vector<double> sums(std::size_t(blocks), 0.0);
    parallelFor(0, blocks, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t b = begin; b < end; ++b)
            sums[std::size_t(b)]
                = detail::squaresRange(values + b * block, std::min(block, count - b * block));
    });
    double total = 0;
    for (const double sum : sums)
        total += sum;
    return total;
}

} // namespace assay::nn
