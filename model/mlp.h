#pragma once

#include "model/batch.h"
#include "model/linear.h"
#include "nn/tensors.h"

namespace assay {

/// The two or three maps with an activation between them.
class Mlp {
public:
    /// What backward needs of forward.
    struct Saved {
        nn::Buffer gate, up;
    };

    Mlp(const MlpPlan& plan, const Parameters& parameters);

    /// y = residual + mlp(x), or mlp(x) where `residual` is undefined; [tokens, hidden] each.
    /// `product` is memory that all layers share, here and in backward.
    void forward(const Pass& pass, const at::Tensor& x, const at::Tensor& residual,
        const at::Tensor& y, Saved& saved, nn::Buffer& product) const;
    /// dx = the gradient with respect to x for `dy`; those of the maps are added to theirs. Uses up
    /// what was saved.
    void backward(const Pass& pass, const at::Tensor& dy, const at::Tensor& x, Saved& saved,
        nn::Buffer& product, const at::Tensor& dx) const;

    std::vector<Linear*> linears();

private:
    MlpPlan m_plan;
    Linear m_gate, m_up, m_down;
};

} // namespace assay
