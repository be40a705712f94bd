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

constexpr auto leavingLimit = std::chrono::seconds(2);

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

namespace {

enum class LockState { Free, Held, Unknown };

/// Free or held at this instant; Unknown leaves errno.
LockState lookAtLock(int descriptor) {
    if (::flock(descriptor, LOCK_SH | LOCK_NB) == 0)
        return LockState::Free;
    return errno == EWOULDBLOCK ? LockState::Held : LockState::Unknown;
}

/// Whether the owner is a process of this machine's present start that has ended.
bool isKnownDead(const JobOwner& owner) {
    return owner.pid > 0 && owner.host == hostName() && owner.bootId == bootId()
        && !isProcessAlive(owner.pid);
}

} // namespace

Result<std::optional<JobOwner>> lockOwner(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return fail("file.open", {{"path", file.string()}, {"reason", errnoText(errno)}});
    const auto limit = std::chrono::steady_clock::now() + leavingLimit;
    LockState state = LockState::Unknown;
    int number = 0;
    JobOwner owner;
    for (;;) {
        state = lookAtLock(descriptor);
        number = errno;
        if (state != LockState::Held)
            break;
        owner = readOwner(file);
        // A killed process counts as ended as soon as its first thread has gone, and holds its
        // lock until the last one has; and who has just taken the lock has yet to write its name
        // over that of the one before.
        if (!isKnownDead(owner) || std::chrono::steady_clock::now() > limit)
            break;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ::close(descriptor);
    if (state == LockState::Free)
        return std::optional<JobOwner>();
    if (state == LockState::Unknown)
        return fail("file.open", {{"path", file.string()}, {"reason", errnoText(number)}});
    return std::optional<JobOwner>(owner);
}

} // namespace assay
