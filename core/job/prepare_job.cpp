#include "core/job/prepare_job.h"

#include "core/base/file.h"
#include "core/text/tokenizer_files.h"

#include <unistd.h>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// What can be found missing before any row is read.
Result<void> checkInputs(const TrainSpec& spec) {
    std::vector<Error> problems;
    const auto require = [&](const fs::path& path) {
        std::error_code ignored;
        if (!fs::exists(path, ignored))
            problems.push_back(Error("file.missing", {{"path", path.string()}}));
    };
    if (!spec.model.path.empty())
        require(fs::path(spec.model.path) / "config.json");
    if (!spec.model.tokenizer.empty() && !hasTokenizerFiles(spec.model.tokenizer))
        problems.push_back(Error("text.no_tokenizer", {{"path", spec.model.tokenizer}}));
    if (!spec.adapter.start.empty())
        require(fs::path(spec.adapter.start) / "adapter_config.json");
    if (!spec.data.project.empty())
        require(spec.data.project);
    if (!spec.data.tokenized.empty())
        require(spec.data.tokenized);
    for (const std::string& file : spec.data.files)
        require(file);
    if (problems.empty())
        return {};
    if (problems.size() == 1)
        return fail(std::move(problems.front()));
    Error all("several", {{"count", std::to_string(problems.size())}});
    all.details = std::move(problems);
    return fail(std::move(all));
}

Result<void> fill(const fs::path& folder, const TrainSpec& spec, const fs::path& base,
    const ProgressFunction& progress, StopToken stop) {
    auto job = JobFolder::create(folder, spec, base);
    if (!job)
        return forward(job);
    if (auto snapshot = makeSnapshot(job->spec(), job->dataFolder(), progress, stop); !snapshot)
        return forward(snapshot);
    return {};
}

} // namespace

Result<JobFolder> prepareJob(const fs::path& folder, TrainSpec spec, const fs::path& base,
    const ProgressFunction& progress, StopToken stop) {
    resolvePaths(spec, base);
    if (spec.name.empty()) {
        const std::string now = utcNow(); // "2026-01-31T12:00:.."
        spec.name = spec.kind + " " + now.substr(0, 10) + " " + now.substr(11, 5) + " UTC";
    }
    if (auto checked = checkInputs(spec); !checked)
        return forward(checked);
    const fs::path target = fs::absolute(folder).lexically_normal();
    std::error_code problem;
    if (fs::exists(target, problem)
        && !(fs::is_directory(target, problem) && fs::is_empty(target, problem)))
        return fail("job.folder_taken", {{"path", folder.string()}});
    if (auto made = makeFolder(target.parent_path()); !made)
        return forward(made);
    const fs::path temporary = target.parent_path()
        / ("." + target.filename().string() + ".part-" + std::to_string(::getpid()));
    auto filled = fill(temporary, spec, base, progress, stop);
    if (filled) {
        fs::rename(temporary, target, problem);
        if (problem)
            filled = fail("file.write", {{"path", target.string()}, {"reason", problem.message()}});
    }
    if (!filled) {
        fs::remove_all(temporary, problem);
        return forward(filled);
    }
    if (auto synced = syncFolder(target.parent_path()); !synced)
        return forward(synced);
    return JobFolder::open(target);
}

} // namespace assay
