#include "core/base/error_catalogue.h"

namespace assay::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    {"weights.damaged", "{path} is not a whole {format} file: {reason}.",
        "Copy or download the file again."},
    {"weights.index", "{path} does not fit the files beside it: {count} problems.",
        "Copy or download the model again; all its files belong together."},
    {"weights.not_in_shard", "{name} is not in {file}.", "Check that the file was copied whole."},
    {"weights.none", "{path} holds no weights that can be read.",
        "Name a model folder (model.safetensors, its index, or pytorch_model.bin), or a "
        ".safetensors, .bin, .pt, .pth or .gguf file."},
};

} // namespace

std::span<const CatalogueEntry> weightErrors() {
    return entries;
}

} // namespace assay::catalogue
