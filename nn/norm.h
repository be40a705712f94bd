#pragma once

#include "nn/simd.h"

#include <cstdint>

namespace assay::nn {

/// Root-mean-square norm (Zhang and Sennrich, arXiv 1910.07467): y = x / sqrt(mean(x^2) + eps) *
/// (offset + weight), statistics in fp32; the offset is 1 where a model stores what is added to 1.
/// `rstd` [rows] receives 1 / sqrt(..), which the backward pass needs.
void rmsNormForward(const float* x, const float* weight, float eps, std::int64_t rows,
    std::int64_t width, float* y, float* rstd, float offset = 0);
void rmsNormForward(const Bf16* x, const Bf16* weight, float eps, std::int64_t rows,
    std::int64_t width, Bf16* y, float* rstd, float offset = 0);

/// dx += gradient with respect to x; dWeight [width] (fp32) += gradient with respect to the weight.
/// The result does not depend on the number of threads.
void rmsNormBackward(const float* dy, const float* x, const float* weight, const float* rstd,
    std::int64_t rows, std::int64_t width, float* dx, float* dWeight, float offset = 0);
void rmsNormBackward(const Bf16* dy, const Bf16* x, const Bf16* weight, const float* rstd,
    std::int64_t rows, std::int64_t width, Bf16* dx, float* dWeight, float offset = 0);

/// Layer norm (Ba et al., arXiv 1607.06450): y = (x - mean) / sqrt(variance + eps) * weight + bias.
/// `statistics` [rows, 2] receives mean and 1 / sqrt(..).
void layerNormForward(const float* x, const float* weight, const float* bias, float eps,
    std::int64_t rows, std::int64_t width, float* y, float* statistics);
void layerNormForward(const Bf16* x, const Bf16* weight, const Bf16* bias, float eps,
    std::int64_t rows, std::int64_t width, Bf16* y, float* statistics);

/// dx += gradient with respect to x; dWeight and dBias [width] (fp32) += theirs. The result does
/// not depend on the number of threads.
void layerNormBackward(const float* dy, const float* x, const float* weight,
    const float* statistics, std::int64_t rows, std::int64_t width, float* dx, float* dWeight,
    float* dBias);
void layerNormBackward(const Bf16* dy, const Bf16* x, const Bf16* weight, const float* statistics,
    std::int64_t rows, std::int64_t width, Bf16* dx, float* dWeight, float* dBias);

} // namespace assay::nn
