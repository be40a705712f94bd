#pragma once

#include <CLI/CLI.hpp>

namespace assay {

/// runs show: the curves of a job or of another trainer's log, and what they show.
void addRunsVerbs(CLI::App& program);

} // namespace assay
