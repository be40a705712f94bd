#pragma once

#include "core/store/file_lock.h"

namespace assay {

/// Held by the one window that shows a project; verbs do not need it. "store.window_open" names the
/// process that has it. Released when the object or the process ends.
Result<FileLock> acquireWindowLock(const std::filesystem::path& projectFolder);

} // namespace assay
