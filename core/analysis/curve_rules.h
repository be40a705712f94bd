#pragma once

#include "core/analysis/curve_reading.h"

namespace assay {

/// The finite points of a curve.
struct CurvePoints {
    std::vector<double> step;
    std::vector<double> epoch;
    std::vector<double> value;
    std::size_t size() const { return value.size(); }
};
CurvePoints pointsOf(const RunLog& log, std::string_view curve);

using Findings = std::vector<CurveFinding>;

/// The rules of `readCurves`, one by one; each adds what it finds.
void findNotFinite(const RunLog& log, Findings& findings);
void findZeroLoss(const CurvePoints& loss, Findings& findings);
void findFirstLoss(const CurvePoints& loss, const CurveContext& context, Findings& findings);
void findSpikes(const CurvePoints& loss, Findings& findings);
void findDivergence(const CurvePoints& loss, Findings& findings);
void findFlatness(const CurvePoints& loss, Findings& findings);
void findLowLoss(const CurvePoints& loss, const CurveContext& context, Findings& findings);
void findEpochSteps(const RunLog& log, const CurvePoints& loss, Findings& findings);
void findRisingEvaluation(const RunLog& log, const CurvePoints& loss, Findings& findings);
/// One finding for all evaluation sets (or channels) that get worse.
void findRisingSets(const RunLog& log, Findings& findings);
void findEvaluationOfTrainingData(const RunLog& log, const CurvePoints& loss, Findings& findings);
void findLearningRate(const RunLog& log, const CurveContext& context, Findings& findings);
void findGradient(const RunLog& log, Findings& findings);
void findChannels(const RunLog& log, const CurvePoints& loss, Findings& findings);
void findRepeatedSteps(const RunLog& log, Findings& findings);
void findEarlyEnd(const RunLog& log, const CurveContext& context, Findings& findings);

/// A number as the findings show it: `digits` significant ones.
std::string figure(double value, int digits = 4);
/// A share as "12 %".
std::string percent(double share);
double meanOf(std::span<const double> values);

} // namespace assay
