#include "nn/activation.h"

#include "core/base/parallel.h"

namespace assay::nn {

namespace {

constexpr std::int64_t grain = 1 << 14;

// Both are x * sigmoid(k(x)). SiLU: k = x. GELU's approximation x / 2 * (1 + tanh(u)) with
// u = sqrt(2 / pi) * (x + 0.044715 x^3) has k = 2 u, because (1 + tanh(u)) / 2 = sigmoid(2 u).
struct Silu {
    static ASSAY_INLINE float inner(float x) { return x; }
    static ASSAY_INLINE float innerSlope(float) { return 1.0F; }
};
struct GeluTanh {
    static constexpr float factor = 1.5957691216057308F; // 2 sqrt(2 / pi)
    static ASSAY_INLINE float inner(float x) { return factor * x * (1.0F + 0.044715F * x * x); }
    static ASSAY_INLINE float innerSlope(float x) { return factor * (1.0F + 0.134145F * x * x); }
};

template <class A, class T>
ASSAY_INLINE void gatedForwardRange(
    const T* gate, const T* up, std::int64_t begin, std::int64_t end, T* out) {
#pragma omp simd
    for (std::int64_t i = begin; i < end; ++i) {
        const float g = toFloat(gate[i]);
        store(out[i], g / (1.0F + fastExp(-A::inner(g))) * toFloat(up[i]));
    }
}

template <class A, class T>
ASSAY_INLINE void gatedBackwardRange(
    T* gate, T* up, T* dOut, std::int64_t begin, std::int64_t end) {
#pragma omp simd
    for (std::int64_t i = begin; i < end; ++i) {
        const float g = toFloat(gate[i]);
        const float u = toFloat(up[i]);
        const float d = toFloat(dOut[i]);
        const float sigmoid = 1.0F / (1.0F + fastExp(-A::inner(g)));
        const float value = g * sigmoid;
        store(dOut[i], value * u);
        store(up[i], d * value);
        store(gate[i], d * u * (sigmoid + value * (1.0F - sigmoid) * A::innerSlope(g)));
    }
}

template <class A, class T>
ASSAY_INLINE void forwardRange(const T* x, std::int64_t begin, std::int64_t end, T* out) {
#pragma omp simd
    for (std::int64_t i = begin; i < end; ++i) {
        const float v = toFloat(x[i]);
        store(out[i], v / (1.0F + fastExp(-A::inner(v))));
    }
}

template <class A, class T>
ASSAY_INLINE void backwardRange(T* x, T* dOut, std::int64_t begin, std::int64_t end) {
#pragma omp simd
    for (std::int64_t i = begin; i < end; ++i) {
        const float v = toFloat(x[i]);
        const float d = toFloat(dOut[i]);
        const float sigmoid = 1.0F / (1.0F + fastExp(-A::inner(v)));
        const float value = v * sigmoid;
        store(dOut[i], value);
        store(x[i], d * (sigmoid + value * (1.0F - sigmoid) * A::innerSlope(v)));
    }
}

} // namespace

namespace detail {

#define ASSAY_ACTIVATION_CLONES(A, T)                                                              \
    ASSAY_CLONES void gatedForward##A(                                                             \
        const T* gate, const T* up, std::int64_t begin, std::int64_t end, T* out) {                \
        gatedForwardRange<A>(gate, up, begin, end, out);                                           \
    }                                                                                              \
    ASSAY_CLONES void gatedBackward##A(                                                            \
        T* gate, T* up, T* dOut, std::int64_t begin, std::int64_t end) {                           \
        gatedBackwardRange<A>(gate, up, dOut, begin, end);                                         \
    }                                                                                              \
    ASSAY_CLONES void forward##A(const T* x, std::int64_t begin, std::int64_t end, T* out) {       \
        forwardRange<A>(x, begin, end, out);                                                       \
    }                                                                                              \
    ASSAY_CLONES void backward##A(T* x, T* dOut, std::int64_t begin, std::int64_t end) {           \
        backwardRange<A>(x, dOut, begin, end);                                                     \
    }

ASSAY_ACTIVATION_CLONES(Silu, float)
ASSAY_ACTIVATION_CLONES(Silu, Bf16)
ASSAY_ACTIVATION_CLONES(GeluTanh, float)
ASSAY_ACTIVATION_CLONES(GeluTanh, Bf16)
#undef ASSAY_ACTIVATION_CLONES

} // namespace detail

namespace {

template <class T>
void gatedForwardOf(Activation kind, const T* gate, const T* up, std::int64_t count, T* out) {
    parallelFor(0, count, grain, [&](std::int64_t begin, std::int64_t end) {
        if (kind == Activation::Silu)
            detail::gatedForwardSilu(gate, up, begin, end, out);
        else
            detail::gatedForwardGeluTanh(gate, up, begin, end, out);
    });
}

template <class T>
void gatedBackwardOf(Activation kind, T* gate, T* up, T* dOut, std::int64_t count) {
    parallelFor(0, count, grain, [&](std::int64_t begin, std::int64_t end) {
        if (kind == Activation::Silu)
            detail::gatedBackwardSilu(gate, up, dOut, begin, end);
        else
            detail::gatedBackwardGeluTanh(gate, up, dOut, begin, end);
    });
}

template <class T>
void activationForwardOf(Activation kind, const T* x, std::int64_t count, T* out) {
    parallelFor(0, count, grain, [&](std::int64_t begin, std::int64_t end) {
        if (kind == Activation::Silu)
            detail::forwardSilu(x, begin, end, out);
        else
            detail::forwardGeluTanh(x, begin, end, out);
    });
}

template <class T> void activationBackwardOf(Activation kind, T* x, T* dOut, std::int64_t count) {
    parallelFor(0, count, grain, [&](std::int64_t begin, std::int64_t end) {
        if (kind == Activation::Silu)
            detail::backwardSilu(x, dOut, begin, end);
        else
            detail::backwardGeluTanh(x, dOut, begin, end);
    });
}

} // namespace

void gatedForward(
    Activation kind, const float* gate, const float* up, std::int64_t count, float* out) {
    gatedForwardOf(kind, gate, up, count, out);
}
void gatedForward(
    Activation kind, const Bf16* gate, const Bf16* up, std::int64_t count, Bf16* out) {
    gatedForwardOf(kind, gate, up, count, out);
}
void gatedBackward(Activation kind, float* gate, float* up, float* dOut, std::int64_t count) {
    gatedBackwardOf(kind, gate, up, dOut, count);
}
void gatedBackward(Activation kind, Bf16* gate, Bf16* up, Bf16* dOut, std::int64_t count) {
    gatedBackwardOf(kind, gate, up, dOut, count);
}
void activationForward(Activation kind, const float* x, std::int64_t count, float* out) {
    activationForwardOf(kind, x, count, out);
}
void activationForward(Activation kind, const Bf16* x, std::int64_t count, Bf16* out) {
    activationForwardOf(kind, x, count, out);
}
void activationBackward(Activation kind, float* x, float* dOut, std::int64_t count) {
    activationBackwardOf(kind, x, dOut, count);
}
void activationBackward(Activation kind, Bf16* x, Bf16* dOut, std::int64_t count) {
    activationBackwardOf(kind, x, dOut, count);
}

} // namespace assay::nn
