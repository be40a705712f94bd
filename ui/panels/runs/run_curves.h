#pragma once

#include "ui/common/plot/curve_worker.h"
#include "ui/panels/runs/run_entry.h"

namespace assay {

enum class RunQuantity { Loss, Channels, LearningRate, GradNorm, TokensPerSecond, Other };

/// A run that is drawn, with what is known of it.
struct DrawnRun {
    QString name;
    std::shared_ptr<const RunLog> log;
};

/// The lines for a quantity: one a run (and one for its evaluation), or one a channel of the first
/// run. `other` names the curve of RunQuantity::Other. `smoothed` is whether a moving average
/// helps: not for what is set and not measured.
std::vector<PlotCurve> curvesFor(
    RunQuantity quantity, const std::vector<DrawnRun>& runs, const std::string& other);
/// "loss, nats a token"
QString valueName(RunQuantity quantity, const std::string& other);
/// Curves of these runs that have no quantity of their own, by name.
std::vector<std::string> otherCurves(const std::vector<DrawnRun>& runs);
/// The quantity that a log has something of, the loss where it can be.
RunQuantity usableQuantity(RunQuantity wanted, const RunLog& log);
/// Where the epochs of a run begin on that axis.
std::vector<std::pair<double, QString>> boundariesOf(const RunLog& log, CurveAxis axis);
/// Whether a run's log knows this axis at all.
bool hasAxis(const RunLog& log, CurveAxis axis);

/// All points of what is drawn, one a line, as CSV or as JSON; NaN stays NaN.
QString seriesAsCsv(const std::vector<PlotCurve>& curves,
    const std::vector<std::shared_ptr<const CurveSeries>>& series);
QString seriesAsJson(const std::vector<PlotCurve>& curves,
    const std::vector<std::shared_ptr<const CurveSeries>>& series);

} // namespace assay
