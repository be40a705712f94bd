#pragma once

#include "ui/common/token_strip/strip_text.h"
#include "ui/service/score_record.h"

namespace assay {

struct StripSource {
    /// The same ids under the other model, for differences; null where there is none.
    const ScoreRecord* other = nullptr;
    /// Whether `record` is the tuned model's (differences are tuned minus base).
    bool tuned = true;
};

/// The score record as the strip shows it. `titles` name the messages; template tokens that belong
/// to none stand with the turn they precede or follow.
StripText stripFromScore(
    const ScoreRecord& record, const std::vector<QString>& titles, const StripSource& source = {});

/// Sums over the scored tokens of an answer, or of everything where nothing is marked as an answer.
struct ScoreSummary {
    int tokens = 0;
    double meanSurprisal = 0; ///< nats a token
    double perplexity = 1;
    bool answersOnly = false;
};
ScoreSummary summarise(const StripText& text);

} // namespace assay
