#include "core/data/exporters/atomic_output.h"

#include "core/base/file.h"

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace assay::exporting {

namespace {
constexpr std::size_t blockSize = 256 << 10;
}

Result<AtomicOutput> AtomicOutput::create(const std::filesystem::path& path) {
    static std::atomic<int> count = 0;
    AtomicOutput output;
    output.m_path = path;
    output.m_temporary
        = path.string() + ".part-" + std::to_string(::getpid()) + "-" + std::to_string(++count);
    output.m_descriptor
        = ::open(output.m_temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (output.m_descriptor < 0)
        return output.failure(errno);
    return output;
}

AtomicOutput::~AtomicOutput() {
    if (m_descriptor < 0)
        return;
    ::close(m_descriptor);
    ::unlink(m_temporary.c_str());
}

AtomicOutput::AtomicOutput(AtomicOutput&& other) noexcept {
    *this = std::move(other);
}

AtomicOutput& AtomicOutput::operator=(AtomicOutput&& other) noexcept {
    std::swap(m_path, other.m_path);
    std::swap(m_temporary, other.m_temporary);
    std::swap(m_buffer, other.m_buffer);
    std::swap(m_bytes, other.m_bytes);
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

tl::unexpected<Error> AtomicOutput::failure(int number) const {
    return fail("file.write", {{"path", m_path.string()}, {"reason", errnoText(number)}});
}

Result<void> AtomicOutput::write(std::string_view bytes) {
    m_buffer += bytes;
    m_bytes += std::int64_t(bytes.size());
    return m_buffer.size() < blockSize ? Result<void>() : flush();
}

Result<void> AtomicOutput::flush() {
    std::string_view rest = m_buffer;
    while (!rest.empty()) {
        const ssize_t written = ::write(m_descriptor, rest.data(), rest.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return failure(errno);
        rest.remove_prefix(std::size_t(written));
    }
    m_buffer.clear();
    return {};
}

Result<void> AtomicOutput::commit() {
    if (m_descriptor < 0)
        return fail("export.finished", {{"path", m_path.string()}});
    if (auto done = flush(); !done)
        return done;
    if (::fsync(m_descriptor) != 0 || ::rename(m_temporary.c_str(), m_path.c_str()) != 0)
        return failure(errno);
    ::close(std::exchange(m_descriptor, -1));
    return syncFolder(m_path.has_parent_path() ? m_path.parent_path() : std::filesystem::path("."));
}

} // namespace assay::exporting
