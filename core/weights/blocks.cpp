#include "core/weights/blocks.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace assay {

namespace {

constexpr std::int64_t smallBlock = 32;
constexpr std::int64_t superBlock = 256;

float halfAt(const std::byte* at) {
    std::uint16_t bits = 0;
    std::memcpy(&bits, at, 2);
    return halfToFloat(bits);
}

int byteAt(const std::byte* at) {
    return std::to_integer<int>(*at);
}

int signedAt(const std::byte* at) {
    return int(static_cast<signed char>(std::to_integer<unsigned char>(*at)));
}

void block8(const std::byte* in, float* out) {
    const float d = halfAt(in);
    for (int i = 0; i < smallBlock; ++i)
        out[i] = d * float(signedAt(in + 2 + i));
}

void block4(const std::byte* in, float* out) {
    const float d = halfAt(in);
    for (int i = 0; i < smallBlock / 2; ++i) {
        const int both = byteAt(in + 2 + i);
        out[i] = d * float((both & 15) - 8);
        out[i + smallBlock / 2] = d * float((both >> 4) - 8);
    }
}

/// The 6-bit scale and minimum of sub-block j: the first four lie in the low bits of bytes 0 to 7,
/// the others are put together from bytes 8 to 11 and the high bits of the first eight.
std::pair<int, int> scaleAndMinimum(const std::byte* packed, int j) {
    if (j < 4)
        return {byteAt(packed + j) & 63, byteAt(packed + j + 4) & 63};
    const int low = byteAt(packed + j + 4);
    return {(low & 15) | ((byteAt(packed + j - 4) >> 6) << 4),
        (low >> 4) | ((byteAt(packed + j) >> 6) << 4)};
}

void block4K(const std::byte* in, float* out) {
    const float d = halfAt(in);
    const float dMin = halfAt(in + 2);
    const std::byte* packed = in + 4;
    const std::byte* values = in + 16;
    for (int pair = 0; pair < 4; ++pair) {
        for (int high = 0; high < 2; ++high) {
            const auto [scale, minimum] = scaleAndMinimum(packed, 2 * pair + high);
            const float step = d * float(scale);
            const float base = dMin * float(minimum);
            for (int i = 0; i < 32; ++i) {
                const int both = byteAt(values + 32 * pair + i);
                *out++ = step * float(high ? both >> 4 : both & 15) - base;
            }
        }
    }
}

void block6K(const std::byte* in, float* out) {
    const float d = halfAt(in + 208);
    for (int half = 0; half < 2; ++half) {
        const std::byte* low = in + 64 * half;
        const std::byte* high = in + 128 + 32 * half;
        const std::byte* scales = in + 192 + 8 * half;
        for (int quarter = 0; quarter < 4; ++quarter) {
            for (int i = 0; i < 32; ++i) {
                const int byte = byteAt(low + i + 32 * (quarter % 2));
                const int four = quarter < 2 ? byte & 15 : byte >> 4;
                const int two = (byteAt(high + i) >> (2 * quarter)) & 3;
                out[128 * half + 32 * quarter + i] = d
                    * float(signedAt(scales + 2 * quarter + i / 16))
                    * float((four | two << 4) - 32);
            }
        }
    }
}

} // namespace

BlockLayout blockLayout(TensorType type) {
    switch (type) {
    case TensorType::Q8_0:
        return {smallBlock, 34};
    case TensorType::Q4_0:
        return {smallBlock, 18};
    case TensorType::Q4K:
        return {superBlock, 144};
    case TensorType::Q6K:
        return {superBlock, 210};
    default:
        return {};
    }
}

void fromBlocks(TensorType type, std::span<const std::byte> in, std::span<float> out) {
    const BlockLayout layout = blockLayout(type);
    const std::int64_t blocks = std::int64_t(out.size()) / layout.values;
    for (std::int64_t i = 0; i < blocks; ++i) {
        const std::byte* from = in.data() + i * layout.bytes;
        float* to = out.data() + i * layout.values;
        if (type == TensorType::Q8_0)
            block8(from, to);
        else if (type == TensorType::Q4_0)
            block4(from, to);
        else if (type == TensorType::Q4K)
            block4K(from, to);
        else
            block6K(from, to);
    }
}

void appendQ8_0(std::span<const float> values, std::string& out) {
    for (std::size_t begin = 0; begin + smallBlock <= values.size(); begin += smallBlock) {
        const auto block = values.subspan(begin, smallBlock);
        float largest = 0;
        for (const float value : block)
            largest = std::max(largest, std::abs(value));
        const float d = largest / 127;
        const float inverse = d > 0 ? 1 / d : 0;
        const std::uint16_t half = floatToHalf(d);
        out.append(reinterpret_cast<const char*>(&half), 2);
        for (const float value : block)
            out += char(std::lround(std::clamp(value * inverse, -127.0F, 127.0F)));
    }
}

} // namespace assay
