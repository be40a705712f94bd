#pragma once

#include "ui/common/token_strip/strip_text.h"

#include <set>

namespace assay {

/// What is compared as one: a token where both models read the same ids, else the tokens of both
/// that cover the same bytes.
struct LaneCell {
    int baseBegin = 0, baseEnd = 0;
    int tunedBegin = 0, tunedEnd = 0;
    /// Between the two distributions, nats; only where the ids are shared.
    double js = 0;
    double klTunedBase = 0;
    double klBaseTuned = 0;
    double baseLogprob = 0; ///< summed over the tokens
    double tunedLogprob = 0;
    int baseRank = 1; ///< the largest of the tokens
    int tunedRank = 1;
    bool scored = false;
    bool answer = false;
    /// Shared: the most probable tokens differ. Else: one model's first choice follows the text and
    /// the other's does not.
    bool otherChoice = false;

    double delta() const { return tunedLogprob - baseLogprob; }
};

/// A rule drawn across both strips at a cell.
struct LaneMark {
    enum class Kind { Divergence, Onset };
    Kind kind = Kind::Divergence;
    int cell = 0;
    QString label; ///< "first divergence"
};

/// One text under two models. Plain data: the lanes, their legend and their accessible children all
/// read it.
struct LanesText {
    std::vector<StripToken> base;
    std::vector<StripToken> tuned;
    bool shared = true;
    /// In order; together they hold every token of both sides once.
    std::vector<LaneCell> cells;
    std::vector<LaneMark> marks;
    QString promptTitle; ///< what stands on the fold of the cells before the answer
};

/// What the bars between the strips show.
enum class LaneMeasure { Js, Kl, RankShift, Delta };
/// Nats, or for a rank shift log2 of the ratio of the ranks; positive where tuning raised the
/// token. Js and Kl are never negative, and 0 where the vocabularies differ.
double laneValue(const LaneCell& cell, LaneMeasure measure);
bool isSigned(LaneMeasure measure);

/// Our choice of what a reader may pass over: the same first choice, and distributions closer than
/// this (Jensen-Shannon, nats), or, where the vocabularies differ, log-probabilities.
constexpr double unchangedJs = 0.05;
constexpr double unchangedDelta = 0.5;
bool isUnchanged(const LaneCell& cell, bool shared);

/// Cells [begin, end) shown as "n tokens unchanged".
struct LaneFold {
    int begin = 0;
    int end = 0;
    bool prompt = false; ///< what stands before the answer
    bool operator==(const LaneFold&) const = default;
};
enum class FoldMode { PromptOnly, Unchanged };
/// Shorter runs are not worth a fold, and a changed token keeps neighbours to be read with.
constexpr int shortestFold = 6;
constexpr int foldContext = 2;
/// A fold begins with a cell where it does; those whose first cell is in `expanded` are left out.
std::vector<LaneFold> foldsOf(
    const LanesText& text, FoldMode mode, const std::set<int>& expanded = {});

/// Whole answers beyond this length start folded.
constexpr int longAnswer = 200;

/// "token 12 ' Tokyo': base probability 3 %, rank 4; tuned probability 91 %, rank 1; .."
QString spokenCell(const LanesText& text, int cell);
/// The bytes of the cell as a short quotable text.
QString quotedCell(const LanesText& text, int cell);

} // namespace assay
