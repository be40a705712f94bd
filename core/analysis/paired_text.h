#pragma once

#include "core/analysis/compare.h"
#include "core/analysis/forced_reference.h"
#include "core/analysis/onset.h"

#include <functional>
#include <optional>
#include <string>

namespace assay {

/// One given text under two models: what `analysis.compare_text` is asked.
struct PairedTextRequest {
    /// What stands before the answer; resolved as `analysis.compare` does.
    ModelInput prompt;
    bool raw = false;
    /// The text that both models are made to read.
    std::string answer;
    /// The answer's very ids, used in place of its text where the models share their vocabulary: a
    /// generated answer need not come back from its text as the same ids.
    std::optional<std::vector<TokenId>> answerIds;
    /// A right answer, for rule R0.
    std::optional<std::string> reference;
    /// Alternatives of each model at each token.
    int topK = 0;
    /// A text longer than a model's context is compared as far as both can read it, in place of an
    /// error.
    bool truncate = false;
};
/// Reads `prompt`, `messages` or `ids`; `answer`, `answer_ids`?, `reference`?, `template`?, `raw`?,
/// `top`?, `truncate`?.
PairedTextRequest readPairedTextRequest(JsonReader& params);

struct PairedText {
    /// Whether both read the same ids. Otherwise they read the same text, and only sums over groups
    /// of tokens that cover the same bytes can be compared.
    bool shared = true;
    ForcedReference base;
    ForcedReference tuned; ///< equal to `base` where shared
    SequenceScores baseScores;
    SequenceScores tunedScores;
    /// One a token behind the first; empty where not shared.
    std::vector<RowDistance> distances;
    std::int64_t commonVocabulary = 0;
    float largestBaseDropped = 0;
    float largestTunedDropped = 0;
    /// Bytes at the end of the text that a model's context had no room for.
    std::int64_t cutBytes = 0;
};

/// Both models on prompt and answer. Errors: those of `prepareInput`; "analysis.text_differs" where
/// different tokenizers are given ids or render the prompt differently.
Result<PairedText> pairText(ModelUnderTest& base, ModelUnderTest& tuned,
    const PairedTextRequest& request, const StopToken& stop);

/// What is compared as one: a token where the ids are shared, else the tokens of both that cover
/// the same bytes.
struct PairedGroup {
    std::size_t baseBegin = 0, baseEnd = 0; ///< tokens of the whole sequence
    std::size_t tunedBegin = 0, tunedEnd = 0;
    double baseLogprob = 0; ///< summed over the tokens
    double tunedLogprob = 0;
    /// Largest rank among the tokens: 1 where greedy decoding follows the text.
    std::int32_t baseRank = 1;
    std::int32_t tunedRank = 1;
    /// Shared: the most probable tokens differ. Else: one model's greedy choice follows the text
    /// and the other's does not (where both leave it, nothing is said).
    bool otherChoice = false;
    double delta() const { return tunedLogprob - baseLogprob; }
};
/// The groups of the answer.
std::vector<PairedGroup> answerGroups(const PairedText& text);

/// Mean numbers over the answer.
struct PairedSummary {
    std::size_t groups = 0; ///< tokens where shared
    double baseLogprob = 0;
    double tunedLogprob = 0;
    /// Absent where the vocabularies differ.
    std::optional<double> meanKlTunedBase, meanKlBaseTuned, meanJs, largestJs;
    /// Group with the largest JS, else with the largest |delta|.
    std::optional<std::size_t> largest;
    std::size_t otherChoice = 0;
    /// First group with another choice: where the free runs part when the answer is one model's own
    /// greedy answer.
    std::optional<std::size_t> divergence;
    /// URIAL bands by the base model's rank: a share of shifted tokens compares with published ones
    /// only when the tuned model chose the answer.
    std::size_t unshifted = 0, marginal = 0, shifted = 0;
};
PairedSummary summarisePair(const PairedText& text);
Json pairedSummaryJson(const PairedSummary& summary);

/// The answer to `analysis.compare_text` (docs/protocol.md) without the arrays, which `onBlock`
/// receives in blocks of at most 256 tokens.
using PairedBlockFunction = std::function<void(Json)>;
Json pairedTextJson(const ModelUnderTest& base, const ModelUnderTest& tuned,
    const PairedTextRequest& request, const PairedText& text, const PairedBlockFunction& onBlock);

} // namespace assay
