#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// How numbers are stored. The block types pack a scale with every block of values (see
/// core/weights/blocks.h).
enum class TensorType {
    F32,
    F16,
    Bf16,
    F64,
    I64,
    I32,
    I16,
    I8,
    U8,
    Bool,
    Q8_0,
    Q4_0,
    Q4K,
    Q6K,
    Q8Groups, ///< llama2.c version 2: all values as int8, then one float for each group
    Other, ///< no real numbers, or not supported; `typeName` says which
};

/// The usual spelling: "F32", "BF16", "Q4_K".
std::string_view tensorTypeName(TensorType type);
/// Bytes of one element; 0 for block types and Other.
std::int64_t elementSize(TensorType type);
/// Whether `toFloats` can read it.
bool holdsNumbers(TensorType type);

/// How stored values become those of a Hugging Face file, where a format keeps them otherwise.
struct TensorReading {
    /// Above 0: the rows are those of this many heads, in the order of interleaved rotary pairs
    /// (llama2.c, GGUF's llama); read, each head's even rows come first, then its odd ones.
    std::int64_t interleavedHeads = 0;
    /// The file holds the transpose of `shape` (a matrix).
    bool transposed = false;
    /// Added to every value (GGUF's gemma norms hold 1 + weight).
    float added = 0;
    bool plain() const { return interleavedHeads == 0 && !transposed && added == 0; }
};

/// A tensor inside a mapped file: no bytes are copied.
struct TensorView {
    std::string name;
    TensorType type = TensorType::Other;
    std::string typeName; ///< as spelled in the file
    std::vector<std::int64_t> shape;
    std::span<const std::byte> bytes;
    /// Elements from one index to the next of each dimension; empty where the elements follow one
    /// another, row by row. Every reachable element lies in `bytes`: readers check it.
    std::vector<std::int64_t> strides;
    std::int64_t groupSize = 0; ///< of Q8Groups
    TensorReading reading;

    std::int64_t elements() const;
    /// Whether `bytes` are the tensor as a Hugging Face file would hold it.
    bool isVerbatim() const { return strides.empty() && reading.plain(); }
};

/// Elements of a shape; -1 where a dimension is negative, above 2^48, or the product overflows.
std::int64_t elementCount(std::span<const std::int64_t> shape);
/// Bytes that `elements` of a type take, -1 where they do not fill whole blocks or overflow.
/// `groupSize` is for Q8Groups.
std::int64_t storedBytes(TensorType type, std::int64_t elements, std::int64_t groupSize = 0);

/// "[320, 64]".
std::string shapeText(std::span<const std::int64_t> shape);

/// Converts to fp32, row-major in `shape`; block types are de-quantised. `out` must have as many
/// elements. False for types that hold no real numbers.
bool toFloats(const TensorView& tensor, std::span<float> out);

float halfToFloat(std::uint16_t half);
/// Rounded to nearest, ties to even; what is too large becomes infinite.
std::uint16_t floatToHalf(float value);
float bfloatToFloat(std::uint16_t bits);
/// Rounded to nearest, ties to even; a NaN stays one.
std::uint16_t floatToBfloat(float value);

} // namespace assay
