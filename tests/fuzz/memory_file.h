#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace assay::fuzz {

/// A file that lives in memory and has a path.
class MemoryFile {
public:
    explicit MemoryFile(std::string_view bytes)
        : m_descriptor(::memfd_create("fuzz", MFD_CLOEXEC)) {
        for (std::size_t at = 0; at < bytes.size();) {
            const auto written = ::write(m_descriptor, bytes.data() + at, bytes.size() - at);
            if (written <= 0)
                break;
            at += std::size_t(written);
        }
    }
    ~MemoryFile() { ::close(m_descriptor); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    std::filesystem::path path() const { return "/proc/self/fd/" + std::to_string(m_descriptor); }

private:
    int m_descriptor;
};

} // namespace assay::fuzz
