#pragma once

#include "ui/common/score_lanes/lanes_text.h"
#include "ui/service/paired_record.h"

namespace assay {

/// Which text is shown under both models.
enum class ComparedText { Sample, TunedAnswer, BaseAnswer, Typed };

/// The record as the lanes show it, with its rules: where the first choices differ first, and where
/// an error starts against the reference (R1 where the text is the reference itself, else R0).
/// Everything behind the answer (the marks that close its turn) is left out.
LanesText lanesFromRecord(
    const PairedRecord& record, ComparedText shown, bool isReference, const QString& promptTitle);

/// Sums over the answer, for the line under the lanes.
struct LanesSummary {
    int cells = 0;
    int otherChoice = 0;
    int marginal = 0;
    int shifted = 0;
    double meanJs = 0;
    double meanKlTunedBase = 0;
    double meanKlBaseTuned = 0;
    double delta = 0;
};
LanesSummary summariseLanes(const LanesText& text);

} // namespace assay
