#include "model/layer.h"

#include <algorithm>

namespace assay {

Layer::Layer(const LayerPlan& plan, const Parameters& parameters, Rope* rope)
    : m_hidden(plan.attentionNorm.width)
    , m_attentionNorm(plan.attentionNorm, parameters)
    , m_attentionPostNorm(plan.attentionPostNorm, parameters)
    , m_mlpNorm(plan.mlpNorm, parameters)
    , m_mlpPostNorm(plan.mlpPostNorm, parameters)
    , m_attention(plan.attention, parameters, rope)
    , m_mlp(plan.mlp, parameters) { }

std::vector<Linear*> Layer::linears() {
    std::vector<Linear*> all = m_attention.linears();
    for (Linear* linear : m_mlp.linears())
        all.push_back(linear);
    return all;
}

bool Layer::learns() {
    return m_attentionNorm.learns() || m_attentionPostNorm.learns() || m_mlpNorm.learns()
        || m_mlpPostNorm.learns() || m_attention.normsLearn()
        || std::ranges::any_of(linears(), [](const Linear* linear) { return linear->learns(); });
}

void Layer::forward(const Pass& pass, const at::Tensor& output, Saved& saved, Scratch& scratch) {
    const auto hidden
        = [&](nn::Buffer& buffer) { return buffer.get(pass.tokens, m_hidden, pass.type); };
    // out = stream + norm(branch); the branch is kept, what the norm made of it is not.
    const auto addNormed = [&](const Norm& norm, const at::Tensor& stream, nn::Buffer& branch,
                               nn::Buffer& statistics, const at::Tensor& out) {
        const at::Tensor normed = hidden(scratch.normed);
        norm.forward(hidden(branch), normed, statistics);
        at::Tensor target = out;
        at::add_out(target, stream, normed);
    };
    const at::Tensor input = hidden(saved.input);
    const at::Tensor middle = hidden(saved.middle);
    const at::Tensor norm1 = hidden(saved.attentionNorm);
    m_attentionNorm.forward(input, norm1, saved.attentionStatistics);
    if (m_attentionPostNorm.exists()) {
        m_attention.forward(pass, norm1, {}, hidden(saved.branch1), saved.attention);
        addNormed(m_attentionPostNorm, input, saved.branch1, saved.postStatistics1, middle);
    } else {
        m_attention.forward(pass, norm1, input, middle, saved.attention);
    }
    const at::Tensor norm2 = hidden(saved.mlpNorm);
    m_mlpNorm.forward(middle, norm2, saved.mlpStatistics);
    if (m_mlpPostNorm.exists()) {
        m_mlp.forward(pass, norm2, {}, hidden(saved.branch2), saved.mlp, scratch.product);
        addNormed(m_mlpPostNorm, middle, saved.branch2, saved.postStatistics2, output);
    } else {
        m_mlp.forward(pass, norm2, middle, output, saved.mlp, scratch.product);
    }
}

void Layer::backward(const Pass& pass, const at::Tensor& slope, const at::Tensor& dNorm,
    Saved& saved, Scratch& scratch) {
    const auto hidden
        = [&](nn::Buffer& buffer) { return buffer.get(pass.tokens, m_hidden, pass.type); };
    // The gradient of a branch: the stream's, through the post-norm where there is one.
    const auto branchSlope = [&](const Norm& norm, nn::Buffer& branch, nn::Buffer& statistics) {
        if (!norm.exists())
            return slope;
        at::Tensor target = hidden(scratch.dBranch);
        norm.backward(slope, hidden(branch), statistics, target.zero_());
        return target;
    };
    const at::Tensor dMlp = branchSlope(m_mlpPostNorm, saved.branch2, saved.postStatistics2);
    m_mlp.backward(pass, dMlp, hidden(saved.mlpNorm), saved.mlp, scratch.product, dNorm);
    m_mlpNorm.backward(dNorm, hidden(saved.middle), saved.mlpStatistics, slope);

    const at::Tensor dAttention
        = branchSlope(m_attentionPostNorm, saved.branch1, saved.postStatistics1);
    m_attention.backward(
        pass, dAttention, hidden(saved.attentionNorm), saved.attention, scratch.attention, dNorm);
    m_attentionNorm.backward(dNorm, hidden(saved.input), saved.attentionStatistics, slope);
}

} // namespace assay
