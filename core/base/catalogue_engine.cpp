#include "core/base/error_catalogue.h"

namespace assay::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    {"model.no_folder", "{path} is not a model folder.",
        "Name a folder that holds config.json and model.safetensors."},
    {"model.unknown_family", "The model family \"{name}\" is not supported. Supported: {known}.",
        "Choose a model of a supported family."},
    {"model.unsupported", "{what} is not supported; supported: {supported}.",
        "Choose or convert to a model without it."},
    {"model.tensors", "{path} does not fit its config.json: {count} tensors are wrong.",
        "Check that both files belong to the same model and were copied whole."},
    {"model.tensor_missing", "{name} {shape} is missing.", "Check that the file was copied whole."},
    {"model.tensor_shape", "{name} has shape {found}, config.json asks for {expected}.",
        "Check that both files belong to the same model."},
    {"model.tensor_type", "{name} has type {type}; F32, F16 and BF16 can be read.",
        "Convert the model to one of these types."},
    {"model.tensor_surplus", "{name} is not part of this model.",
        "Check that both files belong to the same model."},
    {"model.tokenizer_too_large",
        "The tokenizer has {tokenizer} pieces, but the model's vocabulary has only {model} rows.",
        "Use the tokenizer that the model was trained with."},
    {"model.id_outside", "Token {id} is outside the vocabulary of {size}.",
        "Check that the ids were made with this model's tokenizer."},
    {"model.too_long", "The text has {tokens} tokens, but the model was made for at most {limit}.",
        "Shorten the text, or choose a model with a longer context."},
    {"model.no_tokens", "There is no token to start from.", "Give at least one token or some text."},
    {"safetensors.damaged", "{path} is not a whole safetensors file: {reason}.",
        "Copy or download the file again."},
};

} // namespace

std::span<const CatalogueEntry> engineErrors() { return entries; }

} // namespace assay::catalogue
