#pragma once

#include "core/job/engine_interface.h"
#include "nn/simd.h"

#include <ATen/ATen.h>

#include <cstdint>
#include <utility>

namespace assay::nn {

inline at::ScalarType scalarType(Dtype dtype) {
    return dtype == Dtype::F32 ? at::kFloat : at::kBFloat16;
}

/// The elements of a contiguous tensor; T is float or Bf16 and must fit the tensor's type.
template <class T> T* elements(const at::Tensor& tensor) {
    return static_cast<T*>(tensor.data_ptr());
}

/// Calls `body` with a value of the tensor's element type: one place decides between fp32 and bf16.
template <class Body> void byType(const at::Tensor& tensor, Body&& body) {
    if (tensor.scalar_type() == at::kFloat)
        body(float{});
    else
        body(Bf16{});
}

/// Memory that is asked for again and again in the same or smaller size: allocated once and cut to
/// fit, because fresh pages cost more than most of what is computed in them.
class Buffer {
public:
    /// [rows, columns]; contents are not defined. Asking for the same form again costs nothing.
    const at::Tensor& get(std::int64_t rows, std::int64_t columns, at::ScalarType type) {
        if (m_view.defined() && m_view.size(0) == rows && m_view.size(1) == columns
            && m_view.scalar_type() == type)
            return m_view;
        const std::int64_t needed = rows * columns;
        m_view.reset();
        if (!m_memory.defined() || m_memory.numel() < needed || m_memory.scalar_type() != type) {
            m_memory.reset(); // given back before more is asked for
            m_memory = at::empty({needed + needed / 8}, at::TensorOptions(type));
        }
        m_view = m_memory.narrow(0, 0, needed).view({rows, columns});
        return m_view;
    }

private:
    at::Tensor m_memory;
    at::Tensor m_view;
};

/// y = x w^T; x [rows, in], w [out, in] as Hugging Face stores it, y [rows, out].
void linear(const at::Tensor& x, const at::Tensor& weight, at::Tensor y);
/// y = residual + x w^T; residual [rows, out], which may be y itself, or [out], added to each row.
void linearAdd(
    const at::Tensor& residual, const at::Tensor& x, const at::Tensor& weight, at::Tensor y);
/// dWeight (fp32) += dy^T x.
void addWeightGradient(const at::Tensor& dy, const at::Tensor& x, at::Tensor dWeight);
/// dBias (fp32) [out] += the sum of dy's rows.
void addBiasGradient(const at::Tensor& dy, at::Tensor dBias);

} // namespace assay::nn
