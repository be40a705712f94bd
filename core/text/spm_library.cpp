#include "core/text/spm_library.h"

#include "core/base/own_folder.h"

#include <dlfcn.h>

#include <filesystem>

namespace assay {

namespace {

Result<const AssaySpmFunctions*> load() {
    const std::filesystem::path path = ownFolder() / "libassay_spm.so";
    const auto failed = [&](const char* reason) {
        return fail(
            "text.spm_library", {{"path", path.string()}, {"reason", reason ? reason : "unknown"}});
    };
    void* library = dlmopen(LM_ID_NEWLM, path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return failed(dlerror());
    using Entry = const AssaySpmFunctions* (*)(int);
    const auto entry = reinterpret_cast<Entry>(dlsym(library, "assaySpmFunctions"));
    if (!entry)
        return failed(dlerror());
    const AssaySpmFunctions* functions = entry(AssaySpmVersion);
    if (!functions)
        return failed("it belongs to another version of this program");
    return functions;
}

} // namespace

Result<const AssaySpmFunctions*> spmLibrary() {
    // Link namespaces are few (about 15 a process) and loading costs some milliseconds: once is
    // enough.
    static const Result<const AssaySpmFunctions*> loaded = load();
    return loaded;
}

} // namespace assay
