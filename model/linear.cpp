#include "model/linear.h"

#include "nn/tensors.h"

namespace assay {

Linear::Linear(const LinearPlan& plan, const Parameters& parameters)
    : m_plan(plan) {
    if (!plan.exists())
        return;
    const bool training = parameters.gradients().defined();
    const auto rows = [&](const at::Tensor& whole) {
        return plan.out == plan.allRows ? whole : whole.narrow(0, plan.firstRow, plan.out);
    };
    m_weight = rows(parameters.weight(plan.weight));
    if (training)
        m_dWeight = rows(parameters.gradient(plan.weight));
    if (plan.bias.empty())
        return;
    m_bias = rows(parameters.weight(plan.bias));
    if (training)
        m_dBias = rows(parameters.gradient(plan.bias));
}

void Linear::forward(const at::Tensor& x, const at::Tensor& y) const {
    if (m_bias.defined())
        nn::linearAdd(m_bias, x, m_weight, y);
    else
        nn::linear(x, m_weight, y);
}

void Linear::forwardAdd(
    const at::Tensor& residual, const at::Tensor& x, const at::Tensor& y) const {
    nn::linearAdd(residual, x, m_weight, y);
    if (m_bias.defined())
        y.add_(m_bias);
}

void Linear::inputGradient(const at::Tensor& dy, const at::Tensor& dx, Into into) const {
    at::Tensor target = dx;
    if (into == Into::Add)
        target.addmm_(dy, m_weight);
    else
        at::mm_out(target, dy, m_weight);
}

void Linear::weightGradient(const at::Tensor& dy, const at::Tensor& x) const {
    if (m_dWeight.defined())
        nn::addWeightGradient(dy, x, m_dWeight);
    if (m_dBias.defined())
        nn::addBiasGradient(dy, m_dBias);
}

} // namespace assay
