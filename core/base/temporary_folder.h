#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>

namespace assay {

/// A new folder of this process's own where the system keeps temporary files; the caller removes
/// it. Folders of the same prefix whose process was killed before it could are removed here.
Result<std::filesystem::path> makeTemporaryFolder(const std::string& prefix);

} // namespace assay
