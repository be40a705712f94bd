#include "model/mlp.h"

#include "nn/activation.h"

namespace assay {

using nn::byType;
using nn::elements;

Mlp::Mlp(const MlpPlan& plan, const Parameters& parameters)
    : m_plan(plan)
    , m_gate(plan.gate, parameters)
    , m_up(plan.up, parameters)
    , m_down(plan.down, parameters) { }

std::vector<Linear*> Mlp::linears() {
    if (!m_gate.exists())
        return {&m_up, &m_down};
    return {&m_gate, &m_up, &m_down};
}

void Mlp::forward(const Pass& pass, const at::Tensor& x, const at::Tensor& residual,
    const at::Tensor& y, Saved& saved, nn::Buffer& product) const {
    const std::int64_t width = m_plan.up.out;
    const at::Tensor up = saved.up.get(pass.tokens, width, pass.type);
    const at::Tensor inner = product.get(pass.tokens, width, pass.type);
    at::Tensor gate;
    if (m_gate.exists()) {
        gate = saved.gate.get(pass.tokens, width, pass.type);
        m_gate.forward(x, gate);
    }
    m_up.forward(x, up);
    byType(up, [&](auto type) {
        using T = decltype(type);
        if (gate.defined())
            nn::gatedForward(m_plan.activation, elements<T>(gate), elements<T>(up), up.numel(),
                elements<T>(inner));
        else
            nn::activationForward(
                m_plan.activation, elements<T>(up), up.numel(), elements<T>(inner));
    });
    if (residual.defined())
        m_down.forwardAdd(residual, inner, y);
    else
        m_down.forward(inner, y);
}

void Mlp::backward(const Pass& pass, const at::Tensor& dy, const at::Tensor& x, Saved& saved,
    nn::Buffer& product, const at::Tensor& dx) const {
    const std::int64_t width = m_plan.up.out;
    const at::Tensor up = saved.up.get(pass.tokens, width, pass.type);
    const at::Tensor inner = product.get(pass.tokens, width, pass.type);
    m_down.inputGradient(dy, inner, Into::Replace);
    // Gate and up become their gradients, `inner` what the forward pass gave to the last map.
    if (m_gate.exists()) {
        const at::Tensor gate = saved.gate.get(pass.tokens, width, pass.type);
        byType(up, [&](auto type) {
            using T = decltype(type);
            nn::gatedBackward(m_plan.activation, elements<T>(gate), elements<T>(up),
                elements<T>(inner), up.numel());
        });
        m_down.weightGradient(dy, inner);
        m_gate.weightGradient(gate, x);
        m_up.weightGradient(up, x);
        m_gate.inputGradient(gate, dx, Into::Replace);
        m_up.inputGradient(up, dx, Into::Add);
        return;
    }
    byType(up, [&](auto type) {
        using T = decltype(type);
        nn::activationBackward(m_plan.activation, elements<T>(up), elements<T>(inner), up.numel());
    });
    m_down.weightGradient(dy, inner);
    m_up.weightGradient(up, x);
    m_up.inputGradient(up, dx, Into::Replace);
}

} // namespace assay
