#include "nn/embedding.h"

#include "core/base/parallel.h"

#include <cstring>

namespace assay::nn {

namespace {

template <class T>
void forward(
    const T* table, const std::int32_t* ids, std::int64_t rows, std::int64_t width, T* out) {
    parallelFor(0, rows, 64, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = begin; row < end; ++row)
            std::memcpy(
                out + row * width, table + ids[row] * width, std::size_t(width) * sizeof(T));
    });
}

template <class T>
void backward(
    const T* dOut, const std::int32_t* ids, std::int64_t rows, std::int64_t width, float* dTable) {
    parallelFor(0, width, 64, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t row = 0; row < rows; ++row) {
            const T* from = dOut + row * width;
            float* to = dTable + ids[row] * width;
            for (std::int64_t i = begin; i < end; ++i)
                to[i] += toFloat(from[i]);
        }
    });
}

} // namespace

void embeddingForward(const float* table, const std::int32_t* ids, std::int64_t rows,
    std::int64_t width, float* out) {
    forward(table, ids, rows, width, out);
}
void embeddingForward(
    const Bf16* table, const std::int32_t* ids, std::int64_t rows, std::int64_t width, Bf16* out) {
    forward(table, ids, rows, width, out);
}
void embeddingBackward(const float* dOut, const std::int32_t* ids, std::int64_t rows,
    std::int64_t width, float* dTable) {
    backward(dOut, ids, rows, width, dTable);
}
void embeddingBackward(const Bf16* dOut, const std::int32_t* ids, std::int64_t rows,
    std::int64_t width, float* dTable) {
    backward(dOut, ids, rows, width, dTable);
}

void convert(const float* from, Bf16* to, std::int64_t count) {
    parallelFor(0, count, 1 << 15, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            store(to[i], from[i]);
    });
}
void convert(const Bf16* from, float* to, std::int64_t count) {
    parallelFor(0, count, 1 << 15, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            to[i] = toFloat(from[i]);
    });
}

} // namespace assay::nn
