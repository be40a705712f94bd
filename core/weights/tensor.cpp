#include "core/weights/tensor.h"

#include "core/weights/blocks.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace assay {

namespace {

constexpr std::int64_t largestDimension = std::int64_t(1) << 48;

template <class T> T valueAt(const std::byte* in, std::int64_t index) {
    T value;
    std::memcpy(&value, in + index * std::int64_t(sizeof(T)), sizeof(T));
    return value;
}

/// Element `index` of a type without blocks.
float numberAt(TensorType type, const std::byte* in, std::int64_t index) {
    switch (type) {
    case TensorType::F32:
        return valueAt<float>(in, index);
    case TensorType::F16:
        return halfToFloat(valueAt<std::uint16_t>(in, index));
    case TensorType::Bf16:
        return bfloatToFloat(valueAt<std::uint16_t>(in, index));
    case TensorType::F64:
        return float(valueAt<double>(in, index));
    default:
        return 0;
    }
}

template <class Convert>
void convertAll(const std::byte* in, std::span<float> out, Convert&& convert) {
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = convert(in, std::int64_t(i));
}

/// The elements in the order of the file.
void storedFloats(const TensorView& tensor, std::span<float> out) {
    const std::byte* in = tensor.bytes.data();
    switch (tensor.type) {
    case TensorType::F32:
        if (!out.empty())
            std::memcpy(out.data(), in, out.size_bytes());
        break;
    case TensorType::F16:
        convertAll(in, out, [](const std::byte* from, std::int64_t i) {
            return halfToFloat(valueAt<std::uint16_t>(from, i));
        });
        break;
    case TensorType::Bf16:
        convertAll(in, out, [](const std::byte* from, std::int64_t i) {
            return bfloatToFloat(valueAt<std::uint16_t>(from, i));
        });
        break;
    case TensorType::F64:
        convertAll(in, out,
            [](const std::byte* from, std::int64_t i) { return float(valueAt<double>(from, i)); });
        break;
    case TensorType::Q8Groups: {
        const std::byte* scales = in + out.size();
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = float(valueAt<std::int8_t>(in, std::int64_t(i)))
                * valueAt<float>(scales, std::int64_t(i) / tensor.groupSize);
        break;
    }
    default:
        fromBlocks(tensor.type, tensor.bytes, out);
    }
}

void stridedFloats(const TensorView& tensor, std::span<float> out) {
    std::vector<std::int64_t> at(tensor.shape.size(), 0);
    for (float& value : out) {
        std::int64_t index = 0;
        for (std::size_t d = 0; d < at.size(); ++d)
            index += at[d] * tensor.strides[d];
        value = numberAt(tensor.type, tensor.bytes.data(), index);
        for (std::size_t d = at.size(); d-- > 0;) {
            if (++at[d] < tensor.shape[d])
                break;
            at[d] = 0;
        }
    }
}

void transpose(
    std::span<const float> in, std::int64_t rows, std::int64_t columns, std::span<float> out) {
    for (std::int64_t row = 0; row < rows; ++row)
        for (std::int64_t column = 0; column < columns; ++column)
            out[std::size_t(row * columns + column)] = in[std::size_t(column * rows + row)];
}

/// From pairs of rows to two halves, head by head.
void gatherHalves(const TensorView& tensor, std::span<const float> in, std::span<float> out) {
    const std::int64_t rows = tensor.shape.front();
    const std::int64_t width = std::int64_t(in.size()) / rows;
    const std::int64_t size = rows / tensor.reading.interleavedHeads;
    for (std::int64_t row = 0; row < rows; ++row) {
        const std::int64_t head = row / size;
        const std::int64_t within = row % size;
        const std::int64_t from
            = head * size + 2 * (within % (size / 2)) + (within >= size / 2 ? 1 : 0);
        std::copy_n(in.begin() + from * width, width, out.begin() + row * width);
    }
}

} // namespace

std::string_view tensorTypeName(TensorType type) {
    constexpr std::string_view names[] = {"F32", "F16", "BF16", "F64", "I64", "I32", "I16", "I8",
        "U8", "BOOL", "Q8_0", "Q4_0", "Q4_K", "Q6_K", "Q8", "other"};
    return names[std::size_t(type)];
}

std::int64_t elementSize(TensorType type) {
    constexpr std::int64_t sizes[] = {4, 2, 2, 8, 8, 4, 2, 1, 1, 1, 0, 0, 0, 0, 0, 0};
    return sizes[std::size_t(type)];
}

