#pragma once

#include "model/attention.h"
#include "model/mlp.h"

namespace assay {

/// One layer: attention and MLP, each between norms and added to the stream.
class Layer {
public:
    /// What backward needs of forward, in buffers that are used again for the next batch.
    struct Saved {
        nn::Buffer input, attentionNorm, attentionStatistics, branch1, postStatistics1;
        nn::Buffer middle, mlpNorm, mlpStatistics, branch2, postStatistics2;
        Attention::Saved attention;
        Mlp::Saved mlp;
    };
    /// Memory that all layers share.
    struct Scratch {
        nn::Buffer product, normed, dBranch;
        Attention::Scratch attention;
    };

    Layer(const LayerPlan& plan, const Parameters& parameters, Rope* rope);

    /// From saved.input to `output` [tokens, hidden]; they may be the same memory.
    void forward(const Pass& pass, const at::Tensor& output, Saved& saved, Scratch& scratch);
    /// `slope`, the gradient of the output, becomes that of the input; `dNorm` [tokens, hidden] is
    /// memory to work in.
    void backward(const Pass& pass, const at::Tensor& slope, const at::Tensor& dNorm, Saved& saved,
        Scratch& scratch);

    std::vector<Linear*> linears();
    /// Whether the backward pass has anything to find here.
    bool learns();

private:
    std::int64_t m_hidden;
    Norm m_attentionNorm, m_attentionPostNorm, m_mlpNorm, m_mlpPostNorm;
    Attention m_attention;
    Mlp m_mlp;
};

} // namespace assay
