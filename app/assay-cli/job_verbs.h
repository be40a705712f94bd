#pragma once

#include <CLI/CLI.hpp>

namespace assay {

/// job status | pause | resume | stop | checkpoint | list
void addJobVerbs(CLI::App& program);

} // namespace assay
