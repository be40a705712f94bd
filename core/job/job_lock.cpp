#include "core/job/job_lock.h"

#include "core/base/file.h"
#include "core/job/process_identity.h"

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// What the holder wrote; empty fields where it has not got that far.
JobOwner readOwner(const fs::path& file) {
    JobOwner owner;
    const auto json = readJsonFile(file);
    if (!json)
        return owner;
    JsonReader reader(*json, file.string());
    reader.readOptional("pid", owner.pid);
    reader.readOptional("host", owner.host);
    reader.readOptional("boot_id", owner.bootId);
    reader.readOptional("since", owner.since);
    return owner;
}

bool writeOwner(int descriptor) {
    const Json json = {{"pid", std::int64_t(::getpid())}, {"host", hostName()},
        {"boot_id", bootId()}, {"since", utcNow()}};
    const std::string text = dumpJson(json) + "\n";
    return ::ftruncate(descriptor, 0) == 0
        && ::pwrite(descriptor, text.data(), text.size(), 0) == ssize_t(text.size());
}

} // namespace

Result<JobLock> JobLock::take(const fs::path& file) {
    JobLock lock;
    lock.m_descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (lock.m_descriptor < 0)
        return fail("file.open", {{"path", file.string()}, {"reason", errnoText(errno)}});
    // Someone who asks who holds the lock takes a shared one for an instant; that must not look
    // like an owner.
    for (int attempt = 0; ::flock(lock.m_descriptor, LOCK_EX | LOCK_NB) != 0; ++attempt) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return fail("file.open", {{"path", file.string()}, {"reason", errnoText(errno)}});
        if (attempt == 10) {
            const JobOwner owner = readOwner(file);
            return fail("job.owned",
                {{"path", file.parent_path().string()}, {"pid", std::to_string(owner.pid)},
                    {"host", owner.host}, {"since", owner.since}});
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    if (!writeOwner(lock.m_descriptor))
        return fail("file.write", {{"path", file.string()}, {"reason", errnoText(errno)}});
    return lock;
}

JobLock::~JobLock() {
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

JobLock::JobLock(JobLock&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)) { }

JobLock& JobLock::operator=(JobLock&& other) noexcept {
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

Result<std::optional<JobOwner>> lockOwner(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return fail("file.open", {{"path", file.string()}, {"reason", errnoText(errno)}});
    const bool isFree = ::flock(descriptor, LOCK_SH | LOCK_NB) == 0;
    const int number = errno;
    ::close(descriptor);
    if (isFree)
        return std::optional<JobOwner>();
    if (number != EWOULDBLOCK)
        return fail("file.open", {{"path", file.string()}, {"reason", errnoText(number)}});
    return std::optional<JobOwner>(readOwner(file));
}

} // namespace assay
