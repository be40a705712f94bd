#pragma once

#include "core/base/result.h"

#include <filesystem>

namespace assay {

/// Copies tokenizer, template and generation settings of a model folder, where it has them, over
/// those in another.
Result<void> copyModelFiles(const std::filesystem::path& from, const std::filesystem::path& to);

} // namespace assay
