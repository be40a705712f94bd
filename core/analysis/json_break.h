#pragma once

#include "core/analysis/forced_reference.h"
#include "core/analysis/json_acceptor.h"

#include <optional>
#include <string>
#include <vector>

namespace assay {

enum class JsonOutcome {
    Valid,
    NoJson, ///< nothing in the answer begins a document
    Dead, ///< no completion is JSON from `byte` on
    SchemaDead, ///< JSON so far, but no completion fits the schema
    OpenEnd, ///< ended before the document was closed
    TrailingText, ///< a whole document, and then something else
};
std::string_view jsonOutcomeName(JsonOutcome outcome);

/// Where an answer that should be JSON breaks. Bytes count from the answer's beginning.
struct JsonBreak {
    JsonOutcome outcome = JsonOutcome::Valid;
    /// First byte that cannot be right; the answer's length for an open end.
    std::int64_t byte = -1;
    std::string reason; ///< "a colon was expected", "enum"
    std::string pointer; ///< of the value that was being read
    ByteRange body; ///< the document, without prose and fence
    bool leadingText = false; ///< words before the document
    bool fence = false; ///< a code fence around it
    bool trailingText = false; ///< also where it died before
    std::vector<std::string> duplicateKeys; ///< JSON pointers; no error by themselves
};

/// The document begins at the first { or [ outside white space, or, in an answer without one, at
/// the first byte that is no white space. Words before it are told, not judged.
JsonBreak findJsonBreak(std::string_view answer, std::shared_ptr<const JsonSchema> schema = {});

/// What a model makes of the place.
struct JsonBreakScores {
    std::size_t token = 0; ///< of the answer, from 0: the one that has the dead byte
    std::int64_t tokenByte = 0; ///< where it begins in the answer
    TokenId said = -1; ///< -1 behind the answer's end
    float saidLogprob = 0;
    /// Mass of the tokens whose bytes keep the document viable there; of the end tokens where it is
    /// complete. High: an accident of sampling. Low: a wrong format was learned.
    double valid = 0;
    double end = 0; ///< mass of the end tokens
    TokenId best = -1; ///< most probable valid token
    std::int32_t bestRank = 0;
    float bestLogprob = 0;
    float gap = 0; ///< best logit of all minus its logit
    /// The most probable valid token that is not white space alone, which would lead nowhere.
    TokenId next = -1;
};

/// Mass of the valid tokens of a row of logits, given the document so far. `lead` are bytes before
/// the document that the token has to begin with (a fence's line break).
JsonBreakScores validMass(std::span<const float> logits, const Tokenizer& tokenizer,
    const JsonAcceptor& before, std::span<const TokenId> endIds, std::string_view lead = {});

struct JsonRepair {
    std::string snippet; ///< what was fed at the break
    std::string text; ///< the answer up to there, the snippet, and how the model went on
    JsonBreak after;
    int repairs = 0; ///< snippets fed until it was valid, or until none was left to try
};

/// One answer with what was asked.
struct JsonBreakQuestion {
    ModelInput input;
    std::string answer;
};
struct JsonBreakOptions {
    std::shared_ptr<const JsonSchema> schema;
    /// Fed at the break; empty: the best valid token, at each break anew, at most `mostRepairs`.
    std::string snippet;
    int mostRepairs = 3;
    int maxNew = 256;
};
struct JsonBreakReport {
    JsonBreakScores scores;
    std::optional<JsonRepair> repair; ///< none where no token is valid
};
/// Scores the place of `found` under the model, feeds the snippet and lets it continue greedily.
/// Does nothing for a valid answer (no report). Errors: those of `prepareInput`.
Result<std::optional<JsonBreakReport>> askAboutBreak(ModelUnderTest& model,
    const JsonBreakQuestion& question, const JsonBreak& found, const JsonBreakOptions& options,
    StopToken stop);

Json jsonBreakToJson(const JsonBreak& found);
Json jsonBreakReportToJson(const JsonBreakReport& report, const Tokenizer& tokenizer);

} // namespace assay
