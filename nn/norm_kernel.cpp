#include "nn/norm.h"

#include "core/base/parallel.h"

#include <cmath>
#include <vector>

namespace assay::nn {

namespace {

constexpr std::int64_t rowsPerPiece = 64;

template <class T>
ASSAY_INLINE void forwardRows(const T* x, const T* weight, float eps, std::int64_t begin,
    std::int64_t end, std::int64_t width, T* y, float* rstd, float offset) {
    for (std::int64_t row = begin; row < end; ++row) {
        const T* in = x + row * width;
        T* out = y + row * width;
        float sum = 0;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t i = 0; i < width; ++i)
            sum += toFloat(in[i]) * toFloat(in[i]);
        const float scale = 1.0F / std::sqrt(sum / float(width) + eps);
        rstd[row] = scale;
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i)
            store(out[i], toFloat(in[i]) * scale * (offset + toFloat(weight[i])));
    }
}

template <class T>
ASSAY_INLINE void backwardRows(const T* dy, const T* x, const T* weight, const float* rstd,
    std::int64_t begin, std::int64_t end, std::int64_t width, T* dx, float* dWeight, float offset) {
    for (std::int64_t row = begin; row < end; ++row) {
        const T* g = dy + row * width;
        const T* in = x + row * width;
        T* out = dx + row * width;
        const float scale = rstd[row];
        float dot = 0; // sum of dy * weight * x
#pragma omp simd reduction(+ : dot)
        for (std::int64_t i = 0; i < width; ++i)
            dot += toFloat(g[i]) * (offset + toFloat(weight[i])) * toFloat(in[i]);
        const float back = dot * scale * scale * scale / float(width);
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i) {
            dWeight[i] += toFloat(g[i]) * toFloat(in[i]) * scale;
            store(out[i],
                toFloat(out[i]) + toFloat(g[i]) * (offset + toFloat(weight[i])) * scale
                    - toFloat(in[i]) * back);
        }
    }
}

template <class T>
ASSAY_INLINE void layerForwardRows(const T* x, const T* weight, const T* bias, float eps,
    std::int64_t begin, std::int64_t end, std::int64_t width, T* y, float* statistics) {
    for (std::int64_t row = begin; row < end; ++row) {
        const T* in = x + row * width;
        T* out = y + row * width;
        float sum = 0;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t i = 0; i < width; ++i)
            sum += toFloat(in[i]);
        const float mean = sum / float(width);
        float squares = 0; // around the mean: no cancellation
#pragma omp simd reduction(+ : squares)
        for (std::int64_t i = 0; i < width; ++i) {
            const float centred = toFloat(in[i]) - mean;
            squares += centred * centred;
        }
        const float scale = 1.0F / std::sqrt(squares / float(width) + eps);
        statistics[2 * row] = mean;
        statistics[2 * row + 1] = scale;
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i)
            store(out[i], (toFloat(in[i]) - mean) * scale * toFloat(weight[i]) + toFloat(bias[i]));
    }
}

/// With n = (x - mean) * rstd and g = dy * weight: dx = rstd * (g - mean(g) - n * mean(g * n)).
template <class T>
ASSAY_INLINE void layerBackwardRows(const T* dy, const T* x, const T* weight,
    const float* statistics, std::int64_t begin, std::int64_t end, std::int64_t width, T* dx,
    float* dWeight, float* dBias) {
    for (std::int64_t row = begin; row < end; ++row) {
        const T* slope = dy + row * width;
        const T* in = x + row * width;
        T* out = dx + row * width;
        const float mean = statistics[2 * row];
        const float scale = statistics[2 * row + 1];
        float sum = 0;
        float dot = 0;
#pragma omp simd reduction(+ : sum, dot)
        for (std::int64_t i = 0; i < width; ++i) {
            const float g = toFloat(slope[i]) * toFloat(weight[i]);
            sum += g;
            dot += g * (toFloat(in[i]) - mean) * scale;
        }
        const float meanG = sum / float(width);
        const float meanDot = dot / float(width);
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i) {
            const float d = toFloat(slope[i]);
            const float n = (toFloat(in[i]) - mean) * scale;
            dWeight[i] += d * n;
            dBias[i] += d;
            store(out[i], toFloat(out[i]) + scale * (d * toFloat(weight[i]) - meanG - n * meanDot));
        }
    }
}

} // namespace

