#pragma once

#include "core/job/job_writer.h"
#include "core/text/chat_template.h"
#include "model/adapter.h"
#include "model/decoder.h"
#include "train/optimizer.h"

#include <filesystem>
#include <memory>

namespace assay {

/// Where a run stands, besides weights and moments.
struct TrainPosition {
    std::int64_t step = 0; ///< steps done
    std::int64_t epoch = 0; ///< epoch the next micro-batch belongs to, from 0
    std::int64_t microBatch = 0; ///< its index in that epoch
    std::int64_t tokens = 0;
    std::int64_t trainedTokens = 0;
    std::int64_t skippedSteps = 0;
    double elapsedSeconds = 0; ///< of training, over all attempts
    double bestEvalLoss = -1; ///< -1: none yet
    std::int64_t bestStep = -1;
    std::int64_t evaluationsWithoutImprovement = 0;
    bool stoppedEarly = false;
};

/// Files of the model folder that a checkpoint repeats.
struct CheckpointSource {
    std::filesystem::path tokenizerFolder; ///< empty: no tokenizer
    std::shared_ptr<const ChatTemplate> chatTemplate; ///< may be null
};

/// What a checkpoint holds besides its position.
struct TrainedModel {
    std::shared_ptr<Parameters> parameters; ///< the model's own
    std::shared_ptr<Decoder> decoder;
    std::shared_ptr<Adapter> adapter; ///< null where the model's own weights are trained
    std::unique_ptr<Optimizer> optimizer;
};

/// Writes checkpoints/step-N: a Hugging Face folder (weights in fp32), or a PEFT folder of the
/// adapter alone, and resume/ (moments and position). It is written under another name, synced, and
/// renamed, so that a step-N folder is always whole.
Result<void> saveCheckpoint(const JobFolder& folder, const TrainedModel& model,
    const TrainPosition& position, const FileLengths& lengths, const CheckpointSource& source);

struct ResumePoint {
    TrainPosition position;
    FileLengths lengths;
};
/// Restores moments and position from checkpoints/step-N; the weights are in place already, as the
/// optimizer's size depends on them.
Result<ResumePoint> loadResumePoint(const std::filesystem::path& checkpoint, Optimizer& optimizer);

/// Removes all but the newest `keep` checkpoints and the best one.
void pruneCheckpoints(const JobFolder& folder, std::int64_t keep, std::int64_t bestStep);

} // namespace assay
