#pragma once

#include "core/base/json.h"

namespace assay {

/// Builds a phrase index of an invented corpus of about `tokens` tokens (words of a Zipf
/// distribution, a shared beginning in every tenth document) and asks it.
Result<Json> benchAnalysis(std::int64_t tokens);
void printBenchAnalysis(const Json& table);

} // namespace assay
