#include "core/job/engine_interface.h"

#include "core/base/own_folder.h"

#include <dlfcn.h>

namespace assay {

std::string_view dtypeName(Dtype dtype) {
    return dtype == Dtype::F32 ? "f32" : "bf16";
}

Result<Dtype> dtypeFromName(const std::string& name) {
    if (name == "f32")
        return Dtype::F32;
    if (name == "bf16")
        return Dtype::Bf16;
    return fail(
        "json.value", {{"key", "dtype"}, {"reason", "\"" + name + "\" is neither f32 nor bf16"}});
}

Result<Engine*> loadEngine() {
    static const std::string path = (ownFolder() / "libassay_engine.so").string();
    static void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library)
        return fail("engine.absent", {{"reason", ::dlerror()}});
    using Create = Engine* (*)();
    // NOLINTNEXTLINE: a function pointer can be had from dlsym only by this cast
    static auto create = reinterpret_cast<Create>(::dlsym(library, "assay_engine"));
    if (!create)
        return fail("engine.absent", {{"reason", "libassay_engine.so has no entry point"}});
    return create();
}

} // namespace assay
