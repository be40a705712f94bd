#pragma once

#include "core/analysis/model_input.h"

#include <optional>
#include <string>

namespace assay {

/// What `assay-cli compare` and `analysis.compare` are asked.
struct CompareRequest {
    /// A text is continued as it stands unless a template is named or the tuned model has one; then
    /// it is the user's message. Ids serve models without tokenizer.
    ModelInput prompt;
    /// Continue the text as it stands even where the tuned model has a template.
    bool raw = false;
    std::optional<std::string> reference;
    std::optional<std::vector<TokenId>> referenceIds; ///< goes with a prompt of ids
    int maxNew = 64;
};

/// Reads `prompt`, `messages` or `ids`; `reference` or `reference_ids`; `template`, `raw`,
/// `max_new`.
CompareRequest readCompareRequest(JsonReader& params);

/// The prompt as both models get it: a text becomes the user's message where a template is named
/// or the tuned model has one, unless `raw`; messages are rendered through that template for both,
/// also where the base model has another or none.
ModelInput resolvedPrompt(const ModelInput& prompt, bool raw, const ModelUnderTest& tuned);

/// Both greedy continuations, where they part, every token under both models, and where each model
/// departs from the reference. The keys are described in docs/protocol.md.
Result<Json> compareReport(
    ModelUnderTest& base, ModelUnderTest& tuned, const CompareRequest& request, StopToken stop);

/// The same for people: a table of the tokens with a few lines around it.
std::string compareTable(const Json& report);

} // namespace assay
