#include "core/base/own_folder.h"

#include <dlfcn.h>

namespace assay {

std::filesystem::path ownFolder() {
    Dl_info info{};
    if (dladdr(reinterpret_cast<void*>(&ownFolder), &info) == 0 || !info.dli_fname)
        return {};
    std::error_code ignored;
    const std::filesystem::path own = std::filesystem::canonical(info.dli_fname, ignored);
    return ignored ? std::filesystem::path() : own.parent_path();
}

} // namespace assay
