#include "core/weights/weights.h"

namespace assay {

namespace fs = std::filesystem;

fs::path weightsFileOf(const fs::path& folder) {
    std::error_code error;
    for (const char* name : {"model.safetensors", "model.safetensors.index.json"})
        if (fs::is_regular_file(folder / name, error))
            return folder / name;
    for (const char* extension : {".safetensors", ".gguf"}) {
        fs::path only;
        int count = 0;
        for (fs::directory_iterator it(folder, error), end; !error && it != end;
             it.increment(error))
            if (it->path().extension() == extension) {
                only = it->path();
                ++count;
            }
        if (count == 1)
            return only;
    }
    return {};
}

Result<Weights> openWeights(const fs::path& path) {
    std::error_code error;
    const fs::path file = fs::is_directory(path, error) ? weightsFileOf(path) : path;
    if (file.empty())
        return fail("weights.none", {{"path", path.string()}});
    return openSafetensors(file);
}

} // namespace assay
