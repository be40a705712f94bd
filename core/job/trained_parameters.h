#pragma once

#include "core/job/adapter_config.h"
#include "core/job/model_plan.h"
#include "core/job/train_spec.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// The parameters of a model that are trained and stored whole beside an adapter's pairs. Tied
/// embeddings are one parameter, under the embedding's name.
std::vector<std::string> wholeParameters(const AdapterConfig& config, const ModelPlan& plan);

/// Which of the model's own parameters learn: those that an adapter keeps whole, else all that the
/// spec does not freeze.
std::function<bool(const std::string&)> learningParameters(
    const TrainSpec& spec, const ModelPlan& plan, const std::optional<AdapterConfig>& adapter);

/// An error for the first name in freeze.modules or adapter.saved_whole that no module of the model
/// has, and for adapter targets that meet none of its maps.
Result<void> checkModuleNames(const TrainSpec& spec, const ModelPlan& plan);

/// How many numbers learn.
struct TrainedCount {
    std::int64_t own = 0; ///< of the model's
    std::int64_t adapter = 0; ///< in an adapter's pairs
    std::int64_t all() const { return own + adapter; }
};
/// Needs nothing but the config.json of the model; an adapter that cannot be read counts as none.
TrainedCount countTrained(const TrainSpec& spec, const ModelSpec& model);

} // namespace assay
