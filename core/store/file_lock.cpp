#include "core/store/file_lock.h"

#include "core/base/file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace assay {

Result<std::optional<FileLock>> FileLock::tryAcquire(const std::filesystem::path& path) {
    for (;;) {
        const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (descriptor < 0)
            return fail("file.write", {{"path", path.string()}, {"reason", errnoText(errno)}});
        FileLock lock;
        lock.m_descriptor = descriptor;
        lock.m_path = path;
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            const int number = errno;
            if (number == EWOULDBLOCK)
                return std::optional<FileLock>();
            return fail("file.write", {{"path", path.string()}, {"reason", errnoText(number)}});
        }
        // The holder before may have removed the file after we opened it: then the lock is on
        // nothing.
        struct stat here { };
        struct stat there { };
        if (::fstat(descriptor, &here) == 0 && ::stat(path.c_str(), &there) == 0
            && here.st_ino == there.st_ino && here.st_dev == there.st_dev)
            return std::optional<FileLock>(std::move(lock));
    }
}

FileLock::~FileLock() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<void> FileLock::write(const std::string& content) {
    if (::ftruncate(m_descriptor, 0) != 0
        || ::pwrite(m_descriptor, content.data(), content.size(), 0) != ssize_t(content.size()))
        return fail("file.write", {{"path", m_path.string()}, {"reason", errnoText(errno)}});
    return {};
}

void FileLock::removeFile() {
    ::unlink(m_path.c_str());
}

} // namespace assay
