#pragma once

#include "model/decoder.h"

#include <span>
#include <vector>

namespace assay {

/// The trained positions of a packed batch: which row of hidden states predicts which label.
struct LossTargets {
    std::vector<std::int64_t> rows; ///< ascending; the label stands one token later
    std::vector<std::int32_t> labels;
    std::vector<float> weights; ///< empty: all ones
    std::vector<std::int32_t> segments; ///< of each row, to sum losses by sample
};

/// Where the next token of the same sequence has a label (not ignoredLabel). Arrays are aligned
/// with the batch's tokens; the first label of a sequence has no predecessor and is never trained.
LossTargets lossTargets(
    const PackedBatch& batch, std::span<const TokenId> labels, std::span<const float> weights = {});

/// Negative log-likelihood of each target, [targets], nats.
struct LossResult {
    std::vector<float> nll;
    /// sum of weight * nll
    double weightedSum = 0;
    /// sum of weights
    double weight = 0;
};

/// The loss without gradients.
LossResult evaluateLoss(Decoder& decoder, const at::Tensor& hidden, const LossTargets& targets);

/// The loss, its gradient with respect to the hidden states into `dHidden` [tokens, hidden]
/// (overwritten), and that of the head added to its gradient: all of scale * weightedSum. Logits
/// exist only for a chunk of trained positions at a time; ignored positions cost nothing.
LossResult lossAndGradient(Decoder& decoder, const at::Tensor& hidden, const LossTargets& targets,
    double scale, at::Tensor dHidden);

} // namespace assay
