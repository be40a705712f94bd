#include "core/base/error_catalogue.h"

namespace assay::catalogue {

namespace {

constexpr CatalogueEntry entries[] = {
    {"adapter.no_folder", "{path} is not an adapter's folder.",
        "Name a folder that holds adapter_config.json and adapter_model.safetensors."},
    {"adapter.unsupported_type",
        "Adapters of the kind {name} are not supported; supported: {known}.",
        "Merge the adapter into its model with the program that made it, and open the model."},
    {"adapter.unsupported_variant", "LoRA with {name} is not supported.",
        "Merge the adapter into its model with the program that made it, and open the model."},
    {"adapter.tensors", "{path} does not fit its adapter_config.json: {count} tensors are wrong.",
        "Check that both files belong to the same adapter and were copied whole."},
    {"adapter.half_pair", "{name} is no matrix, or the other half of its pair is missing.",
        "Check that the file was copied whole."},
    {"adapter.no_magnitude", "{name} has no lora_magnitude_vector, which DoRA needs.",
        "Check that the file was copied whole."},
    {"adapter.foreign_tensor", "{name} is not part of a LoRA adapter.",
        "Save the adapter again with a program that writes plain LoRA."},
    {"adapter.foreign_module", "The model has no map {name}.",
        "Check that the adapter was made for this model."},
    {"adapter.no_target", "The adapter's targets name no map of the model; it has: {known}.",
        "Name some of these, or all-linear."},
    {"adapter.resized", "{name} has another number of rows than the model's.",
        "Train on with the model that has as many rows."},
    {"adapter.untied",
        "{path} trained input and output embeddings apart, but the model has one table for both.",
        "Merge the adapter into the model first, and train on what comes out."},
    {"adapter.no_base",
        "The model that the adapter {path} belongs to was not found (it names: {base}).",
        "Name the folder of its base model."},
};

} // namespace

std::span<const CatalogueEntry> adapterErrors() {
    return entries;
}

} // namespace assay::catalogue
