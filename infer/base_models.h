#pragma once

#include "core/base/progress.h"
#include "core/job/engine_interface.h"
#include "core/models/model_files.h"
#include "model/parameters.h"

#include <filesystem>
#include <memory>

namespace assay {

/// A model as its files describe it, its weights not read yet.
struct OpenedModel {
    ModelFiles files;
    ModelSpec spec;
};
/// A folder's config is looked at before its weights are mapped: its errors say more.
Result<OpenedModel> openBaseModel(const std::filesystem::path& path);

/// A model's weights for asking, with what is known of them.
struct BaseModel {
    ModelSpec spec;
    std::shared_ptr<Parameters> parameters;
    std::string hash; ///< of config and weights
};

/// Loads a model's weights, or gives those that are in memory already: the base of several adapters
/// is held once, as long as one of them is in use and its files have not changed.
Result<BaseModel> loadBaseModel(
    const OpenedModel& model, Dtype dtype, const ProgressFunction& progress, StopToken stop);

} // namespace assay
