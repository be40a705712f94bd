#pragma once

#include "core/job/batch_plan.h"
#include "core/job/job_writer.h"
#include "core/job/train_rows.h"
#include "infer/torch_model.h"
#include "model/decoder.h"
#include "model/loss.h"
#include "train/checkpoint.h"
#include "train/optimizer.h"
#include "train/preference.h"

#include <chrono>
#include <map>
#include <memory>

namespace assay {

/// A run's parts: model, rows, optimizer and position. Built from a job folder.
struct TrainingRun {
    TrainSpec spec;
    std::shared_ptr<const Tokenizer> tokenizer;
    std::shared_ptr<const ChatTemplate> chatTemplate;
    TrainedModel model;
    TrainRows rows;
    CheckpointSource checkpointSource;
    /// Of each row to train on and held out: both answers' log-probabilities before training.
    std::vector<PairScore> reference;
    std::vector<PairScore> heldOutReference;
    TrainPosition position;
    std::int64_t totalSteps = 0;
    Activations activations;
};

/// Loads or initialises the model, prepares the rows and, where a checkpoint exists, continues from
/// the newest: the job's files are cut back to its state. Otherwise they are emptied.
Result<std::unique_ptr<TrainingRun>> prepareRun(JobWriter& job, StopToken stop);

/// A micro-batch as tensors want it.
struct MicroBatch {
    PackedBatch batch;
    LossTargets targets;
    std::vector<std::int64_t> rows; ///< of each segment; a pair's two segments have one
};
MicroBatch makeMicroBatch(
    const std::vector<TrainRow>& rows, const std::vector<std::int64_t>& indices);

/// Sum of NLL and of label weights: of a row, a channel or a whole evaluation.
struct LossSum {
    double nll = 0;
    double weight = 0;
    double mean() const { return weight > 0 ? nll / weight : 0; }
};

/// Adds each target's loss to its segment's row.
std::map<std::int64_t, LossSum> lossByRow(const MicroBatch& batch, const LossResult& loss);

/// The loss of one micro-batch by the run's kind.
struct BatchLoss {
    std::map<std::int64_t, LossSum> rows; ///< by index; of pairs the weight is 1
    PairSums pairs;
};
/// How much a row counts when losses of several micro-batches are put together: the weights of its
/// labels, or 1 for a pair.
double batchWeight(const TrainingRun& run, const MicroBatch& batch);
/// The loss over hidden states that belong to the batch. Where `dHidden` is defined, its gradient
/// of scale * (sum of the rows' weighted losses) is written to it, and that of the head added.
/// `reference` is of the rows that the batch's indices count; empty where the kind needs none.
BatchLoss batchLoss(TrainingRun& run, const MicroBatch& batch, const at::Tensor& hidden,
    std::span<const PairScore> reference, double scale, at::Tensor dHidden);

/// Fills the references of a run that learns from pairs: from the job's folder, else by one pass
/// over all rows with the weights as they are, which is stored.
Result<void> prepareReference(TrainingRun& run, JobWriter& job, StopToken stop);

struct EvaluationResult {
    LossSum total;
    PairSums pairs;
    std::map<std::string, LossSum> channels;
    std::map<std::int64_t, LossSum> rows; ///< by index
};
/// Loss of rows without training on them; packed exactly as training packs.
Result<EvaluationResult> evaluateRows(TrainingRun& run, const std::vector<TrainRow>& rows,
    std::span<const PairScore> reference, std::size_t count, StopToken stop);

/// Greedy answers to the probe prompts, the same at every evaluation, appended to probes.jsonl.
Result<void> writeProbes(TrainingRun& run, JobWriter& job, StopToken stop);
/// The loss of a fixed subset of training rows, appended to samples.jsonl; `at` is "base" or "epoch
/// N". Losses of rows as they are seen belong to moving weights; these can be compared with each
/// other.
Result<void> writeProbeLosses(
    TrainingRun& run, JobWriter& job, const std::string& at, StopToken stop);

/// Trains the job to its end, a stop command or an error; the state says which.
Result<void> runTraining(JobWriter& job, StopToken stop);

} // namespace assay
