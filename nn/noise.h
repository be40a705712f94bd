#pragma once

#include <cstdint>

namespace assay::nn {

/// Noise as a pure function of (seed, index): the same for every number of threads, made again
/// instead of stored. Bits are those of splitmix64 at the index.

/// out[i] = 0 with probability `share`, else 1 / (1 - share).
void dropoutMask(std::uint64_t seed, double share, std::int64_t count, float* out);

/// values[i] += uniform noise in [-amplitude, amplitude].
template <class T>
void addUniformNoise(
    std::uint64_t seed, float amplitude, std::int64_t first, std::int64_t count, T* values);

} // namespace assay::nn
