#pragma once

#include "core/analysis/model_under_test.h"

namespace assay {

/// Everything about the options that no model could do: negative temperature, top-p outside (0, 1],
/// ..
std::vector<Error> samplingProblems(const GenerateOptions& options);

/// A number of alternatives that the vocabulary cannot give is an error, never a shorter list.
Result<void> checkTopK(const ModelUnderTest& model, int topK);

} // namespace assay
