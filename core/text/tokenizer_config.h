#pragma once

#include "core/text/tokenizer.h"

#include <optional>

namespace assay {

/// A token that tokenizer_config.json (added_tokens_decoder) or added_tokens.json puts beside the
/// vocabulary.
struct AddedToken {
    TokenId id = -1;
    std::string content;
    /// A control token: never recognised in data. The others are text and are recognised wherever
    /// they stand.
    bool special = true;
    bool stripLeft = false;
    bool stripRight = false;
    bool singleWord = false;
    bool normalised = false;
};

/// What of tokenizer_config.json decides about ids.
struct TokenizerConfig {
    std::optional<bool> addBosToken;
    /// Whether text behind a control token is tokenized like the start of a text (with the space in
    /// front that sentencepiece adds). Missing means yes, as in transformers.
    bool legacy = true;
    std::optional<std::string> bosToken;
    std::optional<std::string> eosToken;
    std::optional<std::string> unknownToken;
    std::optional<std::string> padToken;
    std::vector<AddedToken> addedTokens; ///< ascending ids
    /// For example "Qwen2Tokenizer"; empty where it is not said.
    std::string tokenizerClass;
};

/// Reads tokenizer_config.json and added_tokens.json of a model folder; defaults where they are
/// absent.
Result<TokenizerConfig> readTokenizerConfig(const std::filesystem::path& folder);

} // namespace assay
