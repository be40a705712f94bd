#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>

namespace assay {

/// Runs `work` on this thread while another one prints how the job goes on stderr: a line every
/// `everySteps` steps (0: about twenty lines a run), evaluations, and changes of phase.
Result<void> runWithConsole(const std::filesystem::path& jobFolder, std::int64_t everySteps,
    const std::function<Result<void>()>& work);

} // namespace assay
