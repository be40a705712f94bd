#pragma once

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/weights/tensor.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace assay {

enum class WeightFormat { Safetensors, Pickle, Gguf, Llama2c };
/// "safetensors", "PyTorch", "GGUF", "llama2.c".
std::string_view weightFormatName(WeightFormat format);

/// The named tensors of a model, whatever file they lie in: memory-mapped, read or de-quantised
/// when `toFloats` asks for them. Copies share the maps.
class Weights {
public:
    Weights() = default;
    /// Two tensors of one name are an error. The bytes of the tensors must lie in `files`.
    static Result<Weights> of(WeightFormat format, const std::filesystem::path& path,
        std::vector<TensorView> tensors, std::vector<std::shared_ptr<const MappedFile>> files);

    WeightFormat format() const { return m_format; }
    /// The file or folder that was opened, for messages.
    const std::filesystem::path& path() const { return m_path; }
    /// In ascending order of their names.
    const std::vector<TensorView>& tensors() const { return m_tensors; }
    const TensorView* find(std::string_view name) const;
    /// The files' whole bytes, in a fixed order: what a model is known by.
    const std::vector<std::shared_ptr<const MappedFile>>& files() const { return m_files; }
    /// Elements of all tensors.
    std::int64_t elements() const;

    /// What the file says beside its tensors: safetensors' metadata, the plain values of a PyTorch
    /// file. An object.
    Json metadata = Json::object();

private:
    WeightFormat m_format = WeightFormat::Safetensors;
    std::filesystem::path m_path;
    std::vector<TensorView> m_tensors;
    std::vector<std::shared_ptr<const MappedFile>> m_files;
};

/// A safetensors file; every promise of the format is checked (see safetensors.h).
Result<Weights> openSafetensors(const std::filesystem::path& path);
/// The shards that a *.index.json lists, safetensors or PyTorch's; missing files and tensors are
/// listed together.
Result<Weights> openShards(const std::filesystem::path& path);

/// A file of torch.save (.bin, .pt, .pth; zip or the older form), read without running anything
/// that stands in it. Of a checkpoint the model's part is taken ("model", "state_dict", ..),
/// without the prefixes of wrappers; plain values beside it go into the metadata.
Result<Weights> openPyTorch(const std::filesystem::path& path);

/// llama2.c's .bin of version 0, 1 or 2, under the names of a Hugging Face Llama; the header's
/// numbers are the metadata.
Result<Weights> openLlama2c(const std::filesystem::path& path);
/// Whether a file begins like one; version 0 has no mark of its own.
bool looksLikeLlama2c(std::span<const std::byte> bytes);

/// Where the weights of a model folder lie: model.safetensors, model.safetensors.index.json,
/// pytorch_model.bin, pytorch_model.bin.index.json, else its only *.safetensors or *.gguf file.
/// Empty where there are none.
std::filesystem::path weightsFileOf(const std::filesystem::path& folder);

/// The weights of a folder or a file, whose kind is found by its content, not by its name.
Result<Weights> openWeights(const std::filesystem::path& path);

} // namespace assay
