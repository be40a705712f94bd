#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace assay {

/// Reads the new whole lines of a file that another process appends to.
class LineTail {
public:
    explicit LineTail(std::filesystem::path file, std::int64_t offset = 0);
    /// Lines (without their end) since the last call, about `maxBytes` of them at most; none while
    /// the file does not exist. A file that became shorter is read again from its beginning; then
    /// `shrank()`.
    Result<std::vector<std::string>> poll(std::int64_t maxBytes = 4 << 20);
    /// Starts again at the file's beginning.
    void restart() { m_offset = 0; }
    /// Whether the last poll found the file shorter than before.
    bool shrank() const { return m_shrank; }
    std::int64_t offset() const { return m_offset; }
    const std::filesystem::path& file() const { return m_file; }

private:
    std::filesystem::path m_file;
    std::int64_t m_offset;
    bool m_shrank = false;
};

} // namespace assay
