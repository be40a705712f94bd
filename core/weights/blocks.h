#pragma once

#include "core/weights/tensor.h"

namespace assay {

/// ggml's blocks (github ggml-org/llama.cpp, ggml/src/ggml-common.h). Halves are IEEE, little
/// endian.
///   Q8_0: 32 values, half d, 32 int8:           d * q
///   Q4_0: 32 values, half d, 16 bytes:          d * (q - 8); low nibbles are the first 16 values
///   Q4_K: 256 values, half d, half dmin, 12 bytes of eight 6-bit scales and minima, 128 bytes:
///         d * scale * q - dmin * min, each 64 values: low nibbles first
///   Q6_K: 256 values, 128 bytes of low nibbles, 64 of high pairs, 16 int8 scales, half d:
///         d * scale * (q - 32)
struct BlockLayout {
    std::int64_t values = 0;
    std::int64_t bytes = 0;
};
/// Zeros for types without blocks.
BlockLayout blockLayout(TensorType type);

/// `in` holds whole blocks, `out` their values.
void fromBlocks(TensorType type, std::span<const std::byte> in, std::span<float> out);
/// Q8_0 as ggml's reference makes it: d = largest / 127, values rounded half away from zero.
/// `values` fill whole blocks; appended.
void appendQ8_0(std::span<const float> values, std::string& out);

} // namespace assay