namespace detail {

ASSAY_CLONES void normForwardF32(const float* x, const float* w, float eps, std::int64_t begin,
    std::int64_t end, std::int64_t width, float* y, float* rstd, float offset) {
    forwardRows(x, w, eps, begin, end, width, y, rstd, offset);
}
ASSAY_CLONES void normForwardBf16(const Bf16* x, const Bf16* w, float eps, std::int64_t begin,
    std::int64_t end, std::int64_t width, Bf16* y, float* rstd, float offset) {
    forwardRows(x, w, eps, begin, end, width, y, rstd, offset);
}
ASSAY_CLONES void normBackwardF32(const float* dy, const float* x, const float* w,
    const float* rstd, std::int64_t begin, std::int64_t end, std::int64_t width, float* dx,
    float* dWeight, float offset) {
    backwardRows(dy, x, w, rstd, begin, end, width, dx, dWeight, offset);
}
ASSAY_CLONES void normBackwardBf16(const Bf16* dy, const Bf16* x, const Bf16* w, const float* rstd,
    std::int64_t begin, std::int64_t end, std::int64_t width, Bf16* dx, float* dWeight,
    float offset) {
    backwardRows(dy, x, w, rstd, begin, end, width, dx, dWeight, offset);
}

ASSAY_CLONES void layerForwardF32(const float* x, const float* w, const float* b, float eps,
    std::int64_t begin, std::int64_t end, std::int64_t width, float* y, float* statistics) {
    layerForwardRows(x, w, b, eps, begin, end, width, y, statistics);
}
ASSAY_CLONES void layerForwardBf16(const Bf16* x, const Bf16* w, const Bf16* b, float eps,
    std::int64_t begin, std::int64_t end, std::int64_t width, Bf16* y, float* statistics) {
    layerForwardRows(x, w, b, eps, begin, end, width, y, statistics);
}
ASSAY_CLONES void layerBackwardF32(const float* dy, const float* x, const float* w,
    const float* statistics, std::int64_t begin, std::int64_t end, std::int64_t width, float* dx,
    float* dWeight, float* dBias) {
    layerBackwardRows(dy, x, w, statistics, begin, end, width, dx, dWeight, dBias);
}
ASSAY_CLONES void layerBackwardBf16(const Bf16* dy, const Bf16* x, const Bf16* w,
    const float* statistics, std::int64_t begin, std::int64_t end, std::int64_t width, Bf16* dx,
    float* dWeight, float* dBias) {
    layerBackwardRows(dy, x, w, statistics, begin, end, width, dx, dWeight, dBias);
}

} // namespace detail

namespace {

/// A weight's gradient is summed in pieces of fixed size and the pieces in their order, so that the
/// result is the same for any number of threads. `kernel` (begin, end, sums) fills `columns` sums
/// over rows [begin, end).
template <class Kernel>
std::vector<float> sumInPieces(std::int64_t rows, std::int64_t columns, Kernel&& kernel) {
    const std::int64_t pieces = (rows + rowsPerPiece - 1) / rowsPerPiece;
    std::vector<float> partial(std::size_t(pieces * columns), 0.0F);
    parallelFor(0, pieces, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t piece = begin; piece < end; ++piece)
            kernel(piece * rowsPerPiece, std::min(rows, (piece + 1) * rowsPerPiece),
                partial.data() + piece * columns);
    });
    return partial;
}

/// target += the pieces' sums; nothing where there is no target. `first` of `columns` sums.
void addPieces(const std::vector<float>& partial, std::int64_t columns, std::int64_t first,
    std::int64_t width, float* target) {
    if (!target)
        return;
    for (std::size_t piece = 0; piece < partial.size(); piece += std::size_t(columns))
        for (std::int64_t i = 0; i < width; ++i)
            target[i] += partial[piece + std::size_t(first + i)];
}

