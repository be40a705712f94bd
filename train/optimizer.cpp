#include "train/optimizer.h"

#include "nn/adamw.h"
#include "nn/tensors.h"

#include <cmath>

namespace assay {

using nn::elements;

namespace {

std::int64_t countOf(const std::vector<std::shared_ptr<Parameters>>& sets) {
    std::int64_t count = 0;
    for (const auto& parameters : sets)
        count += parameters->trainedCount();
    return count;
}

} // namespace

Optimizer::Optimizer(std::vector<std::shared_ptr<Parameters>> parameters)
    : m_parameters(std::move(parameters))
    , m_moment1(at::zeros({countOf(m_parameters)}, at::kFloat))
    , m_moment2(at::zeros({countOf(m_parameters)}, at::kFloat)) { }

void Optimizer::zeroGradients() {
    for (const auto& parameters : m_parameters)
        if (parameters->gradients().defined())
            parameters->gradients().zero_();
}

double Optimizer::gradientNorm() const {
    double squares = 0;
    for (const auto& parameters : m_parameters)
        if (parameters->trainedCount() > 0)
            squares += nn::sumOfSquares(
                elements<float>(parameters->gradients()), parameters->trainedCount());
    return std::sqrt(squares);
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
    std::int64_t begin = 0; // of the set's part of the moments
    for (const auto& parameters : m_parameters) {
        nn::Bf16* compute = parameters->dtype() == Dtype::Bf16
            ? elements<nn::Bf16>(parameters->compute())
            : nullptr;
        for (const Parameter& parameter : parameters->layout()) {
            if (!parameters->learns(parameter))
                continue;
            step.weightDecay = parameter.isMatrix() ? float(settings.weightDecay) : 0.0F;
            const std::int64_t at = parameter.offset;
            nn::adamW(step, parameter.count, elements<float>(parameters->master()) + at,
                elements<float>(parameters->gradients()) + at,
                elements<float>(m_moment1) + begin + at, elements<float>(m_moment2) + begin + at,
                compute ? compute + at : nullptr);
        }
        begin += parameters->trainedCount();
    }
}

void Optimizer::restore(std::int64_t steps, const at::Tensor& moment1, const at::Tensor& moment2) {
    m_steps = steps;
    m_moment1.copy_(moment1);
    m_moment2.copy_(moment2);
}

} // namespace assay
