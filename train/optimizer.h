#pragma once

#include "core/job/train_spec.h"
#include "model/parameters.h"

#include <ATen/ATen.h>

#include <memory>
#include <vector>

namespace assay {

/// AdamW over the flat buffers of one or more sets of parameters, of each over the part that
/// learns. Weight decay acts on matrices only.
class Optimizer {
public:
    explicit Optimizer(std::vector<std::shared_ptr<Parameters>> parameters);

    /// Numbers that learn, in all sets.
    std::int64_t count() const { return m_moment1.numel(); }
    void zeroGradients();

    /// L2 norm of all gradients, in fp64.
    double gradientNorm() const;
    /// One step; gradients are scaled to `clipNorm` first where their norm is larger (0: never):
    /// by min(1, clipNorm / (norm + 1e-6)), as PyTorch does.
    void step(const TrainSpec::Optimizer& settings, double learningRate, double gradientNorm);

    std::int64_t steps() const { return m_steps; }
    const at::Tensor& moment1() const { return m_moment1; }
    const at::Tensor& moment2() const { return m_moment2; }
    /// Continues from a checkpoint; tensors are flat fp32 [count].
    void restore(std::int64_t steps, const at::Tensor& moment1, const at::Tensor& moment2);

private:
    std::vector<std::shared_ptr<Parameters>> m_parameters;
    at::Tensor m_moment1;
    at::Tensor m_moment2;
    std::int64_t m_steps = 0;
};

} // namespace assay
