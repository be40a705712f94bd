#pragma once

#include "nn/simd.h"

#include <cstdint>

namespace assay::nn {

/// Root-mean-square norm (Zhang and Sennrich, arXiv 1910.07467): y = x / sqrt(mean(x^2) + eps) *
/// weight, statistics in fp32. `rstd` [rows] receives 1 / sqrt(..), which the backward pass needs.
void rmsNormForward(const float* x, const float* weight, float eps, std::int64_t rows,
    std::int64_t width, float* y, float* rstd);
void rmsNormForward(const Bf16* x, const Bf16* weight, float eps, std::int64_t rows,
    std::int64_t width, Bf16* y, float* rstd);

/// dx += gradient with respect to x; dWeight [width] (fp32) += gradient with respect to the weight.
/// The result does not depend on the number of threads.
void rmsNormBackward(const float* dy, const float* x, const float* weight, const float* rstd,
    std::int64_t rows, std::int64_t width, float* dx, float* dWeight);
void rmsNormBackward(const Bf16* dy, const Bf16* x, const Bf16* weight, const float* rstd,
    std::int64_t rows, std::int64_t width, Bf16* dx, float* dWeight);

} // namespace assay::nn
