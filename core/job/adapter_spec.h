#pragma once

#include "core/job/adapter_config.h"
#include "core/job/train_spec.h"

namespace assay {

/// The targets that a spec's list means: "all-linear" alone, one "re:EXPRESSION", or names.
Result<AdapterTargets> adapterTargetsOf(const std::vector<std::string>& list);

/// The adapter that a run of this spec trains: a new one, or that of adapter.start. The base is
/// the spec's model.
Result<AdapterConfig> trainedAdapter(const TrainSpec& spec);

} // namespace assay
