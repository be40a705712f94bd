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
    {"http.address", "{url} is not an address of a server.",
        "An address begins with http:// or https:// and has no name or password in it."},
    {"http.failed", "{host} cannot be reached: {reason}.",
        "Check the connection and the proxy, and start again; what was received is kept."},
    {"hub.answer", "The server's answer for {repository} cannot be used: {reason}.",
        "Check HF_ENDPOINT, or try again later."},
    {"hub.busy", "{repository} is being downloaded by another program.",
        "Wait until it has ended."},
    {"hub.checksum", "{name} of {repository} is not what its checksum says; it was thrown away.",
        "Start the download again; if it happens twice, the server's copy is damaged."},
    {"hub.denied", "The server does not give {repository} to you.",
        "Accept the model's terms on its page, and put a token into HF_TOKEN or HF_HOME/token."},
    {"hub.missing", "The server has no {repository} of this revision.",
        "Check the name (org/name) and the revision; a private model needs a token in HF_TOKEN."},
    {"hub.name", "\"{name}\" is not the name of a model or revision.",
        "Name a model as org/name, for example Qwen/Qwen3-0.6B."},
    {"hub.no_space", "{path} has {free} MB free, but {needed} MB are needed.",
        "Free some space, or choose another place with --to."},
    {"hub.nothing", "{repository} has no file that fits. It has: {files}",
        "Choose files with --include, for example --include '*.gguf'."},
    {"models.gguf_architecture",
        "{path} is a model of the architecture \"{name}\". Known: {known}.",
        "Take the model's Hugging Face folder, or a model of a known architecture."},
    {"models.gguf_tensor", "{name} has no name in GGUF for the family {family}.",
        "Convert to a Hugging Face folder, or leave that tensor out."},
    {"models.no_config", "{path} says nothing of the model's shape.",
        "Put its config.json beside it."},
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
