#pragma once

#include "core/base/progress.h"
#include "core/job/data_snapshot.h"
#include "core/job/job_folder.h"

#include <filesystem>

namespace assay {

/// Creates the job folder with its data snapshot; relative paths of the spec are taken from `base`.
/// The folder is made beside its place and moved there when it is whole: after an error nothing is
/// left behind.
Result<JobFolder> prepareJob(const std::filesystem::path& folder, TrainSpec spec,
    const std::filesystem::path& base, const ProgressFunction& progress, StopToken stop);

} // namespace assay
