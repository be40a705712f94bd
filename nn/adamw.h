#pragma once

#include "nn/simd.h"

#include <cstdint>

namespace assay::nn {

/// One AdamW step (Loshchilov and Hutter, arXiv 1711.05101) over a range of flat buffers.
struct AdamWStep {
    float learningRate = 0;
    float beta1 = 0.9F;
    float beta2 = 0.95F;
    float epsilon = 1e-8F;
    float weightDecay = 0;
    float gradientScale = 1; ///< clipping and normalisation, applied as the gradient is read
    std::int64_t step = 1; ///< 1 for the first; for bias correction
};

/// Updates master weights and moments; where `compute` is set it receives the new weights in bf16,
/// so that no second pass over memory is needed.
void adamW(const AdamWStep& step, std::int64_t count, float* master, const float* gradient,
    float* moment1, float* moment2, Bf16* compute);

/// Sum of squares in fp64, in an order that does not depend on the number of threads.
double sumOfSquares(const float* values, std::int64_t count);

} // namespace assay::nn
