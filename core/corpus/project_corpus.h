#pragma once

#include "core/corpus/corpus_builder.h"
#include "core/store/project.h"

namespace assay {

/// Where the index of a project's training text stands.
std::filesystem::path projectIndexPath(const std::filesystem::path& projectFolder);

/// Indexes all samples of a project but the rejected ones, as they are now. The facts' `source`
/// holds {"project": uid, "samples": how many}.
Result<CorpusFacts> buildProjectIndex(Project& project, CorpusEncoding encoding,
    const std::filesystem::path& out, const ProgressFunction& progress, StopToken stop);

} // namespace assay
