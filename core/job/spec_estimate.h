#pragma once

#include "core/advice/parameter_range.h"
#include "core/advice/train_estimate.h"
#include "core/job/label_survey.h"

namespace assay {

/// What a few real steps showed.
struct Measurement {
    std::int64_t steps = 0;
    double tokensPerSecond = 0; ///< median of the steps after the first
    double peakBytes = 0; ///< of the process
    double secondsPerStep = 0; ///< median of the steps after the first
    std::string source; ///< "measured", or the name of the run that it comes from
};

/// Memory and time of a run before it starts.
struct SpecEstimate {
    TrainingSizes sizes;
    std::vector<MemoryPart> memory;
    BatchSummary batches;
    double flopsPerToken = 0; ///< of training
    double flopsPerSecond = 0; ///< assumed or measured
    double trainSeconds = 0;
    double evaluationSeconds = 0; ///< losses of held-out and probe rows
    double probeSeconds = 0; ///< written answers: a token at a time, bound by reading the weights
    std::string rateSource; ///< "assumed", "measured" or the name of a run
    double tokensPerSecond = 0;
    double seconds() const { return trainSeconds + evaluationSeconds + probeSeconds; }
    double checkpointBytes = 0; ///< of one checkpoint on the disk
};

TrainingSizes trainingSizes(const TrainSpec& spec, const ModelSpec& model,
    const LabelSurvey& survey, const BatchSummary& batches);

/// `measured` sets the speed; without it a speed is assumed.
SpecEstimate estimateSpec(const TrainSpec& spec, const ModelSpec& model, const LabelSurvey& survey,
    const BatchSummary& batches, const std::optional<Measurement>& measured, int threads);

/// What the recommended ranges go by.
TrainingFacts trainingFacts(const TrainSpec& spec, const std::optional<ModelSpec>& model,
    const LabelSurvey* survey, const BatchSummary* batches);

Json estimateToJson(const SpecEstimate& estimate);

/// Writes a small job into `folder`: the rows of the first micro-batches of the plan, as ids and
/// labels, for three steps without evaluation.
Result<void> prepareMeasurement(const TrainSpec& spec, const std::filesystem::path& dataFolder,
    const TrainInputs& inputs, const LabelSurvey& survey, const EpochPlan& firstEpoch,
    const std::filesystem::path& folder, StopToken stop);
/// What metrics.jsonl of such a job says; an error when there are fewer than two steps.
Result<Measurement> readMeasurement(const std::filesystem::path& jobFolder);
/// Both, with the run between them, by `program` (assay-cli) in a temporary folder that is removed
/// again. A request to stop ends the process.
Result<Measurement> measureSteps(const std::filesystem::path& program, const TrainSpec& spec,
    const std::filesystem::path& dataFolder, const TrainInputs& inputs, const LabelSurvey& survey,
    const EpochPlan& firstEpoch, StopToken stop);

} // namespace assay
