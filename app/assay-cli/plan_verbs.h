#pragma once

#include <CLI/CLI.hpp>

namespace assay {

/// estimate, preview, queue
void addPlanVerbs(CLI::App& program);

} // namespace assay
