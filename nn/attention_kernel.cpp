#include "nn/attention.h"

#include "core/base/parallel.h"
#include "nn/vector.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace assay::nn {

namespace {

constexpr std::int64_t lanes = 16; // floats in a vector
constexpr std::int64_t tile = 32; // columns of a register tile: two vectors
constexpr std::int64_t queryRows = 4; // rows of a register tile
constexpr float minusInfinity = -std::numeric_limits<float>::infinity();

ASSAY_INLINE std::int64_t padded(std::int64_t n) {
    return (n + tile - 1) / tile * tile;
}

/// Scratch of one thread; grows to the largest task it met.
std::vector<float>& scratch() {
    thread_local std::vector<float> buffer;
    return buffer;
}

/// Rows to fp32, [count, width padded], zeros behind.
template <class T>
ASSAY_INLINE void packRows(
    const T* x, std::int64_t stride, std::int64_t count, std::int64_t width, float* out) {
    const std::int64_t wide = padded(width);
    for (std::int64_t j = 0; j < count; ++j) {
        for (std::int64_t d = 0; d < width; ++d)
            out[j * wide + d] = toFloat(x[j * stride + d]);
        for (std::int64_t d = width; d < wide; ++d)
            out[j * wide + d] = 0;
    }
}

/// Rows transposed to fp32, [width, count padded], zeros behind.
template <class T>
ASSAY_INLINE void packTransposed(
    const T* x, std::int64_t stride, std::int64_t count, std::int64_t width, float* out) {
    const std::int64_t wide = padded(count);
    for (std::int64_t d = 0; d < width; ++d) {
        for (std::int64_t j = 0; j < count; ++j)
            out[d * wide + j] = toFloat(x[j * stride + d]);
        for (std::int64_t j = count; j < wide; ++j)
            out[d * wide + j] = 0;
    }
}

/// out[4, columns] = a[4, depth] * b[depth, columns]; row strides as given; columns a multiple of
/// tile.
ASSAY_INLINE void multiply4(const float* a, std::int64_t aStride, const float* b,
    std::int64_t bStride, std::int64_t depth, std::int64_t columns, float* out,
    std::int64_t outStride) {
    for (std::int64_t c = 0; c < columns; c += tile) {
        Float16x x00{}, x01{}, x10{}, x11{}, x20{}, x21{}, x30{}, x31{};
        for (std::int64_t d = 0; d < depth; ++d) {
            const Float16x b0 = loadVector(b + d * bStride + c);
            const Float16x b1 = loadVector(b + d * bStride + c + lanes);
            const float a0 = a[d];
            const float a1 = a[aStride + d];
            const float a2 = a[2 * aStride + d];
            const float a3 = a[3 * aStride + d];
            x00 += a0 * b0;
            x01 += a0 * b1;
            x10 += a1 * b0;
            x11 += a1 * b1;
            x20 += a2 * b0;
            x21 += a2 * b1;
            x30 += a3 * b0;
            x31 += a3 * b1;
        }
        storeVector(out + c, x00);
        storeVector(out + c + lanes, x01);
        storeVector(out + outStride + c, x10);
        storeVector(out + outStride + c + lanes, x11);
        storeVector(out + 2 * outStride + c, x20);
        storeVector(out + 2 * outStride + c + lanes, x21);
        storeVector(out + 3 * outStride + c, x30);
        storeVector(out + 3 * outStride + c + lanes, x31);
    }
}

/// out[rows, width] += transpose(a[4, rows]) * b[4, width]; width a multiple of tile.
ASSAY_INLINE void addOuter4(const float* a, std::int64_t aStride, const float* b,
    std::int64_t bStride, std::int64_t rows, std::int64_t width, float* out) {
    for (std::int64_t c = 0; c < width; c += lanes) {
        const Float16x b0 = loadVector(b + c);
        const Float16x b1 = loadVector(b + bStride + c);
        const Float16x b2 = loadVector(b + 2 * bStride + c);
        const Float16x b3 = loadVector(b + 3 * bStride + c);
        for (std::int64_t j = 0; j < rows; ++j) {
            float* target = out + j * width + c;
            storeVector(target,
                loadVector(target) + a[j] * b0 + a[aStride + j] * b1 + a[2 * aStride + j] * b2
                    + a[3 * aStride + j] * b3);
        }
    }
}

/// The first key that the query standing at key `position` sees.
ASSAY_INLINE std::int64_t firstVisible(const AttentionShape& shape, std::int64_t position) {
    return shape.window > 0 && position >= shape.window ? position - shape.window + 1 : 0;
}

/// softcap * tanh(s / softcap) over [begin, end).
ASSAY_INLINE void capScores(float* s, std::int64_t begin, std::int64_t end, float softcap) {
    const float inverse = 1.0F / softcap;
#pragma omp simd
    for (std::int64_t j = begin; j < end; ++j)
        s[j] = softcap * fastTanh(s[j] * inverse);
}

/// Four query rows (fewer at the end: the rest are zeros) times `factor`, [4, padded(width)].
template <class T>
ASSAY_INLINE void packQueries(const T* q, std::int64_t stride, std::int64_t count,
    std::int64_t width, float factor, float* out) {
    const std::int64_t wide = padded(width);
    std::fill(out, out + queryRows * wide, 0.0F);
    for (std::int64_t r = 0; r < count; ++r)
        for (std::int64_t d = 0; d < width; ++d)
            out[r * wide + d] = toFloat(q[r * stride + d]) * factor;
}

template <class T>
ASSAY_INLINE void forwardTask(const T* q, const T* k, const T* v, const AttentionShape& shape,
    const AttentionSegment& segment, std::int64_t kvHead, T* out, float* logSumExp, float* memory) {
    const std::int64_t dimension = shape.dimension;
    const std::int64_t qStride = shape.heads * dimension;
    const std::int64_t kStride = shape.kvHeads * dimension;
    const std::int64_t queries = segment.queryEnd - segment.queryBegin;
    const std::int64_t keys = segment.keyEnd - segment.keyBegin;
    const std::int64_t before = keys - queries; // keys that every query sees
    const std::int64_t wideKeys = padded(keys);
    const std::int64_t wide = padded(dimension);
    const std::int64_t group = shape.heads / shape.kvHeads;

    float* keysTransposed = memory; // [dimension, wideKeys]
    float* values = keysTransposed + dimension * wideKeys; // [keys, wide]
    float* scores = values + keys * wide; // [4, wideKeys]
    float* query = scores + queryRows * wideKeys; // [4, wide]
    float* answer = query + queryRows * wide; // [4, wide]
    packTransposed(k + segment.keyBegin * kStride + kvHead * dimension, kStride, keys, dimension,
        keysTransposed);
    packRows(v + segment.keyBegin * kStride + kvHead * dimension, kStride, keys, dimension, values);

    for (std::int64_t head = kvHead * group; head < (kvHead + 1) * group; ++head) {
        for (std::int64_t first = 0; first < queries; first += queryRows) {
            const std::int64_t rows = std::min(queryRows, queries - first);
            const std::int64_t seen
                = std::min(keys, before + first + rows); // by the last of these rows
            const std::int64_t row = segment.queryBegin + first;
            packQueries(
                q + row * qStride + head * dimension, qStride, rows, dimension, shape.scale, query);
            // Keys before the window of the first of these rows are not touched.
            const std::int64_t from = firstVisible(shape, before + first) / tile * tile;
            multiply4(query, wide, keysTransposed + from, wideKeys, dimension, padded(seen) - from,
                scores + from, wideKeys);
            for (std::int64_t r = 0; r < queryRows; ++r) {
                float* s = scores + r * wideKeys;
                const std::int64_t visible = r < rows ? before + first + r + 1 : from;
                const std::int64_t begin
                    = r < rows ? firstVisible(shape, before + first + r) : from;
                if (shape.softcap > 0)
                    capScores(s, begin, visible, shape.softcap);
                float highest = minusInfinity;
#pragma omp simd reduction(max : highest)
                for (std::int64_t j = begin; j < visible; ++j)
                    highest = s[j] > highest ? s[j] : highest;
                float sum = 0;
#pragma omp simd reduction(+ : sum)
                for (std::int64_t j = begin; j < visible; ++j) {
                    s[j] = fastExp(s[j] - highest);
                    sum += s[j];
                }
                const float inverse = 1.0F / sum;
                for (std::int64_t j = begin; j < visible; ++j)
                    s[j] *= inverse;
                for (std::int64_t j = from; j < begin; ++j)
                    s[j] = 0;
                for (std::int64_t j = visible; j < seen; ++j)
                    s[j] = 0;
                if (logSumExp && r < rows)
                    logSumExp[(row + r) * shape.heads + head] = highest + std::log(sum);
            }
            multiply4(scores + from, wideKeys, values + from * wide, wide, seen - from, wide,
                answer, wide);
            for (std::int64_t r = 0; r < rows; ++r)
                for (std::int64_t d = 0; d < dimension; ++d)
                    store(out[(row + r) * qStride + head * dimension + d], answer[r * wide + d]);
        }
    }
}

/// One query over a cache: reading keys and values once is all the work there is, so nothing is
/// packed.
template <class T>
ASSAY_INLINE void decodeTask(const T* q, const T* k, const T* v, const AttentionShape& shape,
    const AttentionSegment& segment, std::int64_t kvHead, T* out, float* logSumExp, float* memory) {
    const std::int64_t dimension = shape.dimension;
    const std::int64_t kStride = shape.kvHeads * dimension;
    const std::int64_t keys = segment.keyEnd - segment.keyBegin;
    const std::int64_t group = shape.heads / shape.kvHeads;
    const T* keyRows = k + segment.keyBegin * kStride + kvHead * dimension;
    const T* valueRows = v + segment.keyBegin * kStride + kvHead * dimension;
    float* scores = memory; // [keys]
    float* answer = memory + padded(keys); // [dimension]
    const std::int64_t from = firstVisible(shape, keys - 1);
    for (std::int64_t head = kvHead * group; head < (kvHead + 1) * group; ++head) {
        const std::int64_t at = segment.queryBegin * shape.heads * dimension + head * dimension;
        float highest = minusInfinity;
        for (std::int64_t j = from; j < keys; ++j) {
            float dot = 0;
#pragma omp simd reduction(+ : dot)
            for (std::int64_t d = 0; d < dimension; ++d)
                dot += toFloat(q[at + d]) * toFloat(keyRows[j * kStride + d]);
            scores[j] = dot * shape.scale;
            if (shape.softcap > 0)
                scores[j] = shape.softcap * fastTanh(scores[j] / shape.softcap);
            highest = std::max(highest, scores[j]);
        }
        float sum = 0;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t j = from; j < keys; ++j) {
            scores[j] = fastExp(scores[j] - highest);
            sum += scores[j];
        }
        std::fill(answer, answer + dimension, 0.0F);
        for (std::int64_t j = from; j < keys; ++j) {
            const float weight = scores[j];
#pragma omp simd
            for (std::int64_t d = 0; d < dimension; ++d)
                answer[d] += weight * toFloat(valueRows[j * kStride + d]);
        }
        for (std::int64_t d = 0; d < dimension; ++d)
            store(out[at + d], answer[d] / sum);
        if (logSumExp)
            logSumExp[segment.queryBegin * shape.heads + head] = highest + std::log(sum);
    }
}

