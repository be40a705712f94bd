#pragma once

#include "nn/simd.h"

#include <cstdint>

namespace assay::nn {

/// SwiGLU (Shazeer, arXiv 2002.05202): out = gate * sigmoid(gate) * up, element-wise over `count`.
void swigluForward(const float* gate, const float* up, std::int64_t count, float* out);
void swigluForward(const Bf16* gate, const Bf16* up, std::int64_t count, Bf16* out);

/// Replaces gate and up by their gradients, and `dOut` by the forward output, which the caller
/// needs for the gradient of the following weight: one pass over memory instead of three.
void swigluBackward(float* gate, float* up, float* dOut, std::int64_t count);
void swigluBackward(Bf16* gate, Bf16* up, Bf16* dOut, std::int64_t count);

} // namespace assay::nn
