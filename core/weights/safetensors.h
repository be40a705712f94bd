#pragma once

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/weights/tensor.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>

namespace assay {

/// A safetensors file, memory-mapped. Everything the format promises is checked when it is opened:
/// header length, names, types, offsets in order without holes or overlap, nothing behind the last
/// tensor.
class SafetensorsFile {
public:
    static Result<SafetensorsFile> open(const std::filesystem::path& path);
    const std::map<std::string, TensorView>& tensors() const { return m_tensors; }
    const TensorView* find(const std::string& name) const;
    const std::filesystem::path& path() const { return m_path; }
    std::string_view bytes() const { return m_file->text(); }
    const std::shared_ptr<const MappedFile>& file() const { return m_file; }
    /// The header's __metadata__; an object.
    const Json& metadata() const { return m_metadata; }

private:
    std::shared_ptr<const MappedFile> m_file;
    Json m_metadata = Json::object();
    std::filesystem::path m_path;
    std::map<std::string, TensorView> m_tensors;
};

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

/// The same for tensors that are made one at a time: `bytesOf(i)` gives those of `tensors[i]`,
/// whose own `bytes` are not looked at.
Result<void> writeSafetensors(const std::filesystem::path& path,
    std::span<const TensorToWrite> tensors,
    const std::function<Result<std::string>(std::size_t)>& bytesOf);

} // namespace assay
