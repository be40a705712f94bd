#pragma once

#include "core/base/result.h"
#include "core/base/progress.h"
#include "core/job/job_folder.h"

#include <cstdint>
#include <filesystem>

namespace assay {

/// Starts `program run FOLDER` as a process of its own, in a session of its own, with its output in log.txt
/// and no tie to the caller: closing the window or the terminal does not touch it. Returns its process id
/// once it owns the folder, or an error when it ended before that.
Result<std::int64_t> launchJob(const std::filesystem::path& program, const JobFolder& folder);

/// Creates the job folder with its data snapshot. The folder is made beside its place and moved there when
/// it is whole: after an error nothing is left behind.
Result<JobFolder> prepareJob(const std::filesystem::path& folder, TrainSpec spec,
    const std::filesystem::path& base, const ProgressFunction& progress, StopToken stop);

} // namespace assay
