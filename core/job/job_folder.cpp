#include "core/job/job_folder.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/job/job_lock.h"

#include <algorithm>
#include <charconv>

namespace assay {

namespace fs = std::filesystem;

namespace {

void makeAbsolute(std::string& path, const fs::path& base) {
    if (!path.empty())
        path = fs::absolute(base / path).lexically_normal().string();
}

} // namespace

void resolvePaths(TrainSpec& spec, const fs::path& base) {
    makeAbsolute(spec.model.path, base);
    makeAbsolute(spec.model.tokenizer, base);
    makeAbsolute(spec.adapter.start, base);
    makeAbsolute(spec.data.project, base);
    makeAbsolute(spec.data.tokenized, base);
    for (std::string& file : spec.data.files)
        makeAbsolute(file, base);
}

Result<JobFolder> JobFolder::create(const fs::path& folder, TrainSpec spec, const fs::path& base) {
    std::error_code problem;
    if (fs::exists(folder, problem)
        && !(fs::is_directory(folder, problem) && fs::is_empty(folder, problem)))
        return fail("job.folder_taken", {{"path", folder.string()}});
    resolvePaths(spec, base);
    JobFolder job;
    job.m_path = fs::absolute(folder).lexically_normal();
    if (auto made = makeFolder(job.dataFolder()); !made)
        return forward(made);
    if (auto made = makeFolder(job.checkpointsFolder()); !made)
        return forward(made);
    const std::string text = dumpJson(trainSpecToJson(spec), 2) + "\n";
    JobState state;
    state.specHash = contentHash(text);
    state.heartbeat = utcNow();
    if (auto written = writeFileAtomically(job.lockFile(), ""); !written)
        return forward(written);
    if (auto written
        = writeFileAtomically(job.stateFile(), dumpJson(jobStateToJson(state), 2) + "\n");
        !written)
        return forward(written);
    // spec.json comes last: a folder that has one is a job folder.
    if (auto written = writeFileAtomically(job.specFile(), text); !written)
        return forward(written);
    return open(folder);
}

Result<JobFolder> JobFolder::open(const fs::path& folder) {
    JobFolder job;
    job.m_path = fs::absolute(folder).lexically_normal();
    std::error_code problem;
    if (!fs::exists(job.specFile(), problem))
        return fail("job.no_folder", {{"path", folder.string()}});
    auto text = readFile(job.specFile());
    if (!text)
        return forward(text);
    auto json = parseJson(*text, job.specFile().string());
    if (!json)
        return forward(json);
    auto spec = trainSpecFromJson(*json, job.specFile().string());
    if (!spec)
        return forward(spec);
    auto state = job.state();
    if (!state)
        return forward(state);
    if (!state->specHash.empty() && state->specHash != contentHash(*text))
        return fail("job.spec_changed", {{"path", job.specFile().string()}});
    job.m_spec = std::move(*spec);
    return job;
}

fs::path JobFolder::checkpointFolder(std::int64_t step) const {
    return checkpointsFolder() / ("step-" + std::to_string(step));
}

Result<JobState> JobFolder::state() const {
    auto json = readJsonFile(stateFile());
    if (!json)
        return forward(json);
    return jobStateFromJson(*json, stateFile().string());
}

Result<std::optional<JobOwner>> JobFolder::owner() const {
    return lockOwner(lockFile());
}

std::vector<std::int64_t> JobFolder::checkpointSteps() const {
    std::vector<std::int64_t> steps;
    std::error_code problem;
    for (const fs::directory_entry& entry : fs::directory_iterator(checkpointsFolder(), problem)) {
        const std::string name = entry.path().filename().string();
        constexpr std::string_view prefix = "step-";
        std::int64_t step = 0;
        const char* end = name.data() + name.size();
        if (!name.starts_with(prefix))
            continue;
        const auto parsed = std::from_chars(name.data() + prefix.size(), end, step);
        if (parsed.ec == std::errc() && parsed.ptr == end)
            steps.push_back(step);
    }
    std::ranges::sort(steps);
    return steps;
}

std::vector<fs::path> jobFoldersIn(const fs::path& parent) {
    std::vector<fs::path> folders;
    std::error_code problem;
    for (const fs::directory_entry& entry : fs::directory_iterator(parent, problem)) {
        std::error_code ignored;
        if (fs::exists(entry.path() / "spec.json", ignored)
            && fs::exists(entry.path() / "lock", ignored))
            folders.push_back(entry.path());
    }
    std::ranges::sort(folders);
    return folders;
}

} // namespace assay
