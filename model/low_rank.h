#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <memory>

namespace assay {

/// State that all terms of an adapter share while it is trained.
struct AdapterNoise {
    std::uint64_t seed = 0; ///< of the dropout of this micro-batch
    bool on = false; ///< false outside of training steps
};

/// What an adapter adds to one map y = x W^T + b. With h = dropout(x) A^T and scale s:
///   LoRA:  y = x W^T + s h B^T + b
///   DoRA:  y = c (x W^T + s h B^T) + b,  c = m / |W + s B A| for each row
/// DoRA's lengths are held fixed in the gradients of A and B (arXiv 2402.09353, section 4.3) and
/// taken anew by Adapter::refresh. Dropout is inverted: what stays is divided by its share. A, B
/// and m are fp32 whatever the base is computed in.
class LowRank {
public:
    struct Tensors {
        at::Tensor down; ///< A [rank, in]
        at::Tensor up; ///< B [out, rank]
        at::Tensor magnitude; ///< m [out]; undefined for LoRA
        at::Tensor lengths; ///< |W + s B A| [out]; undefined for LoRA
        at::Tensor dDown, dUp, dMagnitude; ///< undefined where nothing is trained
    };
    LowRank(Tensors tensors, double scale, double dropout, std::uint64_t module,
        std::shared_ptr<const AdapterNoise> noise);

    /// The same for rows [first, first + count) of the map: one of several that share a weight.
    LowRank rows(std::int64_t first, std::int64_t count) const;

    bool learns() const { return m_tensors.dDown.defined(); }
    bool isDora() const { return m_tensors.magnitude.defined(); }
    /// DoRA's c [out], fp32.
    at::Tensor rowScale() const { return m_tensors.magnitude / m_tensors.lengths; }

    /// y += s h B^T; x [rows, in], y [rows, out].
    void add(const at::Tensor& x, const at::Tensor& y) const;
    /// dx += the gradient of that term with respect to x; dy is that of the term.
    void addInputGradient(const at::Tensor& dy, const at::Tensor& dx) const;
    /// Adds to the gradients of A and B; dy is that of the term.
    void addGradients(const at::Tensor& dy, const at::Tensor& x) const;
    /// Adds to the gradient of m; `product` = x W^T + s h B^T, dy the gradient of the map's output.
    void addMagnitudeGradient(const at::Tensor& dy, const at::Tensor& product) const;

private:
    bool drops() const { return m_noise->on && m_dropout > 0; }
    /// x in fp32, with the noise of this micro-batch.
    at::Tensor seen(const at::Tensor& x) const;
    at::Tensor mask(std::int64_t rows, std::int64_t columns) const;

    Tensors m_tensors;
    double m_scale;
    double m_dropout;
    std::uint64_t m_module; ///< so that each module drops its own
    std::shared_ptr<const AdapterNoise> m_noise;
};

} // namespace assay
