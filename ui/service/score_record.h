#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace assay {

/// The answer to text.score with the blocks that were streamed before it, as arrays over the
/// tokens.
struct ScoreRecord {
    struct Token {
        int id = -1;
        std::string piece; ///< display form; empty without a tokenizer
        std::string bytes; ///< its part of `text`; empty for control tokens and without a tokenizer
        bool scored = false;
        double logprob = 0;
        int rank = 0;
        double entropy = 0;
        double varentropy = 0;
        double margin = 0;
        std::vector<std::pair<int, double>> top; ///< id, logprob
        int message = -1;
        bool answer = false;
        bool control = false;
        /// Part of the template's frame: a control token, the name of a role, what stands between
        /// turns.
        bool frame = false;
    };
    std::string text;
    std::vector<Token> tokens;
    /// The first so many tokens were read; the rest lies beyond the model's context.
    std::size_t scored = 0;
    bool hasText = false; ///< whether the model has a tokenizer
    std::vector<std::string> stop; ///< spellings that end an answer under the template used
    Json provenance;

    std::vector<int> ids() const;
};

/// Bytes written as two hexadecimal digits each; empty where something else stands there.
std::string bytesFromHex(const std::string& hex);

/// The params of a text.generate.token with its scores.
ScoreRecord::Token generatedToken(const Json& params);

/// Collects the blocks of one request as they arrive, in any order.
class ScoreCollector {
public:
    /// The params of one text.score.block; an error when the arrays do not fit together.
    Result<void> addBlock(const Json& block);
    /// The params of one text.score.tokens.
    Result<void> addTokens(const Json& tokens);
    /// Tokens received so far.
    std::int64_t received() const { return std::int64_t(m_scores.size()); }
    Result<ScoreRecord> finish(const Json& result);

private:
    std::vector<ScoreRecord::Token> m_scores;
    Json m_fields; ///< ids, pieces, byte_offsets, bytes_hex as they came in parts
};

} // namespace assay
