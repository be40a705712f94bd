#pragma once

#include "core/job/job_lock.h"
#include "core/job/job_queue.h"

namespace assay {

// What only the process that runs the queue does to it.

/// The job to run next. None when the queue is empty or paused; `runner` is given up then, while
/// nobody can add: who adds afterwards finds no runner and starts one.
Result<std::optional<std::string>> nextInQueue(
    const std::filesystem::path& jobsFolder, std::optional<JobLock>& runner);
/// Takes the job out and keeps why it could not be run to an end.
Result<void> noteQueueProblem(
    const std::filesystem::path& jobsFolder, const std::string& job, const Error& error);

} // namespace assay
