#pragma once

#include "core/analysis/compare_kernel.h"
#include "core/analysis/model_under_test.h"

#include <optional>
#include <string_view>
#include <vector>

namespace assay {

using kernel::RowDistance;

/// One token under two models that read the same ids before it.
struct ComparedToken {
    TokenScore base; ///< over the model's own whole vocabulary
    TokenScore tuned;
    /// Between the two distributions over the ids both own, renormalised.
    RowDistance distance;
    /// Probability of the ids that the other model does not own.
    float baseDropped = 0;
    float tunedDropped = 0;

    float delta() const { return tuned.logprob - base.logprob; }
    /// Ranks that the tuning moved the token up (negative: down).
    std::int32_t rankShift() const { return base.rank - tuned.rank; }
};

/// Entry t of `tokens` belongs to ids[t + 1].
struct Comparison {
    std::vector<ComparedToken> tokens;
    std::int64_t commonVocabulary = 0;
    /// The most probable tokens of each model, best first, `topK` a position, concatenated.
    std::vector<Candidate> baseTop;
    std::vector<Candidate> tunedTop;
    int topK = 0;
};

struct CompareOptions {
    /// Rows of logits of one model that exist at one time; 0 chooses from the vocabulary (about 64
    /// MB).
    std::int64_t chunk = 0;
    /// Alternatives to keep of each model at each position.
    int topK = 0;
};

/// Whether ids mean the same to both models: equal tokenizers, or none on both sides.
bool sharesVocabulary(const ModelUnderTest& base, const ModelUnderTest& tuned);
/// Ids that both own: the smaller vocabulary, without the padding rows above the tokenizer's size.
std::int64_t commonVocabulary(const ModelUnderTest& base, const ModelUnderTest& tuned);

/// Scores the same ids under both models, chunk by chunk. The models must share their vocabulary.
Result<Comparison> compareOnIds(ModelUnderTest& base, ModelUnderTest& tuned,
    std::span<const TokenId> ids, const CompareOptions& options, const StopToken& stop);
/// One row of each, for tests and for `compareOnIds`. The last two receive as many candidates as
/// they have room for.
ComparedToken compareRows(std::span<const float> base, std::span<const float> tuned,
    std::int64_t commonVocabulary, TokenId next, std::span<Candidate> baseTop = {},
    std::span<Candidate> tunedTop = {});

/// How far tuning moved a token that the tuned model chose (URIAL, arXiv 2312.01552): its rank
/// under base is 1 (unshifted), 2 or 3 (marginal), or larger (shifted).
std::string_view urialBand(std::int32_t rankUnderBase);

/// Where two free runs part.
struct Divergence {
    /// First differing byte of the continuations; -1 where there is no text and ids were compared.
    std::int64_t byte = -1;
    /// The token that covers it on each side; the number of tokens where a side has ended.
    std::size_t baseToken = 0;
    std::size_t tunedToken = 0;
};
std::optional<Divergence> firstDivergence(std::string_view base,
    std::span<const ByteRange> baseRanges, std::string_view tuned,
    std::span<const ByteRange> tunedRanges);
std::optional<Divergence> firstDivergence(
    std::span<const TokenId> base, std::span<const TokenId> tuned);

} // namespace assay
