#pragma once

#include "core/job/job_folder.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace assay {

/// Starts `program run FOLDER` as a process of its own, in a session of its own, with its output in
/// log.txt and no tie to the caller: closing the window or the terminal does not touch it. Returns
/// its process id once it owns the folder, or an error when it ended before that.
Result<std::int64_t> launchJob(const std::filesystem::path& program, const JobFolder& folder);

/// Starts any command in this way, with its output appended to `log`; returns the process id once
/// it has become the program.
Result<std::int64_t> launchDetached(
    const std::vector<std::string>& command, const std::filesystem::path& log);

} // namespace assay
