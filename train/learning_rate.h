#pragma once

#include "core/job/train_spec.h"

#include <cstdint>

namespace assay {

/// Warm-up steps of a run: the spec's number, or its share of all steps rounded up.
std::int64_t warmupSteps(const TrainSpec::Optimizer& optimizer, std::int64_t totalSteps);

/// Learning rate of step `step` (the first is 0). It rises linearly from 0 over the warm-up, then
/// stays (constant), or falls linearly or along half a cosine to minLearningRateRatio of the rate
/// at `totalSteps`. The same curves as transformers' schedules, so that runs can be compared.
double learningRateAt(
    const TrainSpec::Optimizer& optimizer, std::int64_t step, std::int64_t totalSteps);

} // namespace assay