template <class T, class Kernel>
void backwardInPieces(const T* dy, const T* x, const T* weight, const float* rstd,
    std::int64_t rows, std::int64_t width, T* dx, float* dWeight, float offset, Kernel kernel) {
    const std::vector<float> partial
        = sumInPieces(rows, width, [&](std::int64_t begin, std::int64_t end, float* sums) {
              kernel(dy, x, weight, rstd, begin, end, width, dx, sums, offset);
          });
    addPieces(partial, width, 0, width, dWeight);
}

template <class T, class Kernel>
void layerBackwardInPieces(const T* dy, const T* x, const T* weight, const float* statistics,
    std::int64_t rows, std::int64_t width, T* dx, float* dWeight, float* dBias, Kernel kernel) {
    const std::vector<float> partial
        = sumInPieces(rows, 2 * width, [&](std::int64_t begin, std::int64_t end, float* sums) {
              kernel(dy, x, weight, statistics, begin, end, width, dx, sums, sums + width);
          });
    addPieces(partial, 2 * width, 0, width, dWeight);
    addPieces(partial, 2 * width, width, width, dBias);
}

} // namespace

void rmsNormForward(const float* x, const float* weight, float eps, std::int64_t rows,
    std::int64_t width, float* y, float* rstd, float offset) {
    parallelFor(0, rows, rowsPerPiece, [&](std::int64_t begin, std::int64_t end) {
        detail::normForwardF32(x, weight, eps, begin, end, width, y, rstd, offset);
    });
}

void rmsNormForward(const Bf16* x, const Bf16* weight, float eps, std::int64_t rows,
    std::int64_t width, Bf16* y, float* rstd, float offset) {
    parallelFor(0, rows, rowsPerPiece, [&](std::int64_t begin, std::int64_t end) {
        detail::normForwardBf16(x, weight, eps, begin, end, width, y, rstd, offset);
    });
}

void rmsNormBackward(const float* dy, const float* x, const float* weight, const float* rstd,
    std::int64_t rows, std::int64_t width, float* dx, float* dWeight, float offset) {
    backwardInPieces(
        dy, x, weight, rstd, rows, width, dx, dWeight, offset, detail::normBackwardF32);
}

void rmsNormBackward(const Bf16* dy, const Bf16* x, const Bf16* weight, const float* rstd,
    std::int64_t rows, std::int64_t width, Bf16* dx, float* dWeight, float offset) {
    backwardInPieces(
        dy, x, weight, rstd, rows, width, dx, dWeight, offset, detail::normBackwardBf16);
}

void layerNormForward(const float* x, const float* weight, const float* bias, float eps,
    std::int64_t rows, std::int64_t width, float* y, float* statistics) {
    parallelFor(0, rows, rowsPerPiece, [&](std::int64_t begin, std::int64_t end) {
        detail::layerForwardF32(x, weight, bias, eps, begin, end, width, y, statistics);
    });
}

void layerNormForward(const Bf16* x, const Bf16* weight, const Bf16* bias, float eps,
    std::int64_t rows, std::int64_t width, Bf16* y, float* statistics) {
    parallelFor(0, rows, rowsPerPiece, [&](std::int64_t begin, std::int64_t end) {
        detail::layerForwardBf16(x, weight, bias, eps, begin, end, width, y, statistics);
    });
}

void layerNormBackward(const float* dy, const float* x, const float* weight,
    const float* statistics, std::int64_t rows, std::int64_t width, float* dx, float* dWeight,
    float* dBias) {
    layerBackwardInPieces(
        dy, x, weight, statistics, rows, width, dx, dWeight, dBias, detail::layerBackwardF32);
}

void layerNormBackward(const Bf16* dy, const Bf16* x, const Bf16* weight, const float* statistics,
    std::int64_t rows, std::int64_t width, Bf16* dx, float* dWeight, float* dBias) {
    layerBackwardInPieces(
        dy, x, weight, statistics, rows, width, dx, dWeight, dBias, detail::layerBackwardBf16);
}

} // namespace assay::nn
