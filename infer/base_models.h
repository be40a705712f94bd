#pragma once

#include "core/base/progress.h"
#include "core/job/engine_interface.h"
#include "model/parameters.h"

#include <filesystem>
#include <memory>

namespace assay {

/// A model's weights for asking, with what is known of them.
struct BaseModel {
    ModelSpec spec;
    std::shared_ptr<Parameters> parameters;
    std::string hash; ///< of config and weights
};

/// Loads a model folder's weights, or gives those that are in memory already: the base of several
/// adapters is held once, as long as one of them is in use and its files have not changed.
Result<BaseModel> loadBaseModel(const std::filesystem::path& folder, Dtype dtype,
    const ProgressFunction& progress, StopToken stop);

} // namespace assay
