#pragma once

#include "nn/simd.h"

#include <cstdint>

namespace assay::nn {

/// out[row] = table[ids[row]]; `width` elements a row.
void embeddingForward(
    const float* table, const std::int32_t* ids, std::int64_t rows, std::int64_t width, float* out);
void embeddingForward(
    const Bf16* table, const std::int32_t* ids, std::int64_t rows, std::int64_t width, Bf16* out);

/// dTable[ids[row]] += dOut[row], in row order whatever the number of threads (they share the
/// columns).
void embeddingBackward(const float* dOut, const std::int32_t* ids, std::int64_t rows,
    std::int64_t width, float* dTable);
void embeddingBackward(const Bf16* dOut, const std::int32_t* ids, std::int64_t rows,
    std::int64_t width, float* dTable);

/// Element-wise conversions between stored and computed numbers.
void convert(const float* from, Bf16* to, std::int64_t count);
void convert(const Bf16* from, float* to, std::int64_t count);

} // namespace assay::nn
