#pragma once

#include "core/store/project.h"

namespace assay {

struct TakenLosses {
    std::int64_t samples = 0; ///< whose loss is now known
    std::int64_t unknown = 0; ///< rows of the run that are no samples of this project
};

/// Reads what a run noted each time it learnt a row (samples.jsonl) and keeps, for every sample of
/// the project, the loss of the last time. Errors: "file.missing", those of the database.
Result<TakenLosses> takeInLosses(Project& project, const std::filesystem::path& jobFolder,
    const ProgressFunction& progress = {}, const StopToken& stop = {});

} // namespace assay
