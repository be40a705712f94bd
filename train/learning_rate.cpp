#include "train/learning_rate.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace assay {

std::int64_t warmupSteps(const TrainSpec::Optimizer& optimizer, std::int64_t totalSteps) {
    if (optimizer.warmupSteps >= 0)
        return optimizer.warmupSteps;
    return std::int64_t(std::ceil(optimizer.warmupRatio * double(totalSteps)));
}

double learningRateAt(
    const TrainSpec::Optimizer& optimizer, std::int64_t step, std::int64_t totalSteps) {
    const std::int64_t warmup = warmupSteps(optimizer, totalSteps);
    if (step < warmup)
        return optimizer.learningRate * double(step) / double(warmup);
    if (optimizer.schedule == "constant")
        return optimizer.learningRate;
    const double length = double(std::max<std::int64_t>(1, totalSteps - warmup));
    const double done = std::clamp(double(step - warmup) / length, 0.0, 1.0);
    const double left
        = optimizer.schedule == "linear" ? 1 - done : 0.5 * (1 + std::cos(std::numbers::pi * done));
    const double floor = optimizer.minLearningRateRatio;
    return optimizer.learningRate * (floor + (1 - floor) * left);
}

} // namespace assay
