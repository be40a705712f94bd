#include "model/linear.h"

#include "nn/tensors.h"

namespace assay {

Linear::Linear(const LinearPlan& plan, const Parameters& parameters)
    : m_plan(plan) {
    if (!plan.exists())
        return;
    const auto rows = [&](const at::Tensor& whole) {
        return !whole.defined() || plan.out == plan.allRows
            ? whole
            : whole.narrow(0, plan.firstRow, plan.out);
    };
    m_weight = rows(parameters.weight(plan.weight));
    m_dWeight = rows(parameters.gradient(plan.weight));
    if (plan.bias.empty())
        return;
    m_bias = rows(parameters.weight(plan.bias));
    m_dBias = rows(parameters.gradient(plan.bias));
}

void Linear::product(const at::Tensor& x, const at::Tensor& y) const {
    nn::linear(x, m_weight, y);
    if (m_term)
        m_term->add(x, y);
}

void Linear::forward(const at::Tensor& x, const at::Tensor& y) const {
    at::Tensor target = y;
    if (isDora()) {
        product(x, y);
        target.mul_(m_term->rowScale());
        if (m_bias.defined())
            target.add_(m_bias);
        return;
    }
    if (m_bias.defined())
        nn::linearAdd(m_bias, x, m_weight, y);
    else
        nn::linear(x, m_weight, y);
    if (m_term)
        m_term->add(x, y);
}

void Linear::forwardAdd(
    const at::Tensor& residual, const at::Tensor& x, const at::Tensor& y) const {
    if (isDora()) {
        const at::Tensor own = at::empty_like(y);
        forward(x, own);
        at::Tensor target = y;
        at::add_out(target, residual, own);
        return;
    }
    nn::linearAdd(residual, x, m_weight, y);
    if (m_bias.defined())
        y.add_(m_bias);
    if (m_term)
        m_term->add(x, y);
}

void Linear::inputGradient(const at::Tensor& dy, const at::Tensor& dx, Into into) const {
    const at::Tensor slope = isDora() ? dy.mul(m_term->rowScale()).to(dy.scalar_type()) : dy;
    at::Tensor target = dx;
    if (into == Into::Add)
        target.addmm_(slope, m_weight);
    else
        at::mm_out(target, slope, m_weight);
    if (m_term)
        m_term->addInputGradient(slope, dx);
}

void Linear::weightGradient(const at::Tensor& dy, const at::Tensor& x) const {
    if (m_dWeight.defined())
        nn::addWeightGradient(dy, x, m_dWeight);
    if (m_dBias.defined())
        nn::addBiasGradient(dy, m_dBias);
    if (!m_term || !m_term->learns())
        return;
    if (!isDora()) {
        m_term->addGradients(dy, x);
        return;
    }
    const at::Tensor before = at::empty_like(dy);
    product(x, before);
    m_term->addMagnitudeGradient(dy, before);
    m_term->addGradients(dy.mul(m_term->rowScale()), x);
}

} // namespace assay
