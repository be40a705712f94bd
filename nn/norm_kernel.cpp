#include "nn/norm.h"

#include "core/base/parallel.h"

#include <cmath>
#include <vector>

namespace assay::nn {

namespace {

constexpr std::int64_t rowsPerPiece = 64;

template <class T>
ASSAY_INLINE void forwardRows(const T* x, const T* weight, float eps, std::int64_t begin,
    std::int64_t end, std::int64_t width, T* y, float* rstd) {
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
            store(out[i], toFloat(in[i]) * scale * toFloat(weight[i]));
    }
}

template <class T>
ASSAY_INLINE void backwardRows(const T* dy, const T* x, const T* weight, const float* rstd,
    std::int64_t begin, std::int64_t end, std::int64_t width, T* dx, float* dWeight) {
    for (std::int64_t row = begin; row < end; ++row) {
        const T* g = dy + row * width;
        const T* in = x + row * width;
        T* out = dx + row * width;
        const float scale = rstd[row];
        float dot = 0; // sum of dy * weight * x
#pragma omp simd reduction(+ : dot)
        for (std::int64_t i = 0; i < width; ++i)
            dot += toFloat(g[i]) * toFloat(weight[i]) * toFloat(in[i]);
        const float back = dot * scale * scale * scale / float(width);
#pragma omp simd
        for (std::int64_t i = 0; i < width; ++i) {
            dWeight[i] += toFloat(g[i]) * toFloat(in[i]) * scale;
            store(out[i],
                toFloat(out[i]) + toFloat(g[i]) * toFloat(weight[i]) * scale
                    - toFloat(in[i]) * back);
        }
    }
}

} // namespace

namespace detail {

ASSAY_CLONES void normForwardF32(const float* x, const float* w, float eps, std::int64_t begin,
    std::int64_t end, std::int64_t width, float* y, float* rstd) {
    forwardRows(x, w, eps, begin, end, width, y, rstd);
}
ASSAY_CLONES void normForwardBf16(const Bf16* x, const Bf16* w, float eps, std::int64_t begin,
    std::int64_t end, std::int64_t width, Bf16* y, float* rstd) {
    forwardRows(x, w, eps, begin, end, width, y, rstd);
}
ASSAY_CLONES void normBackwardF32(const float* dy, const float* x, const float* w,
    const float* rstd, std::int64_t begin, std::int64_t end, std::int64_t width, float* dx,
    float* dWeight) {
    backwardRows(dy, x, w, rstd, begin, end, width, dx, dWeight);
}
ASSAY_CLONES void normBackwardBf16(const Bf16* dy, const Bf16* x, const Bf16* w, const float* rstd,
    std::int64_t begin, std::int64_t end, std::int64_t width, Bf16* dx, float* dWeight) {
    backwardRows(dy, x, w, rstd, begin, end, width, dx, dWeight);
}

} // namespace detail

namespace {

/// The weight's gradient is summed in pieces of fixed size and the pieces in their order, so that
/// the result is the same for any number of threads.
template <class T, class Kernel>
void backwardInPieces(const T* dy, const T* x, const T* weight, const float* rstd,
    std::int64_t rows, std::int64_t width, T* dx, float* dWeight, Kernel kernel) {
    const std::int64_t pieces = (rows + rowsPerPiece - 1) / rowsPerPiece;
    std::vector<float> partial(std::size_t(pieces * width), 0.0F);
    parallelFor(0, pieces, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t piece = begin; piece < end; ++piece)
            kernel(dy, x, weight, rstd, piece * rowsPerPiece,
                std::min(rows, (piece + 1) * rowsPerPiece), width, dx,
                partial.data() + piece * width);
    });
    for (std::int64_t piece = 0; piece < pieces; ++piece)
        for (std::int64_t i = 0; i < width; ++i)
            dWeight[i] += partial[std::size_t(piece * width + i)];
}

} // namespace

void rmsNormForward(const float* x, const float* weight, float eps, std::int64_t rows,
    std::int64_t width, float* y, float* rstd) {
    parallelFor(0, rows, rowsPerPiece, [&](std::int64_t begin, std::int64_t end) {
        detail::normForwardF32(x, weight, eps, begin, end, width, y, rstd);
    });
}

void rmsNormForward(const Bf16* x, const Bf16* weight, float eps, std::int64_t rows,
    std::int64_t width, Bf16* y, float* rstd) {
    parallelFor(0, rows, rowsPerPiece, [&](std::int64_t begin, std::int64_t end) {
        detail::normForwardBf16(x, weight, eps, begin, end, width, y, rstd);
    });
}

void rmsNormBackward(const float* dy, const float* x, const float* weight, const float* rstd,
    std::int64_t rows, std::int64_t width, float* dx, float* dWeight) {
    backwardInPieces(dy, x, weight, rstd, rows, width, dx, dWeight, detail::normBackwardF32);
}

void rmsNormBackward(const Bf16* dy, const Bf16* x, const Bf16* weight, const float* rstd,
    std::int64_t rows, std::int64_t width, Bf16* dx, float* dWeight) {
    backwardInPieces(dy, x, weight, rstd, rows, width, dx, dWeight, detail::normBackwardBf16);
}

} // namespace assay::nn