bool holdsNumbers(TensorType type) {
    switch (type) {
    case TensorType::F32:
    case TensorType::F16:
    case TensorType::Bf16:
    case TensorType::F64:
    case TensorType::Q8Groups:
        return true;
    default:
        return blockLayout(type).values > 0;
    }
}

std::int64_t TensorView::elements() const {
    return elementCount(shape);
}

std::int64_t elementCount(std::span<const std::int64_t> shape) {
    std::int64_t count = 1;
    for (const std::int64_t size : shape)
        if (size < 0 || size > largestDimension || __builtin_mul_overflow(count, size, &count))
            return -1;
    return count;
}

std::int64_t storedBytes(TensorType type, std::int64_t elements, std::int64_t groupSize) {
    std::int64_t bytes = 0;
    if (elements < 0)
        return -1;
    if (type == TensorType::Q8Groups) {
        if (groupSize <= 0 || elements % groupSize != 0
            || __builtin_add_overflow(elements, elements / groupSize * 4, &bytes))
            return -1;
        return bytes;
    }
    if (const BlockLayout layout = blockLayout(type); layout.values > 0) {
        if (elements % layout.values != 0
            || __builtin_mul_overflow(elements / layout.values, layout.bytes, &bytes))
            return -1;
        return bytes;
    }
    return __builtin_mul_overflow(elements, elementSize(type), &bytes) ? -1 : bytes;
}

std::string shapeText(std::span<const std::int64_t> shape) {
    std::string text;
    for (const std::int64_t size : shape)
        text += (text.empty() ? "" : ", ") + std::to_string(size);
    return "[" + text + "]";
}

bool toFloats(const TensorView& tensor, std::span<float> out) {
    if (!holdsNumbers(tensor.type))
        return false;
    const auto read = [&tensor](std::span<float> to) {
        if (tensor.strides.empty())
            storedFloats(tensor, to);
        else
            stridedFloats(tensor, to);
    };
    if (tensor.reading.transposed || tensor.reading.interleavedHeads > 0) {
        std::vector<float> stored(out.size());
        read(stored);
        if (tensor.reading.transposed)
            transpose(stored, tensor.shape[0], tensor.shape[1], out);
        else
            gatherHalves(tensor, stored, out);
    } else {
        read(out);
    }
    if (tensor.reading.added != 0)
        for (float& value : out)
            value += tensor.reading.added;
    return true;
}

float halfToFloat(std::uint16_t half) {
    const std::uint32_t sign = std::uint32_t(half & 0x8000U) << 16;
    const std::uint32_t exponent = (half >> 10) & 0x1fU;
    const std::uint32_t mantissa = half & 0x3ffU;
    if (exponent == 0x1f)
        return std::bit_cast<float>(sign | 0x7f800000U | (mantissa << 13));
    if (exponent != 0)
        return std::bit_cast<float>(sign | ((exponent + 112) << 23) | (mantissa << 13));
    const float small = float(mantissa) * 0x1.0p-24F; // subnormal
    return sign ? -small : small;
}

std::uint16_t floatToHalf(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    const auto sign = std::uint16_t((bits >> 16) & 0x8000U);
    const std::uint32_t size = bits & 0x7fffffffU;
    if (size > 0x7f800000U)
        return std::uint16_t(sign | 0x7e00U);
    if (size >= 0x477ff000U) // 65520 and above round to infinity
        return std::uint16_t(sign | 0x7c00U);
    if (size
        < 0x38800000U) // below the smallest normal: adding 0.5 leaves the rounded steps of 2^-24
        return std::uint16_t(
            sign | (std::bit_cast<std::uint32_t>(std::bit_cast<float>(size) + 0.5F) - 0x3f000000U));
    const std::uint32_t odd = (size >> 13) & 1U;
    return std::uint16_t(sign | ((size - 0x38000000U + 0xfffU + odd) >> 13));
}

float bfloatToFloat(std::uint16_t bits) {
    return std::bit_cast<float>(std::uint32_t(bits) << 16);
}

std::uint16_t floatToBfloat(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    if ((bits & 0x7fffffffU) > 0x7f800000U)
        return std::uint16_t((bits >> 16) | 0x40U);
    return std::uint16_t((bits + 0x7fffU + ((bits >> 16) & 1U)) >> 16);
}

} // namespace assay
