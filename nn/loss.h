#pragma once

#include "nn/simd.h"

#include <cstdint>

namespace assay::nn {

/// Cross-entropy of rows of logits [rows, vocabulary] against `labels` [rows] (all valid ids).
/// `nll` [rows] receives -log p(label) in nats. Where `gradient` is set, the logits are replaced by
/// (softmax - onehot) * weights[row] * scale, the gradient of scale * sum(weights * nll).
/// `weights` may be null for all ones. fp32 throughout, sums blocked; NaN stays NaN.
enum class LossGradient { None, ReplaceLogits };
void crossEntropy(float* logits, const std::int32_t* labels, const float* weights,
    std::int64_t rows, std::int64_t vocabulary, float scale, LossGradient gradient, float* nll);
void crossEntropy(Bf16* logits, const std::int32_t* labels, const float* weights, std::int64_t rows,
    std::int64_t vocabulary, float scale, LossGradient gradient, float* nll);

} // namespace assay::nn
