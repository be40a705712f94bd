#include "model/norm.h"

#include "nn/norm.h"

namespace assay {

using nn::byType;
using nn::elements;

Norm::Norm(const NormPlan& plan, const Parameters& parameters)
    : m_plan(plan)
    , m_offset(plan.kind == NormKind::RmsPlusOne ? 1.0F : 0.0F) {
    if (!plan.exists())
        return;
    m_weight = parameters.weight(plan.weight);
    m_dWeight = parameters.gradient(plan.weight);
    if (plan.kind != NormKind::Layer)
        return;
    m_bias = parameters.weight(plan.bias);
    m_dBias = parameters.gradient(plan.bias);
}

at::Tensor Norm::statisticsOf(const at::Tensor& x, nn::Buffer& buffer) const {
    return buffer.get(rowsOf(x), m_plan.kind == NormKind::Layer ? 2 : 1, at::kFloat);
}

void Norm::forward(const at::Tensor& x, const at::Tensor& y, nn::Buffer& statistics) const {
    float* numbers = elements<float>(statisticsOf(x, statistics));
    byType(x, [&](auto type) {
        using T = decltype(type);
        if (m_plan.kind == NormKind::Layer)
            nn::layerNormForward(elements<T>(x), elements<T>(m_weight), elements<T>(m_bias),
                float(m_plan.epsilon), rowsOf(x), m_plan.width, elements<T>(y), numbers);
        else
            nn::rmsNormForward(elements<T>(x), elements<T>(m_weight), float(m_plan.epsilon),
                rowsOf(x), m_plan.width, elements<T>(y), numbers, m_offset);
    });
}

void Norm::backward(
    const at::Tensor& dy, const at::Tensor& x, nn::Buffer& statistics, const at::Tensor& dx) const {
    const float* numbers = elements<float>(statisticsOf(x, statistics));
    const auto target = [](const at::Tensor& gradient) {
        return gradient.defined() ? elements<float>(gradient) : nullptr;
    };
    byType(x, [&](auto type) {
        using T = decltype(type);
        if (m_plan.kind == NormKind::Layer)
            nn::layerNormBackward(elements<T>(dy), elements<T>(x), elements<T>(m_weight), numbers,
                rowsOf(x), m_plan.width, elements<T>(dx), target(m_dWeight), target(m_dBias));
        else
            nn::rmsNormBackward(elements<T>(dy), elements<T>(x), elements<T>(m_weight), numbers,
                rowsOf(x), m_plan.width, elements<T>(dx), target(m_dWeight), m_offset);
    });
}

} // namespace assay
