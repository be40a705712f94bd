#include "core/job/job_queue.h"

#include "core/base/error_json.h"
#include "core/base/file.h"
#include "core/job/queue_steps.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace assay {

namespace fs = std::filesystem;

namespace {

constexpr int version = 1;
constexpr std::size_t keptProblems = 10;

fs::path queueFile(const fs::path& jobs) {
    return jobs / "queue.json";
}
fs::path editLock(const fs::path& jobs) {
    return jobs / "queue.edit";
}

/// Held while the file is read, changed and written. Others hold it for milliseconds.
Result<JobLock> takeEditLock(const fs::path& jobs) {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    for (;;) {
        auto lock = JobLock::take(editLock(jobs));
        if (lock || lock.error().code != "job.owned" || std::chrono::steady_clock::now() > limit)
            return lock;
    }
}

Result<void> writeQueue(const fs::path& jobs, const JobQueue& queue) {
    Json json = {{"version", version}, {"paused", queue.paused}, {"jobs", queue.jobs},
        {"problems", Json::array()}};
    for (const JobQueue::Problem& problem : queue.problems)
        json["problems"].push_back({{"job", problem.job}, {"error", errorToJson(problem.error)}});
    return writeFileAtomically(queueFile(jobs), dumpJson(json, 2) + "\n");
}

Result<void> changeQueue(
    const fs::path& jobs, const std::function<Result<void>(JobQueue&)>& change) {
    if (auto made = makeFolder(jobs); !made)
        return made;
    auto lock = takeEditLock(jobs);
    if (!lock)
        return forward(lock);
    auto queue = readQueue(jobs);
    if (!queue)
        return forward(queue);
    if (auto changed = change(*queue); !changed)
        return changed;
    return writeQueue(jobs, *queue);
}

Result<std::vector<std::string>::iterator> findJob(JobQueue& queue, const std::string& job) {
    const auto found = std::ranges::find(queue.jobs, job);
    if (found == queue.jobs.end())
        return fail("queue.absent", {{"job", job}});
    return found;
}

} // namespace

Result<JobQueue> readQueue(const fs::path& jobs) {
    JobQueue queue;
    std::error_code ignored;
    if (!fs::exists(queueFile(jobs), ignored))
        return queue;
    auto json = readJsonFile(queueFile(jobs));
    if (!json)
        return forward(json);
    JsonReader reader(*json, queueFile(jobs).string());
    int found = 0;
    reader.read("version", found);
    reader.readOptional("paused", queue.paused);
    reader.readOptional("jobs", queue.jobs);
    if (const Json* problems = reader.optional("problems"); problems && problems->is_array())
        for (const Json& item : *problems) {
            JsonReader inner(item, reader.place());
            JobQueue::Problem& problem = queue.problems.emplace_back();
            inner.read("job", problem.job);
            if (const Json* error = inner.required("error"))
                problem.error = errorFromJson(*error);
            for (Error& trouble : inner.takeProblems())
                reader.report(std::move(trouble));
        }
    if (found != version)
        reader.report(Error("json.value",
            {{"key", "version"}, {"reason", "this program knows " + std::to_string(version)}}));
    if (auto done = reader.finish(); !done)
        return forward(done);
    return queue;
}

Result<std::optional<JobOwner>> queueOwner(const fs::path& jobs) {
    std::error_code ignored;
    if (!fs::exists(jobs / "queue.lock", ignored))
        return std::optional<JobOwner>();
    return lockOwner(jobs / "queue.lock");
}

Result<void> addToQueue(const fs::path& jobs, const std::string& job) {
    auto folder = JobFolder::open(jobs / job);
    if (!folder)
        return forward(folder);
    auto owner = folder->owner();
    if (!owner)
        return forward(owner);
    if (*owner)
        return fail("job.owned",
            {{"path", folder->path().string()}, {"pid", std::to_string((*owner)->pid)},
                {"host", (*owner)->host}, {"since", (*owner)->since}});
    return changeQueue(jobs, [&](JobQueue& queue) -> Result<void> {
        if (std::ranges::find(queue.jobs, job) != queue.jobs.end())
            return fail("queue.twice", {{"job", job}});
        queue.jobs.push_back(job);
        return {};
    });
}

Result<void> removeFromQueue(const fs::path& jobs, const std::string& job) {
    return changeQueue(jobs, [&](JobQueue& queue) -> Result<void> {
        auto found = findJob(queue, job);
        if (!found)
            return forward(found);
        queue.jobs.erase(*found);
        return {};
    });
}

Result<void> moveInQueue(const fs::path& jobs, const std::string& job, std::int64_t position) {
    return changeQueue(jobs, [&](JobQueue& queue) -> Result<void> {
        auto found = findJob(queue, job);
        if (!found)
            return forward(found);
        queue.jobs.erase(*found);
        // Before one that runs there is no place: it has begun.
        std::int64_t first = 0;
        if (!queue.jobs.empty())
            if (auto running = JobFolder::open(jobs / queue.jobs.front()))
                if (auto owner = running->owner(); owner && *owner)
                    first = 1;
        const auto at = std::clamp<std::int64_t>(position, first, std::int64_t(queue.jobs.size()));
        queue.jobs.insert(queue.jobs.begin() + at, job);
        return {};
    });
}

Result<void> setQueuePaused(const fs::path& jobs, bool paused) {
    return changeQueue(jobs, [&](JobQueue& queue) -> Result<void> {
        queue.paused = paused;
        return {};
    });
}

Result<void> clearQueueProblems(const fs::path& jobs) {
    return changeQueue(jobs, [](JobQueue& queue) -> Result<void> {
        queue.problems.clear();
        return {};
    });
}

Result<void> noteQueueProblem(const fs::path& jobs, const std::string& job, const Error& error) {
    return changeQueue(jobs, [&](JobQueue& queue) -> Result<void> {
        std::erase(queue.jobs, job);
        queue.problems.push_back({job, error});
        if (queue.problems.size() > keptProblems)
            queue.problems.erase(queue.problems.begin());
        return {};
    });
}

Result<std::optional<std::string>> nextInQueue(
    const fs::path& jobs, std::optional<JobLock>& runner) {
    auto lock = takeEditLock(jobs);
    if (!lock)
        return forward(lock);
    auto queue = readQueue(jobs);
    if (!queue)
        return forward(queue);
    if (!queue->paused && !queue->jobs.empty())
        return std::optional<std::string>(queue->jobs.front());
    // Given up while nobody can add: who adds afterwards finds no runner and starts one.
    runner.reset();
    return std::optional<std::string>();
}

} // namespace assay
