#include "core/base/error_catalogue.h"

namespace assay::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    {"model.no_folder", "{path} is not a model folder.",
        "Name a folder that holds config.json and model.safetensors (or its shards)."},
    {"model.unknown_family", "The model family \"{name}\" is not supported. Supported: {known}.",
        "Choose a model of a supported family."},
    {"model.unsupported", "{what} is not supported; supported: {supported}.",
        "Choose or convert to a model without it."},
    {"model.tensors", "{path} does not fit its config.json: {count} tensors are wrong.",
        "Check that both files belong to the same model and were copied whole."},
    {"model.tensor_missing", "{name} {shape} is missing.", "Check that the file was copied whole."},
    {"model.tensor_shape", "{name} has shape {found}, config.json asks for {expected}.",
        "Check that both files belong to the same model."},
    {"model.tensor_type", "{name} has type {type}, which holds no real numbers.",
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
    {"model.no_tokens", "There is no token to start from.",
        "Give at least one token or some text."},

    // training
    {"train.bad_weight", "{key} is {value}, which is no weight of a row.",
        "Give a number from 0 on, or name another key in data.weight_key."},
    {"train.bad_checkpoint", "{path} does not belong to this run.",
        "Remove that checkpoint; the run continues from the one before it."},
    {"train.empty_row", "No token of this row is trained.",
        "Check its answer, its weights, and whether the maximum length cuts the answer off."},
    {"train.empty_rows", "{count} rows have no trained token after template and truncation:",
        "Mend or remove them, or set data.empty_rows to \"skip\"."},
    {"train.length_over_model",
        "data.max_length is {length}, but the model was made for at most {limit} positions.",
        "Set data.max_length to {limit} or less."},
    {"train.no_module", "{key} names {name}, but no module of the model is called so.",
        "Use names as in the model's weights, or their ends: k_proj, mlp.up_proj, embed_tokens."},
    {"train.no_pair", "This row has no chosen and rejected answer.",
        "Choose a view of preference pairs, or train with kind \"sft\"."},
    {"train.nothing_learns", "Everything is kept as it is: nothing is left to learn.",
        "Free a part of the model in freeze."},
    {"train.no_rows", "No row is left to train on.",
        "Check the data source, its filter and data.max_length."},
    {"train.no_template", "These rows are conversations, but the run has no chat template.",
        "Set chat_template to chatml, llama-2, alpaca or plain."},
    {"train.no_tokenizer", "These rows are text, but the model has no tokenizer.",
        "Name a folder with a tokenizer in model.tokenizer, or train on tokenised data."},
    {"train.not_finite", "The loss or the gradient of step {step} is not a finite number.",
        "Look at the samples of that step in samples.jsonl; a lower learning rate often helps. "
        "on_nan \"skip\" leaves such steps out and counts them."},
    {"train.overlong_row", "This row has {tokens} tokens.", "Shorten it."},
    {"train.overlong_rows", "{count} rows are longer than data.max_length ({limit}):",
        "Raise data.max_length, or set data.overlong to \"truncate\" or \"drop\"."},

    {"safetensors.damaged", "{path} is not a whole safetensors file: {reason}.",
        "Copy or download the file again."},
};

} // namespace

std::span<const CatalogueEntry> engineErrors() {
    return entries;
}

} // namespace assay::catalogue
