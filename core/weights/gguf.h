#pragma once

#include "core/weights/weights.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace assay {

/// The types of GGUF's metadata, by their numbers in the file (github ggml-org/ggml, docs/gguf.md).
enum class GgufType : std::uint32_t {
    U8 = 0,
    I8 = 1,
    U16 = 2,
    I16 = 3,
    U32 = 4,
    I32 = 5,
    F32 = 6,
    Bool = 7,
    Text = 8,
    Array = 9,
    U64 = 10,
    I64 = 11,
    F64 = 12
};

/// One value of the metadata, where it stands in the file: long arrays are not copied.
struct GgufValue {
    GgufType type = GgufType::U8; ///< of an array: of its elements
    bool array = false;
    std::uint64_t count = 1;
    std::span<const std::byte> bytes;
};

/// GGUF's number for a type of tensor; -1 where it has none.
int ggmlTypeNumber(TensorType type);

/// A GGUF file of version 2 or 3, memory-mapped. Counts, lengths, types, shapes and places are
/// checked when it is opened; tensors of types that cannot be read are listed with empty bytes.
class GgufFile {
public:
    static Result<GgufFile> open(const std::filesystem::path& path);

    int version() const { return m_version; }
    const std::map<std::string, GgufValue, std::less<>>& values() const { return m_values; }
    /// Under GGUF's own names; shapes rows first.
    const std::vector<TensorView>& tensors() const { return m_tensors; }
    const std::shared_ptr<const MappedFile>& file() const { return m_file; }
    const std::filesystem::path& path() const { return m_path; }

    /// Each is empty where the key is absent or of another type.
    std::optional<std::string_view> text(std::string_view key) const;
    std::optional<std::int64_t> integer(std::string_view key) const;
    std::optional<double> real(std::string_view key) const;
    std::optional<bool> flag(std::string_view key) const;
    std::vector<std::string_view> texts(std::string_view key) const;
    std::vector<std::int64_t> integers(std::string_view key) const;
    std::vector<double> reals(std::string_view key) const;
    /// Scalars and texts, and of an array the number of its elements ("512 strings").
    Json summary() const;

private:
    const GgufValue* find(std::string_view key) const;

    std::shared_ptr<const MappedFile> m_file;
    std::filesystem::path m_path;
    int m_version = 0;
    std::map<std::string, GgufValue, std::less<>> m_values;
    std::vector<TensorView> m_tensors;
};

/// The tensors under GGUF's names; the metadata is the summary.
Result<Weights> openGguf(const std::filesystem::path& path);

} // namespace assay
