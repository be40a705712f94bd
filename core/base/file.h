#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace assay {

/// The whole file as bytes.
Result<std::string> readFile(const std::filesystem::path& path);

/// Writes beside the target, syncs, and renames: readers see the old content or the new, never half
/// of it, and a full disk leaves the old content in place.
Result<void> writeFileAtomically(const std::filesystem::path& path, std::string_view content);

Result<void> makeFolder(const std::filesystem::path& path);
/// Makes a completed rename durable.
Result<void> syncFolder(const std::filesystem::path& path);

/// "no space left on device" and the like, for a message.
std::string errnoText(int number);

/// A read-only memory map; the file must not shrink while it is mapped.
class MappedFile {
public:
    static Result<MappedFile> open(const std::filesystem::path& path);
    MappedFile() = default;
    ~MappedFile();
    MappedFile(MappedFile&& other) noexcept;
    MappedFile& operator=(MappedFile&& other) noexcept;
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    std::span<const std::byte> bytes() const { return {m_data, m_size}; }
    std::string_view text() const { return {reinterpret_cast<const char*>(m_data), m_size}; }

private:
    const std::byte* m_data = nullptr;
    std::size_t m_size = 0;
};

/// An append-only file of lines. Every append is one write of whole lines, checked; `sync` makes it
/// durable.
class AppendFile {
public:
    /// Opens or creates; `keepBytes` >= 0 first cuts the file to that length (resume after a
    /// checkpoint).
    static Result<AppendFile> open(const std::filesystem::path& path, std::int64_t keepBytes = -1);
    AppendFile() = default;
    ~AppendFile();
    AppendFile(AppendFile&& other) noexcept;
    AppendFile& operator=(AppendFile&& other) noexcept;
    AppendFile(const AppendFile&) = delete;
    AppendFile& operator=(const AppendFile&) = delete;

    Result<void> append(std::string_view bytes);
    Result<void> sync();
    std::int64_t size() const { return m_size; }
    const std::filesystem::path& path() const { return m_path; }

private:
    int m_descriptor = -1;
    std::int64_t m_size = 0;
    std::filesystem::path m_path;
};

} // namespace assay
