#include "app/assay-cli/job_console.h"
#include "app/assay-cli/job_verbs.h"
#include "app/assay-cli/runs_verbs.h"
#include "app/assay-cli/verbs.h"

#include "core/base/file.h"
#include "core/job/engine_interface.h"
#include "core/job/launch.h"
#include "core/job/prepare_job.h"
#include "core/job/process_identity.h"

#include <cstdio>
#include <memory>

namespace assay {

namespace fs = std::filesystem;

namespace {

struct SpecOptions {
    std::string example;
    std::string check;
};

struct TrainOptions {
    std::string spec;
    std::string job;
    bool detach = false;
    bool quiet = false;
    std::int64_t everySteps = 0;
};

struct RunOptions {
    std::string job;
    bool detach = false;
    bool quiet = false;
    std::int64_t everySteps = 0;
};

Result<TrainSpec> readSpec(const fs::path& path) {
    auto json = readJsonFile(path, JsonComments::Allow);
    if (!json)
        return forward(json);
    return trainSpecFromJson(*json, path.string());
}

Result<void> runSpec(const SpecOptions& options) {
    if (!options.check.empty()) {
        auto spec = readSpec(options.check);
        if (!spec)
            return forward(spec);
        std::printf("%s\n", dumpJson(trainSpecToJson(*spec), 2).c_str());
        return {};
    }
    auto text = exampleSpec(options.example);
    if (!text)
        return forward(text);
    std::fputs(text->c_str(), stdout);
    return {};
}

Result<void> runHere(const fs::path& job, bool quiet, std::int64_t everySteps) {
    auto engine = loadEngine();
    if (!engine)
        return forward(engine);
    const auto work = [&] { return (*engine)->runJob(job, interruptToken()); };
    return quiet ? work() : runWithConsole(job, everySteps, work);
}

Result<void> runDetached(const JobFolder& job) {
    auto pid = launchJob(thisProgram(), job);
    if (!pid)
        return forward(pid);
    std::printf("process %lld works on %s\n", static_cast<long long>(*pid), job.path().c_str());
    return {};
}

void printSnapshot(const JobFolder& job) {
    const auto summary = readSnapshotSummary(job.dataFolder());
    if (!summary)
        return;
    std::fprintf(stderr, "rows in the snapshot: %lld\n", static_cast<long long>(summary->rows));
    if (summary->rejected > 0)
        std::fprintf(stderr,
            "rows that could not be used: %lld; %s lists them with file, line and reason\n",
            static_cast<long long>(summary->rejected),
            (job.dataFolder() / "rejected.jsonl").c_str());
}

Result<void> runTrain(const TrainOptions& options) {
    auto spec = readSpec(options.spec);
    if (!spec)
        return forward(spec);
    // An engine that is not there is better found before a folder is made.
    if (!options.detach)
        if (auto engine = loadEngine(); !engine)
            return forward(engine);
    const fs::path base = fs::absolute(options.spec).parent_path();
    auto job = prepareJob(
        options.job, std::move(*spec), base, terminalProgress("reading rows"), interruptToken());
    if (!job)
        return forward(job);
    if (!options.quiet)
        printSnapshot(*job);
    if (options.detach)
        return runDetached(*job);
    return runHere(job->path(), options.quiet, options.everySteps);
}

Result<void> runRun(const RunOptions& options) {
    auto job = JobFolder::open(options.job);
    if (!job)
        return forward(job);
    if (options.detach)
        return runDetached(*job);
    return runHere(job->path(), options.quiet, options.everySteps);
}

} // namespace

void addTrainVerbs(CLI::App& program) {
    const auto spec = std::make_shared<SpecOptions>();
    CLI::App* specVerb = program.add_subcommand(
        "spec", "Print a training spec with every key explained, or check one");
    auto* example = specVerb->add_option("--example", spec->example, "sft, pretrain or dpo");
    specVerb
        ->add_option(
            "--check", spec->check, "A spec to check; prints it with all defaults filled in")
        ->excludes(example);
    specVerb->require_option(1);
    onRun(*specVerb, [spec] { return runSpec(*spec); });

    const auto train = std::make_shared<TrainOptions>();
    CLI::App* trainVerb
        = program.add_subcommand("train", "Make a job folder from a spec, and run it");
    trainVerb->add_option("--spec", train->spec, "The spec (JSON, // comments allowed)")
        ->required();
    trainVerb->add_option("--job", train->job, "The job folder to make")->required();
    trainVerb->add_flag("--detach", train->detach, "Run it in a process of its own and return");
    trainVerb->add_flag("--quiet", train->quiet, "Print nothing while it runs");
    trainVerb
        ->add_option("--every", train->everySteps,
            "Print a line every so many steps (0: about twenty in all)")
        ->check(CLI::NonNegativeNumber);
    onRun(*trainVerb, [train] { return runTrain(*train); });

    const auto run = std::make_shared<RunOptions>();
    CLI::App* runVerb = program.add_subcommand(
        "run", "Start the job in a folder, or continue it from its last checkpoint");
    runVerb->add_option("job", run->job, "The job folder")->required();
    runVerb->add_flag("--detach", run->detach, "Run it in a process of its own and return");
    runVerb->add_flag("--quiet", run->quiet, "Print nothing while it runs");
    runVerb
        ->add_option(
            "--every", run->everySteps, "Print a line every so many steps (0: about twenty in all)")
        ->check(CLI::NonNegativeNumber);
    onRun(*runVerb, [run] { return runRun(*run); });

    addJobVerbs(program);
    addRunsVerbs(program);
}

} // namespace assay
