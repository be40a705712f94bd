#include "core/weights/gguf.h"
#include "core/weights/weights.h"

namespace assay {

namespace fs = std::filesystem;

namespace {

/// The only file with this extension; empty where there is none or a choice.
fs::path onlyFile(const fs::path& folder, const char* extension) {
    std::error_code error;
    fs::path only;
    int count = 0;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == extension) {
            only = it->path();
            ++count;
        }
    return count == 1 ? only : fs::path();
}

bool looksLikeSafetensors(std::string_view text) {
    return text.size() > 8 && text[8] == '{';
}

} // namespace

fs::path weightsFileOf(const fs::path& folder) {
    std::error_code error;
    for (const char* name : {"model.safetensors", "model.safetensors.index.json",
             "pytorch_model.bin", "pytorch_model.bin.index.json"})
        if (fs::is_regular_file(folder / name, error))
            return folder / name;
    for (const char* extension : {".safetensors", ".gguf"})
        if (fs::path only = onlyFile(folder, extension); !only.empty())
            return only;
    return {};
}

Result<Weights> openWeights(const fs::path& path) {
    std::error_code error;
    const fs::path file = fs::is_directory(path, error) ? weightsFileOf(path) : path;
    if (file.empty())
        return fail("weights.none", {{"path", path.string()}});
    if (file.extension() == ".json")
        return openShards(file);
    auto mapped = MappedFile::open(file);
    if (!mapped)
        return forward(mapped);
    const std::string_view text = mapped->text();
    if (text.starts_with("GGUF"))
        return openGguf(file);
    if (text.starts_with("PK\x03\x04") || text.starts_with('\x80'))
        return openPyTorch(file);
    if (looksLikeSafetensors(text) || file.extension() == ".safetensors")
        return openSafetensors(file);
    if (looksLikeLlama2c(mapped->bytes()))
        return openLlama2c(file);
    return fail("weights.unknown_format", {{"path", file.string()}});
}

} // namespace assay
