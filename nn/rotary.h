#pragma once

#include "nn/simd.h"

#include <cstdint>
#include <vector>

namespace assay::nn {

/// Cosines and sines of rotary position embedding (Su et al., arXiv 2104.09864), [positions,
/// dimension / 2].
class RotaryTable {
public:
    RotaryTable() = default;
    /// `inverseFrequencies` [dimension / 2], after any scaling for long contexts. Angles are taken
    /// in fp32, as the reference implementation does; sines and cosines are multiplied by
    /// `magnitude`.
    RotaryTable(std::vector<float> inverseFrequencies, std::int64_t positions, float magnitude = 1);
    std::int64_t positions() const { return m_positions; }
    std::int64_t half() const { return m_half; }
    const float* cosines(std::int64_t position) const {
        return m_cosines.data() + position * m_half;
    }
    const float* sines(std::int64_t position) const { return m_sines.data() + position * m_half; }

private:
    std::int64_t m_half = 0;
    std::int64_t m_positions = 0;
    std::vector<float> m_cosines;
    std::vector<float> m_sines;
};

enum class RotaryDirection { Forward, Backward };

/// Rotates the first 2 * table.half() numbers of each head in place: pairs are (i, i + half), the
/// Hugging Face layout. `x` is [rows, heads, dimension] with `stride` elements from row to row;
/// `positions` [rows].
void rotate(float* x, std::int64_t stride, const std::int32_t* positions, const RotaryTable& table,
    std::int64_t rows, std::int64_t heads, std::int64_t dimension, RotaryDirection direction);
void rotate(Bf16* x, std::int64_t stride, const std::int32_t* positions, const RotaryTable& table,
    std::int64_t rows, std::int64_t heads, std::int64_t dimension, RotaryDirection direction);

} // namespace assay::nn
