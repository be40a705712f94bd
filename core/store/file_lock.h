#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <optional>
#include <utility>

namespace assay {

/// An flock on a file, held by this object and released by the kernel when the process ends in
/// whatever way.
class FileLock {
public:
    /// No value when somebody else holds it. The file is made when it is missing.
    static Result<std::optional<FileLock>> tryAcquire(const std::filesystem::path& path);

    FileLock() = default;
    ~FileLock();
    FileLock(FileLock&& other) noexcept
        : m_descriptor(std::exchange(other.m_descriptor, -1))
        , m_path(std::move(other.m_path)) { }
    FileLock& operator=(FileLock&& other) noexcept {
        std::swap(m_descriptor, other.m_descriptor);
        std::swap(m_path, other.m_path);
        return *this;
    }
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

    /// Replaces the file's content: who holds the lock, for a message.
    Result<void> write(const std::string& content);
    /// Removes the file while it is still locked.
    void removeFile();

private:
    int m_descriptor = -1;
    std::filesystem::path m_path;
};

} // namespace assay
