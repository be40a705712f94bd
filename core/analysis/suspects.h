#pragma once

#include "core/analysis/token_scores.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace assay {

/// Places of a scored text that stand out. Definitions: docs/analysis.md, rules R2 and R5. Indices
/// count tokens of the text; entry t - 1 of the scores belongs to token t. Nothing here says
/// "error".

/// (s - H) / sqrt(W), a true z-score under the model itself; NaN where the variance is below 1e-12.
double standardisedSurprise(const TokenScore& score);

/// Rule R2: the first token of [first, end) that is not the most probable one and has a surprisal
/// above both ln 10 and H + 3 sqrt(W).
std::optional<std::size_t> forcedDip(
    const SequenceScores& scores, std::size_t first, std::size_t end);

/// Rule R5: local maxima of the standardised surprise at or above 2, or of the entropy at or above
/// the 90th percentile of [first, end) and at least 1 nat (our choice). Ascending.
std::vector<std::size_t> suspects(const SequenceScores& scores, std::size_t first, std::size_t end);

} // namespace assay
