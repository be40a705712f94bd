#include "core/base/parallel.h"
#include "nn/noise.h"
#include "nn/simd.h"

namespace assay::nn {

namespace {

constexpr std::int64_t grain = 1 << 14;

std::uint64_t mixed(std::uint64_t seed, std::int64_t index) {
    std::uint64_t z = seed + std::uint64_t(index + 1) * 0x9e37'79b9'7f4a'7c15ULL;
    z = (z ^ (z >> 30)) * 0xbf58'476d'1ce4'e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d0'49bb'1331'11ebULL;
    return z ^ (z >> 31);
}

/// Uniform in [0, 1), 24 bits.
float unit(std::uint64_t bits) {
    return float(bits >> 40) * 0x1.0p-24F;
}

} // namespace

void dropoutMask(std::uint64_t seed, double share, std::int64_t count, float* out) {
    const auto limit = float(share);
    const auto kept = float(1 / (1 - share));
    parallelFor(0, count, grain, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            out[i] = unit(mixed(seed, i)) < limit ? 0.0F : kept;
    });
}

template <class T>
void addUniformNoise(
    std::uint64_t seed, float amplitude, std::int64_t first, std::int64_t count, T* values) {
    parallelFor(0, count, grain, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            store(
                values[i], toFloat(values[i]) + amplitude * (2 * unit(mixed(seed, first + i)) - 1));
    });
}

template void addUniformNoise(std::uint64_t, float, std::int64_t, std::int64_t, float*);
template void addUniformNoise(std::uint64_t, float, std::int64_t, std::int64_t, Bf16*);

} // namespace assay::nn
