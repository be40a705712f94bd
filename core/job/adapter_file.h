#pragma once

#include "core/job/adapter_config.h"
#include "core/weights/weights.h"

namespace assay {

/// What a tensor of an adapter's file is to its module.
enum class AdapterPart {
    Down, ///< lora_A [rank, in]
    Up, ///< lora_B [out, rank]
    Magnitude, ///< lora_magnitude_vector [out], DoRA's lengths
    Whole ///< a parameter of the base, trained and stored whole
};

struct AdapterTensor {
    AdapterPart part = AdapterPart::Whole;
    /// The module that it belongs to; of a Whole one, the parameter's full name.
    std::string module;
    std::size_t index = 0; ///< into Weights::tensors()
};

/// An adapter's folder: its configuration and its mapped tensors.
struct AdapterFile {
    std::filesystem::path folder;
    AdapterConfig config;
    Weights weights;
    std::vector<AdapterTensor> tensors;

    const TensorView& view(const AdapterTensor& tensor) const {
        return weights.tensors()[tensor.index];
    }
    const TensorView* find(AdapterPart part, const std::string& module) const;
    /// Every module with a low-rank pair, once, in the file's order.
    std::vector<std::string> modules() const;
    std::int64_t parameters() const { return weights.elements(); }
};

/// Opens adapter_model.safetensors (or .bin) beside adapter_config.json. Names are PEFT's, with or
/// without the adapter's own name in them. Tensors of other kinds of adapters and pairs of which
/// one half is missing are listed as one error.
Result<AdapterFile> openAdapter(const std::filesystem::path& folder);

/// "base_model.model.MODULE.lora_A.weight" and so on.
std::string adapterTensorName(AdapterPart part, const std::string& module);

/// What an adapter is, without its base: kind, rank, scale, targets, parameters, layers.
Json describeAdapter(const AdapterFile& file);

/// The adapters in a folder: itself, else its sub-folders, which PEFT names after the adapters.
std::vector<std::filesystem::path> adaptersIn(const std::filesystem::path& folder);

/// Adapters of a model that lie in its folder, or beside it and name it.
std::vector<std::filesystem::path> adaptersBeside(const std::filesystem::path& model);

/// The folder of the model that an adapter belongs to: `wanted` where it is given, else the one
/// that adapter_config.json names, as it stands, from the adapter's folder, or around it.
Result<std::filesystem::path> baseFolderOf(
    const std::filesystem::path& adapter, const std::filesystem::path& wanted);

} // namespace assay
