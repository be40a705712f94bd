#pragma once

#include "core/job/model_spec.h"
#include "core/models/model_files.h"

namespace assay {

/// The spec of a model's config.
Result<ModelSpec> modelSpecOf(const ModelFiles& model);

/// One line for each tensor that the spec asks for and the weights lack or hold in another shape;
/// at most 20.
std::vector<std::string> missingTensors(const ModelSpec& spec, const Weights& weights);

/// The tokenizer of a folder or of a file with a vocabulary of its own; null where there is none.
Result<std::shared_ptr<const Tokenizer>> tokenizerAt(const std::filesystem::path& path);

} // namespace assay
