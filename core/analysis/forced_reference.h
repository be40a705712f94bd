#pragma once

#include "core/analysis/model_input.h"

namespace assay {

/// A prompt followed by a reference answer, as the ids a model is made to read.
struct ForcedReference {
    PreparedInput whole; ///< prompt and reference
    std::size_t first = 0; ///< where the reference's ids begin; at least 1
    std::size_t end = 0; ///< and end
    /// Whether the ids before `first` are the prompt's own ids: what greedy generation starts from.
    bool promptKept = true;

    std::span<const TokenId> ids() const {
        return std::span(whole.ids).subspan(first, end - first);
    }
};

/// `input` is what `prompt` was prepared from. For messages the reference is the assistant's
/// answer, and the marks that close its turn are not part of it; a text it continues as it stands.
Result<ForcedReference> forceReference(const ModelUnderTest& model, const ModelInput& input,
    const PreparedInput& prompt, const std::string& reference);
ForcedReference forceReference(const ModelUnderTest& model, const PreparedInput& prompt,
    const std::vector<TokenId>& reference);

/// Byte of the whole text at which `text`, the reference or answer that was forced, begins: a space
/// that the template or the tokenizer puts in front is no byte of it.
std::int64_t forcedTextBegin(const ForcedReference& forced, const std::string& text);

} // namespace assay
