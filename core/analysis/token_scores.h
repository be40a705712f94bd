#pragma once

#include "core/text/tokenizer.h"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace assay {

struct Candidate {
    TokenId id = -1;
    float logprob = 0; ///< nats
    bool operator==(const Candidate&) const = default;
};

/// What one row of logits says about the token that came next. Natural logs throughout; definitions
/// in docs/analysis.md.
struct TokenScore {
    float logprob = 0; ///< log p of the actual token
    std::int32_t rank = 0; ///< 1 + number of strictly larger logits
    float entropy = 0; ///< H = -sum p log p
    float varentropy = 0; ///< sum p (log p)^2 - H^2
    float margin = 0; ///< logit of the token minus the best other logit
    TokenId argmax = -1;
    float argmaxLogprob = 0;
};

/// Scores of ids[1..n-1]; entry t belongs to ids[t + 1] and is predicted from ids[0..t].
struct SequenceScores {
    std::vector<TokenScore> tokens;
    /// The most probable tokens, best first, `topK` a position, concatenated; empty when not asked
    /// for.
    std::vector<Candidate> top;
    int topK = 0;
};

/// Reduces one row of logits (any fp32 values, not normalised) in fp32 with fp64 sums. `next` may
/// be -1 when no token follows: then logprob, rank and margin are those of the argmax. `top`
/// receives the top.size() most probable candidates, ties by smaller id.
TokenScore scoreLogits(std::span<const float> logits, TokenId next, std::span<Candidate> top);

} // namespace assay
