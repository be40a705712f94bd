#pragma once

#include "core/job/model_spec.h"
#include "model/parameters.h"
#include "nn/attention.h"
#include "nn/rotary.h"
#include "nn/tensors.h"

#include <memory>
#include <vector>

namespace assay {

/// Sequences end to end, without padding. Positions restart in each; none sees another.
struct PackedBatch {
    std::vector<std::int32_t> ids;
    std::vector<std::int32_t> positions;
    std::vector<nn::AttentionSegment> segments; ///< queries and keys are the same rows
    std::int64_t tokens() const { return std::int64_t(ids.size()); }
    void add(std::span<const TokenId> sequence);
};

/// Keys and values of what was read so far, for one sequence.
struct KeyValueCache {
    std::vector<at::Tensor> keys; ///< a layer: [capacity, kvHeads * dimension], rotated
    std::vector<at::Tensor> values; ///< a layer: [capacity, kvHeads * dimension]
    std::int64_t length = 0;
    std::int64_t capacity() const { return keys.empty() ? 0 : keys.front().size(0); }
};

/// What the backward pass needs of the forward pass, in buffers that are used again for the next
/// batch.
struct Activations {
    struct Layer {
        nn::Buffer input, norm1, rstd1, query, key, value, attention, logSumExp, middle, norm2,
            rstd2, gate, up;
    };
    std::vector<Layer> layers;
    nn::Buffer last, lastRstd, hidden;
};

/// A decoder of the Llama shape: rotary attention and SwiGLU between root-mean-square norms.
/// Forward and backward are written out, block by block; no automatic differentiation runs.
class Decoder {
public:
    Decoder(ModelSpec spec, std::shared_ptr<Parameters> parameters);

    const ModelSpec& spec() const { return m_spec; }
    Parameters& parameters() { return *m_parameters; }

    /// Hidden states after the last norm, [tokens, hidden], in the type computed in; they live in
    /// `activations` until its next use. Undefined tensor when stopped.
    at::Tensor forward(const PackedBatch& batch, Activations& activations, StopToken stop = {});
    /// Adds the gradients of all parameters for `dHidden` [tokens, hidden], which is overwritten.
    /// The activations must be those of the forward pass over the same batch and are used up.
    void backward(const PackedBatch& batch, Activations& activations, at::Tensor dHidden);

    /// Reads `ids` after what the cache holds and extends it; hidden state of the last one, [1,
    /// hidden].
    at::Tensor forwardCached(
        std::span<const TokenId> ids, KeyValueCache& cache, StopToken stop = {});
    KeyValueCache makeCache(std::int64_t capacity) const;

    /// The matrix that turns hidden states into logits, [vocabulary, hidden].
    at::Tensor head() const { return m_head; }
    at::Tensor headGradient() const;

private:
    struct LayerWeights {
        at::Tensor norm1, query, key, value, output, norm2, gate, up, down;
        at::Tensor dNorm1, dQuery, dKey, dValue, dOutput, dNorm2, dGate, dUp, dDown;
    };
    struct LayerViews;

    void embed(std::span<const std::int32_t> ids, at::Tensor out) const;
    void norm(const at::Tensor& x, const at::Tensor& weight, at::Tensor y, at::Tensor rstd) const;
    void project(const LayerWeights& weights, const at::Tensor& norm, const std::int32_t* positions,
        at::Tensor query, at::Tensor key, at::Tensor value);
    void mlp(const LayerWeights& weights, const at::Tensor& norm2, const at::Tensor& middle,
        at::Tensor gate, at::Tensor up, at::Tensor out);
    void ensureRotary(std::int64_t positions);
    nn::AttentionShape attentionShape() const;

    ModelSpec m_spec;
    std::shared_ptr<Parameters> m_parameters;
    std::vector<LayerWeights> m_layers;
    at::Tensor m_embedding;
    at::Tensor m_norm;
    at::Tensor m_head;
    nn::RotaryTable m_rotary;
    nn::Buffer m_product, m_dProduct, m_dNorm, m_dQuery, m_dKey, m_dValue, m_dAttention;
    Activations m_decoding; ///< one layer's worth, for the cached pass
};

} // namespace assay
