#pragma once

#include "core/job/model_spec.h"
#include "core/job/train_spec.h"
#include "core/text/chat_template.h"

namespace assay {

/// What a spec reads text with. Both may be null: ready ids need no tokenizer, plain text no
/// template.
struct TrainInputs {
    std::shared_ptr<const Tokenizer> tokenizer;
    std::shared_ptr<const ChatTemplate> chatTemplate;
};

/// Where the model's tokenizer lies; empty when there is none.
std::filesystem::path tokenizerFolder(const TrainSpec& spec);

/// Loads the tokenizer and chooses the template that a run of this spec uses.
Result<TrainInputs> trainInputs(const TrainSpec& spec);

/// The model that a run of this spec trains: that of its folder, or of its shape with the
/// tokenizer's vocabulary; `largestId` is the largest token id of the data (-1 while not known).
/// Errors where the data or its longest row do not fit the model.
Result<ModelSpec> trainedModelSpec(
    const TrainSpec& spec, const TrainInputs& inputs, TokenId largestId);

} // namespace assay
