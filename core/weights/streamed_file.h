#pragma once

#include "core/base/file.h"

namespace assay {

/// A large file that is written piece by piece beside its place and takes it only when whole; left
/// unfinished, it leaves nothing behind.
class StreamedFile {
public:
    static Result<StreamedFile> create(const std::filesystem::path& path);
    StreamedFile(StreamedFile&& other) noexcept;
    StreamedFile& operator=(StreamedFile&&) = delete;
    ~StreamedFile();

    Result<void> append(std::string_view bytes) { return m_file.append(bytes); }
    /// Syncs and renames.
    Result<void> finish();

private:
    StreamedFile() = default;
    std::filesystem::path m_path;
    std::filesystem::path m_temporary; ///< empty once it is finished
    AppendFile m_file;
};

} // namespace assay
