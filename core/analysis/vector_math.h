#pragma once

#include <cstdint>
#include <cstring>

/// Eight floats at a time, written once with the compiler's vector types: the same source becomes
/// SSE2, AVX2 or AVX-512 code. Only for *_kernel.cpp files.

/// Compiles a function for the newer instruction sets as well and chooses at load time. Not under
/// the sanitizers, whose runtime is not ready yet when the choice is made.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)                                \
    && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define ASSAY_KERNEL_CLONES                                                                        \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define ASSAY_KERNEL_CLONES
#endif
#define ASSAY_KERNEL_INLINE __attribute__((always_inline)) inline

namespace assay::kernel {

constexpr std::size_t lanes = 8;
using Floats = float __attribute__((vector_size(32)));
using Ints = std::int32_t __attribute__((vector_size(32)));
using Doubles = double __attribute__((vector_size(64)));

ASSAY_KERNEL_INLINE Floats splat(float value) {
    return Floats{value, value, value, value, value, value, value, value};
}
ASSAY_KERNEL_INLINE Floats load(const float* from) {
    Floats value;
    std::memcpy(&value, from, sizeof value);
    return value;
}
/// The first `count` lanes from memory, the others `rest`.
ASSAY_KERNEL_INLINE Floats loadPart(const float* from, std::size_t count, float rest) {
    Floats value = splat(rest);
    std::memcpy(&value, from, count * sizeof(float));
    return value;
}
ASSAY_KERNEL_INLINE Doubles widen(Floats value) {
    return __builtin_convertvector(value, Doubles);
}
ASSAY_KERNEL_INLINE double sum(Doubles v) {
    return ((v[0] + v[4]) + (v[1] + v[5])) + ((v[2] + v[6]) + (v[3] + v[7]));
}
ASSAY_KERNEL_INLINE Floats asFloats(Ints value) {
    Floats out;
    std::memcpy(&out, &value, sizeof out);
    return out;
}
ASSAY_KERNEL_INLINE Ints asInts(Floats value) {
    Ints out;
    std::memcpy(&out, &value, sizeof out);
    return out;
}

/// Below this exp() is taken as 0: 2^-126 is the smallest normal float.
constexpr float expFloor = -87.0F;

/// exp(x) for x <= 0, relative error below 2e-7 (tested); 0 below expFloor, NaN for NaN. Base-2
/// range reduction, then exp(r) = 1 + r + r^2 p(r) with p the interpolant at the Chebyshev nodes of
/// |r| <= ln(2)/2.
ASSAY_KERNEL_INLINE Floats expNonPositive(Floats x) {
    // Adding 1.5 * 2^23 leaves the nearest whole number in the low bits, without a conversion that
    // NaN or a huge value would make undefined.
    constexpr float shifter = 12582912.0F;
    const Floats clamped = x < expFloor ? splat(expFloor) : x;
    const Floats shifted = clamped * 1.44269504F + shifter;
    const Floats n = shifted - shifter;
    // ln 2 in two parts: the first has few enough bits that n times it is exact.
    const Floats r = (clamped - n * 0.693359375F) - n * -2.12194440e-4F;
    Floats p = splat(0.0013926213F);
    p = p * r + 0.008363203F;
    p = p * r + 0.041666554F;
    p = p * r + 0.16666577F;
    p = p * r + 0.5F;
    const Floats e = (p * r) * r + r + 1.0F;
    const Floats scaled = asFloats(asInts(e) + (asInts(shifted) << 23));
    const Floats zeroed = x < expFloor ? splat(0.0F) : scaled;
    return x != x ? x : zeroed;
}

/// ln(x) for normal positive x, relative error below 3e-7 (tested). x = 2^k f with f in [sqrt(1/2),
/// sqrt 2], ln f = 2 artanh((f - 1) / (f + 1)) by its series.
ASSAY_KERNEL_INLINE Floats logPositive(Floats x) {
    const Ints bits = asInts(x);
    const Ints offset = bits - 0x3f3504f3; // sqrt(1/2)
    const Ints k = offset >> 23;
    const Floats f = asFloats(bits - (k << 23));
    const Floats exponent = __builtin_convertvector(k, Floats);
    const Floats s = (f - 1.0F) / (f + 1.0F);
    const Floats s2 = s * s;
    Floats p = splat(1.0F / 9.0F);
    p = p * s2 + 1.0F / 7.0F;
    p = p * s2 + 1.0F / 5.0F;
    p = p * s2 + 1.0F / 3.0F;
    const Floats logF = 2.0F * s + 2.0F * s * s2 * p;
    return exponent * 0.693359375F + (exponent * -2.12194440e-4F + logF);
}

} // namespace assay::kernel
