#include "core/analysis/curve_reading.h"

#include "core/analysis/curve_rules.h"

#include <algorithm>
#include <cmath>

namespace assay {

std::vector<CurveFinding> readCurves(const RunLog& log, const CurveContext& context) {
    std::vector<CurveFinding> findings;
    const CurvePoints loss = pointsOf(log, curve::loss);
    findNotFinite(log, findings);
    findZeroLoss(loss, findings);
    findFirstLoss(loss, context, findings);
    findSpikes(loss, findings);
    findDivergence(loss, findings);
    findFlatness(loss, findings);
    findLowLoss(loss, context, findings);
    findEpochSteps(log, loss, findings);
    findRisingEvaluation(log, loss, findings);
    findRisingSets(log, findings);
    findEvaluationOfTrainingData(log, loss, findings);
    findLearningRate(log, context, findings);
    findGradient(log, findings);
    findChannels(log, loss, findings);
    findRepeatedSteps(log, findings);
    findEarlyEnd(log, context, findings);
    std::ranges::stable_sort(findings, std::ranges::greater(), &CurveFinding::weight);
    return findings;
}

} // namespace assay
