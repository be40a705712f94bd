#pragma once

#include "nn/simd.h"

#include <cstdint>

namespace assay::nn {

/// y = weight x, plus `residual` where it is set: one row of a linear layer, weight [out, in]. Sums
/// in fp32, rounded once. For a single row libtorch's bf16 product spends its time on setting up
/// (measured on the demo's model: 578 tokens a second generated with it).
void matvec(const Bf16* weight, const Bf16* x, const Bf16* residual, std::int64_t out,
    std::int64_t in, Bf16* y);

} // namespace assay::nn
