#pragma once

#include "core/job/model_plan.h"
#include "model/low_rank.h"
#include "model/parameters.h"

#include <memory>

namespace assay {

/// What a gradient does to what stands in its target.
enum class Into { Replace, Add };

/// A linear map y = x W^T + b. Every map of a model is one of these and goes through these four
/// functions, so that what adds to a map (the low-rank term of an adapter) has one place: each
/// function below adds its own share where it says so.
class Linear {
public:
    Linear() = default;
    /// `plan` may name a range of rows of a parameter that several maps share.
    Linear(const LinearPlan& plan, const Parameters& parameters);

    bool exists() const { return m_weight.defined(); }
    /// Lays the term of an adapter over this map; null takes it away.
    void attach(std::shared_ptr<const LowRank> term) { m_term = std::move(term); }
    /// Whether a gradient with respect to its numbers, or its term's, is wanted.
    bool learns() const {
        return m_dWeight.defined() || m_dBias.defined() || (m_term && m_term->learns());
    }
    const LinearPlan& plan() const { return m_plan; }

    /// y = x W^T + b; x [rows, in], y [rows, out].
    void forward(const at::Tensor& x, const at::Tensor& y) const;
    /// y = residual + x W^T + b; `residual` [rows, out] may be y itself.
    void forwardAdd(const at::Tensor& residual, const at::Tensor& x, const at::Tensor& y) const;
    /// dx = dy W, or dx += dy W.
    void inputGradient(const at::Tensor& dy, const at::Tensor& dx, Into into) const;
    /// Adds to the gradients of W and b, where they have any; x is the input of the forward pass.
    void weightGradient(const at::Tensor& dy, const at::Tensor& x) const;

private:
    /// x W^T + s h B^T, before DoRA's scale and the bias.
    void product(const at::Tensor& x, const at::Tensor& y) const;
    bool isDora() const { return m_term && m_term->isDora(); }

    std::shared_ptr<const LowRank> m_term;
    LinearPlan m_plan;
    at::Tensor m_weight; ///< [out, in]
    at::Tensor m_bias; ///< [out] or undefined
    at::Tensor m_dWeight; ///< undefined where it does not learn
    at::Tensor m_dBias;
};

} // namespace assay
