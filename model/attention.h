#pragma once

#include "model/batch.h"
#include "model/linear.h"
#include "model/norm.h"
#include "model/rope.h"

namespace assay {

/// Attention with its four maps: norms of queries and keys, rotation, window and softcap as the
/// plan says.
class Attention {
public:
    /// What backward needs of forward.
    struct Saved {
        nn::Buffer rawQuery, rawKey, queryStatistics, keyStatistics; ///< where they are normed
        nn::Buffer query, key, value, mixed, logSumExp;
    };
    /// Memory that all layers share.
    struct Scratch {
        nn::Buffer dMixed, dQuery, dKey, dValue, dRawQuery, dRawKey;
    };

    /// `rope` may be null and must outlive this.
    Attention(const AttentionPlan& plan, const Parameters& parameters, Rope* rope);

    /// y = residual + attention(x), or attention(x) where `residual` is undefined; [tokens, hidden]
    /// each.
    void forward(const Pass& pass, const at::Tensor& x, const at::Tensor& residual,
        const at::Tensor& y, Saved& saved);
    /// dx = the gradient with respect to x for `dy`; those of all maps are added to theirs.
    void backward(const Pass& pass, const at::Tensor& dy, const at::Tensor& x, Saved& saved,
        Scratch& scratch, const at::Tensor& dx);

    bool normsLearn() const { return m_queryNorm.learns() || m_keyNorm.learns(); }
    std::vector<Linear*> linears() { return {&m_query, &m_key, &m_value, &m_output}; }

private:
    std::int64_t queryWidth() const { return m_plan.heads * m_plan.headDimension; }
    std::int64_t keyWidth() const { return m_plan.kvHeads * m_plan.headDimension; }
    void rotate(const Pass& pass, const at::Tensor& query, const at::Tensor& key,
        nn::RotaryDirection direction);

    AttentionPlan m_plan;
    nn::AttentionShape m_shape;
    Linear m_query, m_key, m_value, m_output;
    Norm m_queryNorm, m_keyNorm;
    Rope* m_rope;
};

} // namespace assay
