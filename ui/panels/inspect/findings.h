#pragma once

#include "ui/common/token_strip/strip_text.h"
#include "ui/service/score_record.h"

#include <optional>

namespace assay {

/// What stands out in a scored text, each with the rule that found it (docs/analysis.md).
struct Findings {
    std::vector<StripFlag> flags; ///< ascending by token
    /// Where the answer parts from its reference, and the sentence that says so; -1 without one.
    int onset = -1;
    QString onsetText;
    /// Tokens of rule R5, ascending.
    std::vector<int> suspects;
    /// Tokens at which the two models would say different things, ascending.
    std::vector<int> divergences;
    /// All places where greedy decoding leaves a forced reference (R1).
    std::vector<int> departures;
};

/// `reference` is what a right answer says; where the text's last answer is that reference itself,
/// R1 and R2 look at the forced text, else R0 compares the two. `other` has the same ids under the
/// other model; null where there is none.
Findings findingsOf(const ScoreRecord& record, const ScoreRecord* other,
    const std::optional<std::string>& reference, const QString& modelName);

} // namespace assay
