#pragma once

#include "nn/simd.h"

#include <cstring>

// Only for kernels: passing these between functions that are not inlined would depend on the
// target.
namespace assay::nn {

/// Sixteen floats that the compiler splits as the target needs.
using Float16x = float __attribute__((vector_size(64)));

ASSAY_INLINE Float16x loadVector(const float* p) {
    Float16x v;
    std::memcpy(&v, p, sizeof v);
    return v;
}
ASSAY_INLINE void storeVector(float* p, Float16x v) {
    std::memcpy(p, &v, sizeof v);
}
ASSAY_INLINE Float16x splat(float x) {
    return Float16x{} + x;
}

} // namespace assay::nn
