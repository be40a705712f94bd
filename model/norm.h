#pragma once

#include "core/job/model_plan.h"
#include "model/parameters.h"
#include "nn/tensors.h"

namespace assay {

/// A norm over the last `width` numbers of each row.
class Norm {
public:
    Norm() = default;
    Norm(const NormPlan& plan, const Parameters& parameters);

    bool exists() const { return m_weight.defined(); }
    bool learns() const { return m_dWeight.defined() || m_dBias.defined(); }

    /// y = norm(x), both [rows, width] in memory; `statistics` receives what backward needs.
    void forward(const at::Tensor& x, const at::Tensor& y, nn::Buffer& statistics) const;
    /// dx += the gradient with respect to x, the parameters' gradients += theirs; x and statistics
    /// are those of the forward pass.
    void backward(const at::Tensor& dy, const at::Tensor& x, nn::Buffer& statistics,
        const at::Tensor& dx) const;

private:
    std::int64_t rowsOf(const at::Tensor& x) const { return x.numel() / m_plan.width; }
    at::Tensor statisticsOf(const at::Tensor& x, nn::Buffer& buffer) const;

    NormPlan m_plan;
    float m_offset = 0;
    at::Tensor m_weight, m_bias; ///< [width]
    at::Tensor m_dWeight, m_dBias; ///< undefined where they do not learn
};

} // namespace assay
