#include "core/base/file.h"
#include "core/job/launch.h"
#include "core/job/process_identity.h"
#include "core/job/queue_steps.h"

#include <chrono>
#include <thread>

namespace assay {

namespace fs = std::filesystem;

namespace {

constexpr auto lookEvery = std::chrono::milliseconds(100);

void sleepUnlessStopped(const StopToken& stop) {
    if (!stop.stop_requested())
        std::this_thread::sleep_for(lookEvery);
}

/// Waits until nobody holds the job. False when told to stop first.
Result<bool> waitUntilFree(const JobFolder& job, const StopToken& stop) {
    for (;;) {
        auto owner = job.owner();
        if (!owner)
            return forward(owner);
        if (!*owner)
            return true;
        if (stop.stop_requested())
            return false;
        sleepUnlessStopped(stop);
    }
}

/// Runs one job of the queue to its end. False when told to stop first: the job goes on then.
Result<bool> runOne(const fs::path& program, const JobFolder& job, const StopToken& stop) {
    auto free = waitUntilFree(job, stop); // another process, or a runner before this one, began it
    if (!free || !*free)
        return free;
    auto state = job.state();
    if (!state)
        return forward(state);
    if (isFinal(state->phase))
        return true;
    auto pid = launchJob(program, job);
    if (!pid)
        return forward(pid);
    free = waitUntilFree(job, stop);
    if (!free || !*free)
        return free;
    state = job.state();
    if (!state)
        return forward(state);
    if (!isFinal(state->phase))
        return fail("queue.vanished", {{"path", job.path().string()}});
    return true;
}

} // namespace

Result<std::int64_t> launchQueue(const fs::path& program, const fs::path& jobs) {
    auto owner = queueOwner(jobs);
    if (!owner)
        return forward(owner);
    if (*owner)
        return (*owner)->pid;
    const fs::path log = jobs / "queue.log";
    auto pid = launchDetached({program.string(), "queue", "run", jobs.string()}, log);
    if (!pid)
        return pid;
    // It is there once it holds the lock; a short queue may be done by then.
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (isProcessAlive(*pid) && std::chrono::steady_clock::now() < limit) {
        owner = queueOwner(jobs);
        if (!owner)
            return forward(owner);
        if (*owner)
            return (*owner)->pid;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    auto queue = readQueue(jobs);
    if (queue && !queue->jobs.empty() && !queue->paused) {
        owner = queueOwner(jobs);
        if (owner && *owner)
            return (*owner)->pid;
        return fail("job.start",
            {{"reason", "the process of the queue ended at once"}, {"log", log.string()}});
    }
    return pid;
}

Result<void> runQueue(const fs::path& program, const fs::path& jobs,
    const std::function<void(const std::string&)>& log, StopToken stop) {
    if (auto made = makeFolder(jobs); !made)
        return made;
    auto taken = JobLock::take(jobs / "queue.lock");
    if (!taken)
        return forward(taken);
    std::optional<JobLock> runner(std::move(*taken));
    while (!stop.stop_requested()) {
        auto next = nextInQueue(jobs, runner);
        if (!next)
            return forward(next);
        if (!*next)
            return {};
        const std::string& name = **next;
        auto job = JobFolder::open(jobs / name);
        log("begins " + name);
        auto ended = job ? runOne(program, *job, stop) : Result<bool>(forward(job));
        if (ended && !*ended)
            return {}; // told to stop
        if (!ended) {
            log(name + ": " + message(ended.error()));
            if (auto noted = noteQueueProblem(jobs, name, ended.error()); !noted)
                return noted;
            continue;
        }
        auto state = job->state();
        log(name + ": " + std::string(state ? jobPhaseName(state->phase) : "ended"));
        // Taken out by someone meanwhile: nothing is left to do.
        if (auto removed = removeFromQueue(jobs, name);
            !removed && removed.error().code != "queue.absent")
            return removed;
    }
    return {};
}

} // namespace assay
