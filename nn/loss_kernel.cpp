#include "nn/loss.h"

#include "core/base/parallel.h"

#include <cmath>
#include <limits>

namespace assay::nn {

namespace {

template <class T>
ASSAY_INLINE void lossRows(T* logits, const std::int32_t* labels, const float* weights,
    std::int64_t begin, std::int64_t end, std::int64_t vocabulary, float scale,
    LossGradient gradient, float* nll) {
    for (std::int64_t row = begin; row < end; ++row) {
        T* z = logits + row * vocabulary;
        float highest = -std::numeric_limits<float>::infinity();
#pragma omp simd reduction(max : highest)
        for (std::int64_t i = 0; i < vocabulary; ++i)
            highest = toFloat(z[i]) > highest ? toFloat(z[i]) : highest;
        // Blocks of 4096 summed in fp32 lanes, the blocks in fp64: exact enough for any vocabulary.
        double sum = 0;
        for (std::int64_t block = 0; block < vocabulary; block += 4096) {
            const std::int64_t last = block + 4096 < vocabulary ? block + 4096 : vocabulary;
            float part = 0;
#pragma omp simd reduction(+ : part)
            for (std::int64_t i = block; i < last; ++i) {
                const float x = toFloat(z[i]) - highest;
                part += x == x ? fastExp(x) : x; // NaN must not be clamped away
            }
            sum += double(part);
        }
        const float logSum = highest + float(std::log(sum));
        const std::int32_t label = labels[row];
        nll[row] = logSum - toFloat(z[label]);
        if (gradient == LossGradient::ReplaceLogits) {
            const float factor = scale * (weights ? weights[row] : 1.0F);
            const float target = toFloat(z[label]);
#pragma omp simd
            for (std::int64_t i = 0; i < vocabulary; ++i)
                store(z[i], fastExp(toFloat(z[i]) - logSum) * factor);
            store(z[label], (fastExp(target - logSum) - 1.0F) * factor);
        }
    }
}

} // namespace

namespace detail {

ASSAY_CLONES void lossRowsF32(float* logits, const std::int32_t* labels, const float* weights,
    std::int64_t begin, std::int64_t end, std::int64_t vocabulary, float scale,
    LossGradient gradient, float* nll) {
    lossRows(logits, labels, weights, begin, end, vocabulary, scale, gradient, nll);
}
ASSAY_CLONES void lossRowsBf16(Bf16* logits, const std::int32_t* labels, const float* weights,
    std::int64_t begin, std::int64_t end, std::int64_t vocabulary, float scale,
    LossGradient gradient, float* nll) {
    lossRows(logits, labels, weights, begin, end, vocabulary, scale, gradient, nll);
}

} // namespace detail

void crossEntropy(float* logits, const std::int32_t* labels, const float* weights,
    std::int64_t rows, std::int64_t vocabulary, float scale, LossGradient gradient, float* nll) {
    parallelFor(0, rows, 4, [&](std::int64_t begin, std::int64_t end) {
        detail::lossRowsF32(logits, labels, weights, begin, end, vocabulary, scale, gradient, nll);
    });
}

void crossEntropy(Bf16* logits, const std::int32_t* labels, const float* weights, std::int64_t rows,
    std::int64_t vocabulary, float scale, LossGradient gradient, float* nll) {
    parallelFor(0, rows, 4, [&](std::int64_t begin, std::int64_t end) {
        detail::lossRowsBf16(logits, labels, weights, begin, end, vocabulary, scale, gradient, nll);
    });
}

} // namespace assay::nn
