#pragma once

#include "nn/simd.h"

#include <cstdint>
#include <span>

namespace assay::nn {

/// Grouped-query attention (Ainslie et al., arXiv 2305.13245); heads is a multiple of kvHeads.
struct AttentionShape {
    std::int64_t heads = 0;
    std::int64_t kvHeads = 0;
    std::int64_t dimension = 0; ///< of one head, a multiple of 2
    float scale = 1; ///< usually 1 / sqrt(dimension)
    float softcap = 0; ///< scores become softcap * tanh(score / softcap); 0: they stay
    std::int64_t window = 0; ///< a query sees itself and window - 1 keys before it; 0: all
};

/// One sequence inside a packed batch. Queries are rows [queryBegin, queryEnd) of q and out, keys
/// and values rows [keyBegin, keyEnd) of k and v. The last query sits at the last key and sees all
/// of them; with a cache there are more keys than queries. Segments never see each other.
struct AttentionSegment {
    std::int64_t queryBegin = 0;
    std::int64_t queryEnd = 0;
    std::int64_t keyBegin = 0;
    std::int64_t keyEnd = 0;
};

/// Causal softmax attention, segment by segment, in fp32 whatever T is; no mask and no score matrix
/// ever exists whole. q and out: [rows, heads * dimension]; k and v: [rows, kvHeads * dimension].
/// `logSumExp` [query rows, heads] receives what the backward pass needs; may be null.
template <class T>
void attentionForward(const T* q, const T* k, const T* v, const AttentionShape& shape,
    std::span<const AttentionSegment> segments, T* out, float* logSumExp);

/// Gradients of all three inputs; dq, dk and dv are overwritten in the rows that segments cover.
/// Scores are recomputed from `logSumExp` (Dao et al., arXiv 2205.14135).
template <class T>
void attentionBackward(const T* q, const T* k, const T* v, const T* out, const T* dOut,
    const float* logSumExp, const AttentionShape& shape, std::span<const AttentionSegment> segments,
    T* dq, T* dk, T* dv);

} // namespace assay::nn
