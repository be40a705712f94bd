#pragma once

#include "core/text/tokenizer_config.h"

namespace assay {

/// Reads tokenizer.json. A part that is not supported is named in text.unsupported_tokenizer.
Result<std::shared_ptr<const Tokenizer>> readTokenizerJson(
    const std::filesystem::path& path, const TokenizerConfig& config);

/// Reads lines of base64 and rank (tiktoken). The file holds neither the pattern nor the special
/// tokens: `config`, config.json beside it or the vocabulary's size say whose it is.
Result<std::shared_ptr<const Tokenizer>> readTiktoken(
    const std::filesystem::path& path, const TokenizerConfig& config);
/// Whether bytes begin like such a file.
bool looksLikeTiktoken(std::string_view bytes);

/// Reads vocab.json and merges.txt (or encoder.json and vocab.bpe); the tokenizer's class in
/// `config` or config.json says which pattern they belong to.
Result<std::shared_ptr<const Tokenizer>> readVocabularyAndMerges(
    const std::filesystem::path& vocabulary, const std::filesystem::path& merges,
    const TokenizerConfig& config);

} // namespace assay