template <class T>
ASSAY_INLINE void backwardTask(const T* q, const T* k, const T* v, const T* out, const T* dOut,
    const float* logSumExp, const AttentionShape& shape, const AttentionSegment& segment,
    std::int64_t kvHead, T* dq, T* dk, T* dv, float* memory) {
    const std::int64_t dimension = shape.dimension;
    const std::int64_t qStride = shape.heads * dimension;
    const std::int64_t kStride = shape.kvHeads * dimension;
    const std::int64_t queries = segment.queryEnd - segment.queryBegin;
    const std::int64_t keys = segment.keyEnd - segment.keyBegin;
    const std::int64_t before = keys - queries;
    const std::int64_t wideKeys = padded(keys);
    const std::int64_t wide = padded(dimension);
    const std::int64_t group = shape.heads / shape.kvHeads;

    float* keysTransposed = memory; // [dimension, wideKeys]
    float* valuesTransposed = keysTransposed + dimension * wideKeys; // [dimension, wideKeys]
    float* keyRows = valuesTransposed + dimension * wideKeys; // [keys, wide]
    float* dKeys = keyRows + keys * wide; // [keys, wide]
    float* dValues = dKeys + keys * wide; // [keys, wide]
    float* weights = dValues + keys * wide; // [4, wideKeys]: softmax weights
    float* dScores = weights + queryRows * wideKeys; // [4, wideKeys]
    float* query = dScores + queryRows * wideKeys; // [4, wide], times scale
    float* dAnswer = query + queryRows * wide; // [4, wide]
    float* dQuery = dAnswer + queryRows * wide; // [4, wide]
    const T* kHead = k + segment.keyBegin * kStride + kvHead * dimension;
    const T* vHead = v + segment.keyBegin * kStride + kvHead * dimension;
    packTransposed(kHead, kStride, keys, dimension, keysTransposed);
    packTransposed(vHead, kStride, keys, dimension, valuesTransposed);
    packRows(kHead, kStride, keys, dimension, keyRows);
    std::fill(dKeys, dValues + keys * wide, 0.0F);

    for (std::int64_t head = kvHead * group; head < (kvHead + 1) * group; ++head) {
        for (std::int64_t first = 0; first < queries; first += queryRows) {
            const std::int64_t rows = std::min(queryRows, queries - first);
            const std::int64_t seen = std::min(keys, before + first + rows);
            const std::int64_t row = segment.queryBegin + first;
            const std::int64_t at = row * qStride + head * dimension;
            packQueries(q + at, qStride, rows, dimension, shape.scale, query);
            packQueries(dOut + at, qStride, rows, dimension, 1.0F, dAnswer);
            const std::int64_t from = firstVisible(shape, before + first) / tile * tile;
            multiply4(query, wide, keysTransposed + from, wideKeys, dimension, padded(seen) - from,
                weights + from, wideKeys);
            multiply4(dAnswer, wide, valuesTransposed + from, wideKeys, dimension,
                padded(seen) - from, dScores + from, wideKeys);
            for (std::int64_t r = 0; r < queryRows; ++r) {
                float* p = weights + r * wideKeys;
                float* ds = dScores + r * wideKeys;
                const std::int64_t visible = r < rows ? before + first + r + 1 : from;
                const std::int64_t begin
                    = r < rows ? firstVisible(shape, before + first + r) : from;
                float dot = 0; // sum over keys of weight times its gradient = dOut . out
                float sumExp = 0;
                if (r < rows) {
                    sumExp = logSumExp[(row + r) * shape.heads + head];
                    for (std::int64_t d = 0; d < dimension; ++d)
                        dot += dAnswer[r * wide + d] * toFloat(out[at + r * qStride + d]);
                }
                if (shape.softcap > 0) {
                    capScores(p, begin, visible, shape.softcap);
                    const float inverse = 1.0F / shape.softcap;
#pragma omp simd
                    for (std::int64_t j = begin; j < visible; ++j) {
                        const float capped = p[j] * inverse;
                        p[j] = fastExp(p[j] - sumExp);
                        ds[j] = p[j] * (ds[j] - dot) * (1.0F - capped * capped);
                    }
                } else {
#pragma omp simd
                    for (std::int64_t j = begin; j < visible; ++j) {
                        p[j] = fastExp(p[j] - sumExp);
                        ds[j] = p[j] * (ds[j] - dot);
                    }
                }
                for (std::int64_t j = from; j < begin; ++j) {
                    p[j] = 0;
                    ds[j] = 0;
                }
                for (std::int64_t j = visible; j < seen; ++j) {
                    p[j] = 0;
                    ds[j] = 0;
                }
            }
            multiply4(dScores + from, wideKeys, keyRows + from * wide, wide, seen - from, wide,
                dQuery, wide);
            addOuter4(
                weights + from, wideKeys, dAnswer, wide, seen - from, wide, dValues + from * wide);
            addOuter4(
                dScores + from, wideKeys, query, wide, seen - from, wide, dKeys + from * wide);
            for (std::int64_t r = 0; r < rows; ++r)
                for (std::int64_t d = 0; d < dimension; ++d)
                    store(dq[at + r * qStride + d], dQuery[r * wide + d] * shape.scale);
        }
    }
    T* dkHead = dk + segment.keyBegin * kStride + kvHead * dimension;
    T* dvHead = dv + segment.keyBegin * kStride + kvHead * dimension;
    for (std::int64_t j = 0; j < keys; ++j) {
        for (std::int64_t d = 0; d < dimension; ++d) {
            store(dkHead[j * kStride + d], dKeys[j * wide + d]);
            store(dvHead[j * kStride + d], dValues[j * wide + d]);
        }
    }
}

} // namespace

