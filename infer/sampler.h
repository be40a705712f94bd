#pragma once

#include "core/analysis/model_under_test.h"
#include "core/base/rng.h"

#include <span>

namespace assay {

/// Chooses the next token from one row of logits [vocabulary]. Greedy (temperature 0) takes the
/// largest, the smaller id among equals. Otherwise: logits / temperature, the topK largest, of
/// those the smallest set whose probability reaches topP (Holtzman et al., arXiv 1904.09751), then
/// one uniform draw.
TokenId chooseToken(std::span<const float> logits, const GenerateOptions& options, Rng& rng);

} // namespace assay
