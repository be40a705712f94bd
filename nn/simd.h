#pragma once

#include <bit>
#include <cstdint>

/// Compiles a function once for each of three generations of x86-64 and chooses at load time, so
/// that one package uses AVX-512 where it exists. Only for functions with external linkage;
/// whatever they call must be ASSAY_INLINE or a clone itself. (A lambda is a function of its own
/// and is not cloned.)
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)                                \
    && !defined(__SANITIZE_ADDRESS__)
#define ASSAY_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define ASSAY_CLONES
#endif
#define ASSAY_INLINE inline __attribute__((always_inline))

namespace assay::nn {

/// bfloat16 as stored: the upper half of an IEEE single. Same layout as libtorch's BFloat16.
struct Bf16 {
    std::uint16_t bits;
};

ASSAY_INLINE float toFloat(float x) {
    return x;
}
ASSAY_INLINE float toFloat(Bf16 x) {
    return std::bit_cast<float>(std::uint32_t(x.bits) << 16);
}

ASSAY_INLINE void store(float& target, float x) {
    target = x;
}
/// Rounds to nearest, ties to even; NaN stays NaN.
ASSAY_INLINE void store(Bf16& target, float x) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(x);
    const std::uint32_t rounded = (bits + 0x7fffU + ((bits >> 16) & 1U)) >> 16;
    target.bits
        = std::uint16_t((bits & 0x7fffffffU) > 0x7f800000U ? (bits >> 16) | 0x40U : rounded);
}

/// e^x for x <= 0 or moderate x, relative error below 2e-7 over [-87, 88]; 0 below that range.
/// Range reduction by log 2 in two parts and a degree-6 polynomial (Cody and Waite's scheme).
ASSAY_INLINE float fastExp(float x) {
    const float clamped = x < -87.0F ? -87.0F : (x > 88.0F ? 88.0F : x);
    const float scaled = clamped * 1.44269504088896341F;
    // Adding and taking away 1.5 * 2^23 rounds to the nearest whole number without a library call.
    const float n = (scaled + 12582912.0F) - 12582912.0F;
    const float r = (clamped - n * 0.693359375F) + n * 2.12194440e-4F;
    float p = 1.9875691500e-4F;
    p = p * r + 1.3981999507e-3F;
    p = p * r + 8.3334519073e-3F;
    p = p * r + 4.1665795894e-2F;
    p = p * r + 1.6666665459e-1F;
    p = p * r + 5.0000001201e-1F;
    p = p * r * r + r + 1.0F;
    const float scale = std::bit_cast<float>((std::int32_t(n) + 127) << 23);
    return x < -87.0F ? 0.0F : p * scale;
}

/// tanh(x), relative error below 5e-7: Lambert's continued fraction for small x, where the formula
/// by e^2x would cancel.
ASSAY_INLINE float fastTanh(float x) {
    const float z = x * x;
    const float small = x * (945.0F + z * (105.0F + z)) / (945.0F + z * (420.0F + 15.0F * z));
    const float large = 1.0F - 2.0F / (1.0F + fastExp(2.0F * x));
    return z < 0.36F ? small : large;
}

} // namespace assay::nn
