#pragma once

#include "core/base/json.h"

namespace assay {

/// Measures the engine on random weights: scoring, training and generation in tokens a second for
/// fp32 and bf16, each beside the time that the step's matrix products alone take (so that figures
/// from machines of different speed can be compared). `what` is a shape: "tiny" (the demo's size)
/// or "smol" (135 M).
Result<Json> runEngineBench(const std::string& what);

} // namespace assay
