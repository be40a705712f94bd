#include "train/optimizer.h"

#include "nn/adamw.h"
#include "nn/tensors.h"

#include <cmath>

namespace assay {

using nn::elements;

Optimizer::Optimizer(std::shared_ptr<Parameters> parameters)
    : m_parameters(std::move(parameters))
    , m_moment1(at::zeros({m_parameters->count()}, at::kFloat))
    , m_moment2(at::zeros({m_parameters->count()}, at::kFloat)) { }

double Optimizer::gradientNorm() const {
    return std::sqrt(
        nn::sumOfSquares(elements<float>(m_parameters->gradients()), m_parameters->count()));
}

void Optimizer::step(
    const TrainSpec::Optimizer& settings, double learningRate, double gradientNorm) {
    ++m_steps;
    nn::AdamWStep step;
    step.learningRate = float(learningRate);
    step.beta1 = float(settings.beta1);
    step.beta2 = float(settings.beta2);
    step.epsilon = float(settings.epsilon);
    step.gradientScale = settings.clipNorm > 0
        ? float(std::min(1.0, settings.clipNorm / (gradientNorm + 1e-6)))
        : 1.0F;
    step.step = m_steps;
    nn::Bf16* compute = m_parameters->dtype() == Dtype::Bf16
        ? elements<nn::Bf16>(m_parameters->compute())
        : nullptr;
    for (const Parameter& parameter : m_parameters->layout()) {
        step.weightDecay = parameter.isMatrix() ? float(settings.weightDecay) : 0.0F;
        const std::int64_t at = parameter.offset;
        nn::adamW(step, parameter.count, elements<float>(m_parameters->master()) + at,
            elements<float>(m_parameters->gradients()) + at, elements<float>(m_moment1) + at,
            elements<float>(m_moment2) + at, compute ? compute + at : nullptr);
    }
}

void Optimizer::restore(std::int64_t steps, const at::Tensor& moment1, const at::Tensor& moment2) {
    m_steps = steps;
    m_moment1.copy_(moment1);
    m_moment2.copy_(moment2);
}

} // namespace assay
