#include "core/job/line_tail.h"

#include "core/base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace assay {

LineTail::LineTail(std::filesystem::path file, std::int64_t offset)
    : m_file(std::move(file))
    , m_offset(offset) { }

Result<std::vector<std::string>> LineTail::poll(std::int64_t maxBytes) {
    m_shrank = false;
    const int descriptor = ::open(m_file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        if (errno == ENOENT)
            return std::vector<std::string>();
        return fail("file.open", {{"path", m_file.string()}, {"reason", errnoText(errno)}});
    }
    struct Closer {
        int descriptor;
        ~Closer() { ::close(descriptor); }
    } closer{descriptor};
    struct stat info { };
    if (::fstat(descriptor, &info) != 0)
        return fail("file.read", {{"path", m_file.string()}, {"reason", errnoText(errno)}});
    m_shrank = info.st_size < m_offset;
    if (m_shrank)
        m_offset = 0;
    std::vector<std::string> lines;
    std::string pending;
    std::int64_t taken = 0;
    char buffer[1 << 16];
    // One line longer than the limit is still read whole, or reading would never get past it.
    while (taken < maxBytes || lines.empty()) {
        const ssize_t count
            = ::pread(descriptor, buffer, sizeof buffer, m_offset + std::int64_t(pending.size()));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return fail("file.read", {{"path", m_file.string()}, {"reason", errnoText(errno)}});
        if (count == 0)
            break;
        pending.append(buffer, std::size_t(count));
        taken += count;
        std::size_t begin = 0;
        for (std::size_t end; (end = pending.find('\n', begin)) != std::string::npos;
             begin = end + 1)
            lines.push_back(pending.substr(begin, end - begin));
        pending.erase(0, begin);
        m_offset += std::int64_t(begin);
    }
    return lines;
}

} // namespace assay
