#pragma once

#include "core/base/progress.h"
#include "core/job/job_folder.h"

#include <filesystem>
#include <functional>

namespace assay {

/// The jobs of a folder that run one after another. `queue.json` holds their order; a process of
/// its own (`assay-cli queue run FOLDER`) holds `queue.lock` while it works, so there is one runner
/// a folder and it outlives the window. Everyone may change the order at any time; changes take
/// `queue.edit` for an instant. docs/job_folder.md describes the files.
struct JobQueue {
    struct Problem {
        std::string job;
        Error error;
    };
    /// Whether no further job is begun; the one that runs goes on.
    bool paused = false;
    /// Names of job folders, the next one first; the one that runs is the first.
    std::vector<std::string> jobs;
    /// Jobs that could not be run to an end, and why; newest last, a few.
    std::vector<Problem> problems;
};

/// As it stands; an empty queue where there is none.
Result<JobQueue> readQueue(const std::filesystem::path& jobsFolder);
/// Who runs the queue now, or none.
Result<std::optional<JobOwner>> queueOwner(const std::filesystem::path& jobsFolder);

/// At the end. The folder must hold a job that is neither running nor queued already.
Result<void> addToQueue(const std::filesystem::path& jobsFolder, const std::string& job);
/// Takes a job out; one that runs is left running and is followed by the next all the same.
Result<void> removeFromQueue(const std::filesystem::path& jobsFolder, const std::string& job);
/// To place `position` (from 0); a running job keeps the first place.
Result<void> moveInQueue(
    const std::filesystem::path& jobsFolder, const std::string& job, std::int64_t position);
Result<void> setQueuePaused(const std::filesystem::path& jobsFolder, bool paused);
Result<void> clearQueueProblems(const std::filesystem::path& jobsFolder);

/// Starts `program queue run FOLDER` detached where none runs; the id of the process that runs the
/// queue.
Result<std::int64_t> launchQueue(
    const std::filesystem::path& program, const std::filesystem::path& jobsFolder);

/// Works through the queue until it is empty, paused or `stop`ped; a job that runs goes on then. A
/// job that another process already runs is waited for; one that was interrupted is continued.
/// "job.owned" when another process runs the queue. `log` gets a line for everything that happens.
Result<void> runQueue(const std::filesystem::path& program, const std::filesystem::path& jobsFolder,
    const std::function<void(const std::string&)>& log, StopToken stop);

} // namespace assay