namespace detail {

#define ASSAY_ATTENTION_CLONES(Name, T)                                                            \
    ASSAY_CLONES void attentionForward##Name(const T* q, const T* k, const T* v,                   \
        const AttentionShape& shape, const AttentionSegment& segment, std::int64_t kvHead, T* out, \
        float* logSumExp, float* memory) {                                                         \
        forwardTask(q, k, v, shape, segment, kvHead, out, logSumExp, memory);                      \
    }                                                                                              \
    ASSAY_CLONES void attentionDecode##Name(const T* q, const T* k, const T* v,                    \
        const AttentionShape& shape, const AttentionSegment& segment, std::int64_t kvHead, T* out, \
        float* logSumExp, float* memory) {                                                         \
        decodeTask(q, k, v, shape, segment, kvHead, out, logSumExp, memory);                       \
    }                                                                                              \
    ASSAY_CLONES void attentionBackward##Name(const T* q, const T* k, const T* v, const T* out,    \
        const T* dOut, const float* logSumExp, const AttentionShape& shape,                        \
        const AttentionSegment& segment, std::int64_t kvHead, T* dq, T* dk, T* dv,                 \
        float* memory) {                                                                           \
        backwardTask(q, k, v, out, dOut, logSumExp, shape, segment, kvHead, dq, dk, dv, memory);   \
    }

