#pragma once

#include "core/base/file.h"
#include "core/base/json.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace assay {

enum class TensorType { F32, F16, Bf16, I64, Other };

/// A tensor inside a mapped file: no bytes are copied.
struct TensorView {
    std::string name;
    TensorType type = TensorType::Other;
    std::string typeName; ///< as spelled in the file
    std::vector<std::int64_t> shape;
    std::span<const std::byte> bytes;
    std::int64_t elements() const;
};

/// A safetensors file, memory-mapped. Everything the format promises is checked when it is opened:
/// header length, names, types, offsets in order without holes or overlap, nothing behind the last
/// tensor.
class SafetensorsFile {
public:
    static Result<SafetensorsFile> open(const std::filesystem::path& path);
    const std::map<std::string, TensorView>& tensors() const { return m_tensors; }
    const TensorView* find(const std::string& name) const;
    const std::filesystem::path& path() const { return m_path; }
    std::string_view bytes() const { return m_file.text(); }

private:
    MappedFile m_file;
    std::filesystem::path m_path;
    std::map<std::string, TensorView> m_tensors;
};

/// Converts to fp32; `out` must have as many elements. False for types that hold no real numbers.
bool toFloats(const TensorView& tensor, std::span<float> out);

/// A tensor to be written.
struct TensorToWrite {
    std::string name;
    TensorType type = TensorType::F32;
    std::vector<std::int64_t> shape;
    std::span<const std::byte> bytes;
};

/// Writes beside the target, syncs and renames. Metadata is {"format":"pt"}, which transformers
/// expects.
Result<void> writeSafetensors(
    const std::filesystem::path& path, std::span<const TensorToWrite> tensors);

} // namespace assay
