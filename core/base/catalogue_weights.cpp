#include "core/base/error_catalogue.h"

namespace assay::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    {"weights.damaged", "{path} is not a whole {format} file: {reason}.",
        "Copy or download the file again."},
    {"weights.gguf_version", "{path} is a GGUF file {version}; versions 2 and 3 are read.",
        "Convert it with a current llama.cpp, or take another copy of the model."},
    {"weights.unknown_format", "{path} is not a file of weights that is known.",
        "Known are safetensors, PyTorch (.bin, .pt, .pth), GGUF and llama2.c (.bin)."},
    {"weights.index", "{path} does not fit the files beside it: {count} problems.",
        "Copy or download the model again; all its files belong together."},
    {"weights.not_in_shard", "{name} is not in {file}.", "Check that the file was copied whole."},
    {"weights.pickle_refused",
        "{path} asks for {name}; only tensors and plain values are read, and nothing is run.",
        "Save only the tensors with PyTorch (torch.save of model.state_dict()), or as "
        "safetensors."},
    {"weights.none", "{path} holds no weights that can be read.",
        "Name a model folder (model.safetensors, its index, or pytorch_model.bin), or a "
        ".safetensors, .bin, .pt, .pth or .gguf file."},
};

} // namespace

std::span<const CatalogueEntry> weightErrors() {
    return entries;
}

} // namespace assay::catalogue
