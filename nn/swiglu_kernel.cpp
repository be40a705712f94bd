#include "nn/swiglu.h"

#include "core/base/parallel.h"

namespace assay::nn {

namespace {

constexpr std::int64_t grain = 1 << 14;

template <class T>
ASSAY_INLINE void forwardRange(
    const T* gate, const T* up, std::int64_t begin, std::int64_t end, T* out) {
#pragma omp simd
    for (std::int64_t i = begin; i < end; ++i) {
        const float g = toFloat(gate[i]);
        store(out[i], g / (1.0F + fastExp(-g)) * toFloat(up[i]));
    }
}

template <class T>
ASSAY_INLINE void backwardRange(T* gate, T* up, T* dOut, std::int64_t begin, std::int64_t end) {
#pragma omp simd
    for (std::int64_t i = begin; i < end; ++i) {
        const float g = toFloat(gate[i]);
        const float u = toFloat(up[i]);
        const float d = toFloat(dOut[i]);
        const float sigmoid = 1.0F / (1.0F + fastExp(-g));
        const float silu = g * sigmoid;
        store(dOut[i], silu * u);
        store(up[i], d * silu);
        store(gate[i], d * u * (sigmoid + silu * (1.0F - sigmoid)));
    }
}

} // namespace

namespace detail {

ASSAY_CLONES void swigluForwardF32(
    const float* gate, const float* up, std::int64_t begin, std::int64_t end, float* out) {
    forwardRange(gate, up, begin, end, out);
}
ASSAY_CLONES void swigluForwardBf16(
    const Bf16* gate, const Bf16* up, std::int64_t begin, std::int64_t end, Bf16* out) {
    forwardRange(gate, up, begin, end, out);
}
ASSAY_CLONES void swigluBackwardF32(
    float* gate, float* up, float* dOut, std::int64_t begin, std::int64_t end) {
    backwardRange(gate, up, dOut, begin, end);
}
ASSAY_CLONES void swigluBackwardBf16(
    Bf16* gate, Bf16* up, Bf16* dOut, std::int64_t begin, std::int64_t end) {
    backwardRange(gate, up, dOut, begin, end);
}

} // namespace detail

void swigluForward(const float* gate, const float* up, std::int64_t count, float* out) {
    parallelFor(0, count, grain, [&](std::int64_t begin, std::int64_t end) {
        detail::swigluForwardF32(gate, up, begin, end, out);
    });
}
void swigluForward(const Bf16* gate, const Bf16* up, std::int64_t count, Bf16* out) {
    parallelFor(0, count, grain, [&](std::int64_t begin, std::int64_t end) {
        detail::swigluForwardBf16(gate, up, begin, end, out);
    });
}
void swigluBackward(float* gate, float* up, float* dOut, std::int64_t count) {
    parallelFor(0, count, grain, [&](std::int64_t begin, std::int64_t end) {
        detail::swigluBackwardF32(gate, up, dOut, begin, end);
    });
}
void swigluBackward(Bf16* gate, Bf16* up, Bf16* dOut, std::int64_t count) {
    parallelFor(0, count, grain, [&](std::int64_t begin, std::int64_t end) {
        detail::swigluBackwardBf16(gate, up, dOut, begin, end);
    });
}

} // namespace assay::nn
