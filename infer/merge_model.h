#pragma once

#include "core/job/engine_interface.h"

namespace assay {

/// See Engine::merge.
Result<MergeReport> mergeIntoModel(const std::filesystem::path& folder,
    const std::filesystem::path& adapter, const std::filesystem::path& out, StopToken stop);

} // namespace assay