ASSAY_ATTENTION_CLONES(F32, float)
ASSAY_ATTENTION_CLONES(Bf16, Bf16)
#undef ASSAY_ATTENTION_CLONES

} // namespace detail

namespace {

/// Waking threads costs more than a short sequence's attention.
constexpr double smallWork = 2e5; // multiply-adds

void eachTask(std::span<const AttentionSegment> segments, const AttentionShape& shape,
    const std::function<void(std::int64_t)>& body) {
    const std::int64_t tasks = std::int64_t(segments.size()) * shape.kvHeads;
    double work = 0;
    for (const AttentionSegment& segment : segments)
        work += double(segment.queryEnd - segment.queryBegin)
            * double(segment.keyEnd - segment.keyBegin) * double(shape.heads * shape.dimension);
    if (work > smallWork) {
        parallelTasks(tasks, body);
        return;
    }
    for (std::int64_t task = 0; task < tasks; ++task)
        body(task);
}

float* scratchOf(std::int64_t floats) {
    std::vector<float>& buffer = scratch();
    if (std::int64_t(buffer.size()) < floats)
        buffer.resize(std::size_t(floats));
    return buffer.data();
}

} // namespace

template <class T>
void attentionForward(const T* q, const T* k, const T* v, const AttentionShape& shape,
    std::span<const AttentionSegment> segments, T* out, float* logSumExp) {
    eachTask(segments, shape, [&](std::int64_t task) {
        const AttentionSegment& segment = segments[std::size_t(task / shape.kvHeads)];
        const std::int64_t kvHead = task % shape.kvHeads;
        const std::int64_t keys = segment.keyEnd - segment.keyBegin;
        const std::int64_t wide = padded(shape.dimension);
        if (segment.queryEnd - segment.queryBegin == 1) {
            float* memory = scratchOf(padded(keys) + wide);
            if constexpr (std::is_same_v<T, float>)
                detail::attentionDecodeF32(q, k, v, shape, segment, kvHead, out, logSumExp, memory);
            else
                detail::attentionDecodeBf16(
                    q, k, v, shape, segment, kvHead, out, logSumExp, memory);
            return;
        }
        float* memory = scratchOf(
            (shape.dimension + queryRows) * padded(keys) + keys * wide + 2 * queryRows * wide);
        if constexpr (std::is_same_v<T, float>)
            detail::attentionForwardF32(q, k, v, shape, segment, kvHead, out, logSumExp, memory);
        else
            detail::attentionForwardBf16(q, k, v, shape, segment, kvHead, out, logSumExp, memory);
    });
}

