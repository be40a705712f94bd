#pragma once

#include "core/job/job_folder.h"

#include <filesystem>
#include <optional>

namespace assay {

/// `flock` on a job's lock file. Held until destroyed or the process ends in whatever way; the
/// file's text says who holds it.
class JobLock {
public:
    /// An error (job.owned, naming pid and host) when another process holds it.
    static Result<JobLock> take(const std::filesystem::path& file);
    JobLock() = default;
    ~JobLock();
    JobLock(JobLock&& other) noexcept;
    JobLock& operator=(JobLock&& other) noexcept;
    JobLock(const JobLock&) = delete;
    JobLock& operator=(const JobLock&) = delete;

private:
    int m_descriptor = -1;
};

/// Who holds the lock now, or none. Waits, two seconds at most, for one that was killed to let go.
Result<std::optional<JobOwner>> lockOwner(const std::filesystem::path& file);

} // namespace assay
