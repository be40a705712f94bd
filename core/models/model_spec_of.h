#pragma once

#include "core/job/model_spec.h"

namespace assay {

/// The spec of a config.json's content; `place` is named in errors.
Result<ModelSpec> modelSpecOf(const Json& config, const std::string& place);

} // namespace assay
