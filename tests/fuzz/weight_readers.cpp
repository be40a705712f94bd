#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/readers.h"

#include "core/weights/gguf.h"
#include "core/weights/weights.h"

namespace assay::fuzz {

namespace {

/// Reads every tensor that is not larger than what a fuzzer has time for.
void readAll(const Result<Weights>& weights) {
    if (!weights)
        return;
    constexpr std::int64_t most = 1 << 20;
    std::vector<float> values;
    for (const TensorView& tensor : weights->tensors()) {
        const std::int64_t elements = tensor.elements();
        if (elements < 0 || elements > most)
            continue;
        values.assign(std::size_t(elements), 0);
        toFloats(tensor, values);
    }
}

void readWeights(std::string_view bytes) {
    const MemoryFile file(bytes);
    readAll(openWeights(file.path()));
}

void readSafetensors(std::string_view bytes) {
    const MemoryFile file(bytes);
    readAll(openSafetensors(file.path()));
}

void readPyTorch(std::string_view bytes) {
    const MemoryFile file(bytes);
    readAll(openPyTorch(file.path()));
}

void readGguf(std::string_view bytes) {
    const MemoryFile file(bytes);
    const auto opened = GgufFile::open(file.path());
    if (!opened)
        return;
    opened->summary();
    for (const auto& [key, value] : opened->values()) {
        opened->texts(key);
        opened->integers(key);
        opened->reals(key);
        opened->flag(key);
    }
    readAll(openGguf(file.path()));
}

} // namespace

Reader weightReader(std::string_view name) {
    constexpr std::pair<std::string_view, Reader> readers[] = {{"weights", readWeights},
        {"safetensors", readSafetensors}, {"pytorch", readPyTorch}, {"gguf", readGguf}};
    for (const auto& [known, reader] : readers)
        if (name == known)
            return reader;
    return nullptr;
}

} // namespace assay::fuzz
