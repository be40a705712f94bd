#pragma once

#include "core/base/json.h"
#include "core/job/model_plan.h"

#include <span>

namespace assay {

/// A family of models by its model_type.
struct ModelFamily {
    const char* name;
    const char* architecture; ///< as config.json's "architectures" spells it
    /// Reads what this family's config says into the spec; problems are reported to the reader.
    void (*read)(JsonReader& config, ModelSpec& spec);
    /// The builder: blocks and the names of their parameters.
    ModelPlan (*plan)(const ModelSpec& spec);
};

/// Those that can be computed, sorted by name.
std::span<const ModelFamily> modelFamilies();

} // namespace assay
