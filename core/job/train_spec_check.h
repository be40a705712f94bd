#pragma once

#include "core/job/train_spec.h"

#include <vector>

namespace assay {

/// The problems of a spec whose keys and types are right: ranges, names, combinations. `place` is
/// the spec's name, for the errors' places.
std::vector<Error> trainSpecProblems(const TrainSpec& spec, const std::string& place);

} // namespace assay
