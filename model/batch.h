#pragma once

#include "core/text/tokenizer.h"
#include "nn/attention.h"

#include <ATen/ATen.h>

#include <span>
#include <vector>

namespace assay {

/// Sequences end to end, without padding. Positions restart in each; none sees another.
struct PackedBatch {
    std::vector<std::int32_t> ids;
    std::vector<std::int32_t> positions;
    std::vector<nn::AttentionSegment> segments; ///< queries and keys are the same rows
    std::int64_t tokens() const { return std::int64_t(ids.size()); }
    void add(std::span<const TokenId> sequence);
};

/// Keys and values of what was read so far, for one sequence.
struct KeyValueCache {
    std::vector<at::Tensor> keys; ///< a layer: [capacity, kvHeads * dimension], rotated
    std::vector<at::Tensor> values; ///< a layer: [capacity, kvHeads * dimension]
    std::vector<TokenId> ids; ///< what was read
    std::int64_t length() const { return std::int64_t(ids.size()); }
    std::int64_t capacity() const { return keys.empty() ? 0 : keys.front().size(0); }
};

/// One run through the layers: the rows that all blocks work on together.
struct Pass {
    std::int64_t tokens = 0;
    at::ScalarType type = at::kFloat; ///< computed in
    std::span<const std::int32_t> positions; ///< [tokens], in their own sequences
    std::span<const nn::AttentionSegment> segments;
    /// Set when reading after earlier tokens: keys and values are those of the cache, in which the
    /// new ones stand behind `cached` others. Nothing is kept for a backward pass.
    KeyValueCache* cache = nullptr;
    std::int64_t cached = 0;
    std::int64_t layer = 0; ///< the one that computes now
};

} // namespace assay
