#include "core/store/window_lock.h"

#include "core/base/file.h"

#include <unistd.h>

namespace assay {

namespace {

std::string hostName() {
    char name[256] = {};
    return ::gethostname(name, sizeof name - 1) == 0 ? name : "?";
}

} // namespace

Result<FileLock> acquireWindowLock(const std::filesystem::path& projectFolder) {
    const std::filesystem::path path = projectFolder / "window.lock";
    auto lock = FileLock::tryAcquire(path);
    if (!lock)
        return forward(lock);
    if (!*lock) {
        auto owner = readFile(path);
        return fail("store.window_open",
            {{"path", projectFolder.string()},
                {"owner", owner && !owner->empty() ? *owner : "another process"}});
    }
    if (auto written
        = (*lock)->write("process " + std::to_string(::getpid()) + " on " + hostName());
        !written)
        return forward(written);
    return std::move(**lock);
}

} // namespace assay
