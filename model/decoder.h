#pragma once

#include "core/job/model_plan.h"
#include "model/adapter.h"
#include "model/layer.h"

#include <memory>
#include <vector>

namespace assay {

/// What the backward pass needs of the forward pass, in buffers that are used again for the next
/// batch.
struct Activations {
    std::vector<Layer::Saved> layers;
    nn::Buffer last, lastStatistics, hidden;
    /// With checkpointing: what went into each layer, while `layers` has the inside of one.
    std::vector<nn::Buffer> inputs;
};

/// A decoder of any family that has a plan. Forward and backward are written out, block by block;
/// no automatic differentiation runs.
class Decoder {
public:
    Decoder(ModelSpec spec, std::shared_ptr<Parameters> parameters);

    const ModelSpec& spec() const { return m_spec; }
    const ModelPlan& plan() const { return m_plan; }
    Parameters& parameters() { return *m_parameters; }

    /// Lays an adapter over all maps that it has terms for; null takes it away.
    void attach(const std::shared_ptr<const Adapter>& adapter);
    /// Whether the backward pass computes each layer's inside again (Chen et al., arXiv
    /// 1604.06174) in place of keeping it: the same numbers, for less memory and more time.
    void setCheckpointing(bool on) { m_checkpointing = on; }
    /// NEFTune (Jain et al., arXiv 2310.05914): uniform noise of alpha / sqrt(tokens * hidden) on
    /// the embeddings of each sequence of the coming forward passes; 0: none, as at first.
    void setNoise(double alpha, std::uint64_t seed);

    /// Hidden states after the last norm, [tokens, hidden], in the type computed in; they live in
    /// `activations` until its next use. Undefined tensor when stopped. No position may reach
    /// beyond spec().maxPositions.
    at::Tensor forward(const PackedBatch& batch, Activations& activations, StopToken stop = {});
    /// Adds the gradients of all parameters for `dHidden` [tokens, hidden], which is overwritten.
    /// The activations must be those of the forward pass over the same batch and are used up.
    void backward(const PackedBatch& batch, Activations& activations, at::Tensor dHidden);

    /// Reads `ids` after what the cache holds and extends it; hidden state of the last one, [1,
    /// hidden]. Where a scaling of positions looks at the length of the text and the text outgrows
    /// one, all of it is read again: the answer is that of a forward pass over the whole.
    at::Tensor forwardCached(
        std::span<const TokenId> ids, KeyValueCache& cache, StopToken stop = {});
    KeyValueCache makeCache(std::int64_t capacity) const;

    /// Logits of rows of hidden states [rows, hidden] into `out` [rows, vocabulary].
    void logits(const at::Tensor& hidden, const at::Tensor& out) const;
    /// The softcap of the logits, 0 where there is none.
    double headSoftcap() const { return m_plan.headSoftcap; }
    /// The matrix that turns hidden states into logits before any softcap, [vocabulary, hidden].
    at::Tensor head() const { return m_head; }
    /// Undefined where the head does not learn.
    at::Tensor headGradient() const { return m_parameters->gradient(m_plan.head); }

    /// All maps of all layers, in the order of the forward pass. Each knows its name
    /// (Linear::plan().module()); maps that share a fused parameter share the name.
    std::vector<Linear*> linears();

private:
    void embed(std::span<const std::int32_t> ids, const Pass& pass, const at::Tensor& out) const;
    /// Runs all layers on what embed() has put into the first one's input; false when stopped.
    void addNoise(const PackedBatch& batch, const at::Tensor& embedded) const;
    /// The first layer that the backward pass has to reach; their number where none learns.
    std::size_t lowestLearning();
    bool run(Pass& pass, Activations& activations, const StopToken& stop);

    ModelSpec m_spec;
    ModelPlan m_plan;
    std::shared_ptr<Parameters> m_parameters;
    std::vector<std::unique_ptr<Rope>> m_ropes; ///< layers point to them
    std::vector<Layer> m_layers;
    Norm m_norm;
    at::Tensor m_embedding, m_positions, m_head;
    Layer::Scratch m_scratch;
    nn::Buffer m_slope;
    std::shared_ptr<const Adapter> m_adapter;
    bool m_checkpointing = false;
    double m_noiseAlpha = 0;
    std::uint64_t m_noiseSeed = 0;
    Activations m_decoding; ///< one layer's worth, for the cached pass
};

} // namespace assay
