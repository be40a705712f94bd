#include "nn/rotary.h"

#include "core/base/parallel.h"

#include <cmath>

namespace assay::nn {

RotaryTable::RotaryTable(
    std::vector<float> inverseFrequencies, std::int64_t positions, float magnitude)
    : m_half(std::int64_t(inverseFrequencies.size()))
    , m_positions(positions)
    , m_cosines(std::size_t(positions) * inverseFrequencies.size())
    , m_sines(m_cosines.size()) {
    for (std::int64_t p = 0; p < positions; ++p) {
        for (std::int64_t i = 0; i < m_half; ++i) {
            const float angle = float(p) * inverseFrequencies[std::size_t(i)];
            m_cosines[std::size_t(p * m_half + i)] = magnitude * std::cos(angle);
            m_sines[std::size_t(p * m_half + i)] = magnitude * std::sin(angle);
        }
    }
}

namespace {

template <class T>
ASSAY_INLINE void rotateHeads(T* x, const float* cosines, const float* sines, float sign,
    std::int64_t heads, std::int64_t dimension, std::int64_t half) {
    for (std::int64_t head = 0; head < heads; ++head) {
        T* low = x + head * dimension;
        T* high = low + half;
#pragma omp simd
        for (std::int64_t i = 0; i < half; ++i) {
            const float a = toFloat(low[i]);
            const float b = toFloat(high[i]);
            const float s = sign * sines[i];
            store(low[i], a * cosines[i] - b * s);
            store(high[i], b * cosines[i] + a * s);
        }
    }
}

} // namespace

namespace detail {

ASSAY_CLONES void rotateF32(float* x, const float* cosines, const float* sines, float sign,
    std::int64_t heads, std::int64_t dimension, std::int64_t half) {
    rotateHeads(x, cosines, sines, sign, heads, dimension, half);
}
ASSAY_CLONES void rotateBf16(Bf16* x, const float* cosines, const float* sines, float sign,
    std::int64_t heads, std::int64_t dimension, std::int64_t half) {
    rotateHeads(x, cosines, sines, sign, heads, dimension, half);
}

} // namespace detail

void rotate(float* x, std::int64_t stride, const std::int32_t* positions, const RotaryTable& table,
    std::int64_t rows, std::int64_t heads, std::int64_t dimension, RotaryDirection direction) {
    const float sign = direction == RotaryDirection::Forward ? 1.0F : -1.0F;
    parallelFor(0, rows, 64, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row)
            detail::rotateF32(x + row * stride, table.cosines(positions[row]),
                table.sines(positions[row]), sign, heads, dimension, table.half());
    });
}

void rotate(Bf16* x, std::int64_t stride, const std::int32_t* positions, const RotaryTable& table,
    std::int64_t rows, std::int64_t heads, std::int64_t dimension, RotaryDirection direction) {
    const float sign = direction == RotaryDirection::Forward ? 1.0F : -1.0F;
    parallelFor(0, rows, 64, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row)
            detail::rotateBf16(x + row * stride, table.cosines(positions[row]),
                table.sines(positions[row]), sign, heads, dimension, table.half());
    });
}

} // namespace assay::nn
