#pragma once

#include "core/base/json.h"

#include <optional>
#include <string>
#include <string_view>

namespace assay {

/// What tokenizer.ggml.pre stands for, in the terms of tokenizer.json (github ggml-org/llama.cpp,
/// src/llama-vocab.cpp and convert_hf_to_gguf.py).
struct GgufPreTokenizer {
    Json preTokenizer;
    Json normaliser;
    bool wholeWordsFirst = false; ///< "ignore_merges"
    bool addsBos = false; ///< unless the file says so
};

/// Empty where the name is not known.
std::optional<GgufPreTokenizer> preTokenizerNamed(std::string_view name);
/// The name for a tokenizer.json's "pre_tokenizer"; empty where llama.cpp has none that we know.
std::optional<std::string> preTokenizerName(const Json& preTokenizer);

} // namespace assay
