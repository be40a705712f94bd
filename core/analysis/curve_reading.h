#pragma once

#include "core/analysis/run_log.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay {

/// How much a finding matters.
enum class FindingWeight { Note, Caution, Wrong };

/// Something that a run's curves show, by a rule. The words for it stand in
/// core/advice/curve_advice; here are the rule's name and the numbers it saw.
struct CurveFinding {
    std::string rule; ///< "loss.not_finite"
    FindingWeight weight = FindingWeight::Note;
    /// Where in the run it stands; NaN where it is about the whole.
    double step = RunPlace::none;
    /// Named numbers and names for the words, as text with a decimal point.
    std::vector<std::pair<std::string, std::string>> arguments;
};

struct CurveContext {
    /// Entries of the model's vocabulary, where known: the loss of guessing is its logarithm.
    std::int64_t vocabulary = 0;
    /// Steps planned; -1 where not known.
    std::int64_t totalSteps = -1;
    /// Whether the run starts from a trained model, where known.
    std::optional<bool> fineTunes;
    /// Whether nothing more will be written.
    bool hasEnded = false;
};

/// Thresholds of the rules. Those marked "heuristic" in the advice depend on the data.
namespace curve_rule {
constexpr int minPoints = 8; ///< fewer say nothing about a trend
constexpr double zeroLoss = 1e-6;
constexpr double highFirstLoss = 3; ///< nats; for a model that was trained before
constexpr double guessingBand = 0.35; ///< nats around ln V
constexpr double evalRise = 0.02; ///< of the smallest evaluation loss, and at least 0.01 nats
constexpr double spikeFactor = 2; ///< times the median before
constexpr int spikeWindow = 25; ///< points before
constexpr double divergedFactor = 1.5; ///< end over the smallest mean of ten points
constexpr double flat = 0.02; ///< of the loss, over the second half
constexpr double lowLoss = 0.2; ///< nats
constexpr double highGradient = 100;
constexpr double epochStep = 0.05; ///< of the loss before the boundary
constexpr double epochSigmas = 3;
constexpr double warm = 0.9; ///< of the largest learning rate, at the first logged step
} // namespace curve_rule

/// What the curves show, the weightiest first. One pass over the data a rule; never changes it.
std::vector<CurveFinding> readCurves(const RunLog& log, const CurveContext& context);

} // namespace assay
