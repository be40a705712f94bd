#pragma once

#include "core/job/model_spec.h"
#include "nn/simd.h"

#include <cstdint>

namespace assay::nn {

/// Gated unit (Shazeer, arXiv 2002.05202): out = activation(gate) * up, element-wise over `count`.
void gatedForward(
    Activation kind, const float* gate, const float* up, std::int64_t count, float* out);
void gatedForward(Activation kind, const Bf16* gate, const Bf16* up, std::int64_t count, Bf16* out);

/// Replaces gate and up by their gradients, and `dOut` by the forward output, which the caller
/// needs for the gradient of the following weight: one pass over memory instead of three.
void gatedBackward(Activation kind, float* gate, float* up, float* dOut, std::int64_t count);
void gatedBackward(Activation kind, Bf16* gate, Bf16* up, Bf16* dOut, std::int64_t count);

/// out = activation(x), element-wise over `count`.
void activationForward(Activation kind, const float* x, std::int64_t count, float* out);
void activationForward(Activation kind, const Bf16* x, std::int64_t count, Bf16* out);

/// Replaces x by its gradient and `dOut` by the forward output.
void activationBackward(Activation kind, float* x, float* dOut, std::int64_t count);
void activationBackward(Activation kind, Bf16* x, Bf16* dOut, std::int64_t count);

} // namespace assay::nn
