#pragma once

#include "core/base/progress.h"
#include "core/job/train_spec.h"

#include <filesystem>

namespace assay {

/// Writes all text of a spec's data source into a file, for the training of a tokenizer: documents
/// as they are, of conversations every message; at most `maxBytes`, which suffice for any
/// vocabulary. An error when there is no text.
Result<void> writeCorpusText(const TrainSpec& spec, const std::filesystem::path& file,
    const ProgressFunction& progress, StopToken stop, std::int64_t maxBytes = 256 << 20);

} // namespace assay