template <class T>
void attentionBackward(const T* q, const T* k, const T* v, const T* out, const T* dOut,
    const float* logSumExp, const AttentionShape& shape, std::span<const AttentionSegment> segments,
    T* dq, T* dk, T* dv) {
    eachTask(segments, shape, [&](std::int64_t task) {
        const AttentionSegment& segment = segments[std::size_t(task / shape.kvHeads)];
        const std::int64_t kvHead = task % shape.kvHeads;
        const std::int64_t keys = segment.keyEnd - segment.keyBegin;
        const std::int64_t wide = padded(shape.dimension);
        float* memory = scratchOf(2 * (shape.dimension + queryRows) * padded(keys) + 3 * keys * wide
            + 3 * queryRows * wide);
        if constexpr (std::is_same_v<T, float>)
            detail::attentionBackwardF32(
                q, k, v, out, dOut, logSumExp, shape, segment, kvHead, dq, dk, dv, memory);
        else
            detail::attentionBackwardBf16(
                q, k, v, out, dOut, logSumExp, shape, segment, kvHead, dq, dk, dv, memory);
    });
}

template void attentionForward(const float*, const float*, const float*, const AttentionShape&,
    std::span<const AttentionSegment>, float*, float*);
template void attentionForward(const Bf16*, const Bf16*, const Bf16*, const AttentionShape&,
    std::span<const AttentionSegment>, Bf16*, float*);
template void attentionBackward(const float*, const float*, const float*, const float*,
    const float*, const float*, const AttentionShape&, std::span<const AttentionSegment>, float*,
    float*, float*);
template void attentionBackward(const Bf16*, const Bf16*, const Bf16*, const Bf16*, const Bf16*,
    const float*, const AttentionShape&, std::span<const AttentionSegment>, Bf16*, Bf16*, Bf16*);

} // namespace assay::nn
