#pragma once

#include "core/analysis/token_scores.h"
#include "core/base/progress.h"
#include "core/text/chat_template.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// What a loaded model is; goes into the record of every result.
struct ModelInfo {
    std::string path;
    std::string family; ///< config.json's model_type
    std::string hash; ///< of config and weights
    std::string tokenizerHash; ///< empty without tokenizer
    std::string templateName; ///< empty without template
    std::string templateHash;
    std::string dtype; ///< "f32" or "bf16": what is computed in
    std::string device; ///< "cpu"
    std::int64_t parameters = 0;
    std::int64_t vocabularySize = 0;
    std::int64_t layers = 0;
    std::int64_t hiddenSize = 0;
    std::int64_t maxPositions = 0;
};
Json modelInfoToJson(const ModelInfo& info);

struct ScoreOptions {
    int topK = 0;
    /// Rows of logits that exist at one time.
    int chunk = 256;
};

struct GenerateOptions {
    int maxNew = 128;
    /// 0 is greedy; then topK, topP and seed do nothing.
    double temperature = 0;
    int topK = 0; ///< 0: all
    double topP = 1; ///< 1: all
    std::uint64_t seed = 0;
    std::vector<std::string> stopStrings;
    /// Ids that end the text besides the model's own end ids; they are not part of the result.
    std::vector<TokenId> stopIds;
    /// Whether the model's end ids stop the text (off to see how it would go on).
    bool stopAtEnd = true;
    /// Scores of each generated token under the plain distribution (temperature 1, before any
    /// filter); asking for them never changes the text.
    bool capture = false;
    int captureTopK = 0;
};

enum class EndReason { EndToken, StopString, Length, Context, Cancelled };
std::string_view endReasonName(EndReason reason);

struct Generation {
    std::vector<TokenId> ids; ///< new ids; the end token is not among them
    EndReason ended = EndReason::Length;
    TokenId endId = -1; ///< which end token was chosen, or -1
    SequenceScores scores; ///< one entry an id where captured
};

/// Teacher-forced logits of one sequence, computed a chunk of positions at a time so that they
/// never exist whole. Row t holds the logits after ids[0..t].
class ForcedPass {
public:
    virtual ~ForcedPass() = default;
    virtual std::int64_t positions() const = 0;
    /// Fills `out`, [end - begin, vocabulary] row-major fp32.
    virtual Result<void> logits(std::int64_t begin, std::int64_t end, std::span<float> out) = 0;
};

/// A model that can be asked. The engine implements it; tests fake it. One thread at a time.
class ModelUnderTest {
public:
    virtual ~ModelUnderTest() = default;
    virtual const ModelInfo& info() const = 0;
    /// Null for a folder without a tokenizer.
    virtual std::shared_ptr<const Tokenizer> tokenizer() const = 0;
    /// Null where the model has no template.
    virtual std::shared_ptr<const ChatTemplate> chatTemplate() const = 0;
    /// Ids that end generation (generation_config.json, all of them).
    virtual std::vector<TokenId> endIds() const = 0;

    /// `onBlock` receives scores as they appear: first token position and the block's entries.
    using BlockFunction = std::function<void(std::int64_t, const SequenceScores&)>;
    virtual Result<SequenceScores> score(std::span<const TokenId> ids, const ScoreOptions& options,
        StopToken stop, const BlockFunction& onBlock = {})
        = 0;
    virtual Result<std::unique_ptr<ForcedPass>> forced(std::span<const TokenId> ids, StopToken stop)
        = 0;
    /// `onToken` is called after each id; with score when captured, else null, and the candidates
    /// that stood there when they were asked for.
    using TokenFunction
        = std::function<void(TokenId, const TokenScore*, std::span<const Candidate> top)>;
    virtual Result<Generation> generate(std::span<const TokenId> prompt,
        const GenerateOptions& options, StopToken stop, const TokenFunction& onToken = {})
        = 0;
};

} // namespace assay
