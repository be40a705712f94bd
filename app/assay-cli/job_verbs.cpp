#include "app/assay-cli/job_verbs.h"

#include "app/assay-cli/verbs.h"

#include "core/job/job_reader.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <thread>

namespace assay {

namespace fs = std::filesystem;

namespace {

struct JobOptions {
    std::string folder;
    bool json = false;
    bool noWait = false;
    double seconds = 60;
};

struct Look {
    JobState state;
    bool alive = false;
    /// The phase for people: a job whose process vanished is "interrupted".
    std::string phase;
};

Result<Look> lookAt(const JobFolder& job) {
    // The owner is asked first: a job that ends in between is then seen as alive with its last
    // state, and not as interrupted.
    auto owner = job.owner();
    if (!owner)
        return forward(owner);
    auto state = job.state();
    if (!state)
        return forward(state);
    Look look{std::move(*state), owner->has_value(), {}};
    look.phase = jobPhaseName(look.state.phase);
    if (!look.alive && look.state.phase != JobPhase::Queued && !isFinal(look.state.phase))
        look.phase = "interrupted";
    return look;
}

Json lookToJson(const JobFolder& job, const Look& look) {
    Json json = jobStateToJson(look.state);
    json["folder"] = job.path().string();
    json["name"] = job.spec().name;
    json["kind"] = job.spec().kind;
    json["alive"] = look.alive;
    json["shown_phase"] = look.phase;
    json["checkpoints"] = job.checkpointSteps();
    return json;
}

void printLook(const JobFolder& job, const Look& look) {
    const JobState& state = look.state;
    std::printf("%s: %s", job.path().c_str(), look.phase.c_str());
    if (state.totalSteps > 0)
        std::printf(", step %lld of %lld (%.0f %%)", static_cast<long long>(state.step),
            static_cast<long long>(state.totalSteps), 100 * state.progress);
    if (look.alive && state.etaSeconds >= 0)
        std::printf(", about %.0f s left", state.etaSeconds);
    if (look.alive)
        std::printf(", process %lld on %s", static_cast<long long>(state.pid), state.host.c_str());
    std::printf("\n");
    if (!state.note.empty())
        std::printf("  %s\n", state.note.c_str());
    if (state.error)
        std::printf("  %s\n  %s\n", message(*state.error).c_str(), remedy(*state.error).c_str());
    if (look.phase == "interrupted")
        std::printf("  its process ended without a word; continue with: assay-cli run %s\n",
            job.path().c_str());
}

Result<void> status(const JobOptions& options) {
    auto job = JobFolder::open(options.folder);
    if (!job)
        return forward(job);
    auto look = lookAt(*job);
    if (!look)
        return forward(look);
    if (options.json)
        std::printf("%s\n", dumpJson(lookToJson(*job, *look)).c_str());
    else
        printLook(*job, *look);
    return {};
}

Result<void> list(const JobOptions& options) {
    Json all = Json::array();
    for (const fs::path& folder : jobFoldersIn(options.folder)) {
        auto job = JobFolder::open(folder);
        auto look = job ? lookAt(*job) : Result<Look>(forward(job));
        if (!look) // one damaged folder must not hide the others
            std::fprintf(
                stderr, "assay-cli: %s: %s\n", folder.c_str(), message(look.error()).c_str());
        else if (options.json)
            all.push_back(lookToJson(*job, *look));
        else
            printLook(*job, *look);
    }
    if (options.json)
        std::printf("%s\n", dumpJson(all).c_str());
    return {};
}

Result<void> control(const JobOptions& options, ControlVerb verb) {
    auto job = JobFolder::open(options.folder);
    if (!job)
        return forward(job);
    JobReader reader(*job);
    auto id = reader.send(verb);
    if (!id)
        return forward(id);
    if (options.noWait)
        return {};
    const std::string name(controlVerbName(verb));
    const auto limit
        = std::chrono::steady_clock::now() + std::chrono::duration<double>(options.seconds);
    while (!interruptToken().stop_requested()) {
        auto look = lookAt(*job);
        if (!look)
            return forward(look);
        const auto answer = std::ranges::find(look->state.acknowledged, *id, &Acknowledgement::id);
        if (answer != look->state.acknowledged.end()) {
            if (answer->outcome != "done")
                return fail("job.refused", {{"command", name}, {"reason", answer->outcome}});
            std::printf("%s: done\n", name.c_str());
            return {};
        }
        if (!look->alive)
            return fail("job.ended_first", {{"command", name}, {"phase", look->phase}});
        if (std::chrono::steady_clock::now() > limit)
            return fail("job.no_answer", {{"command", name}, {"path", options.folder}});
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return fail("cancelled");
}

} // namespace

void addJobVerbs(CLI::App& program) {
    CLI::App* jobs = program.add_subcommand("job", "Look at jobs and control them while they run");
    jobs->require_subcommand(1);
    const auto options = std::make_shared<JobOptions>();

    CLI::App* statusVerb = jobs->add_subcommand("status", "How far a job is");
    statusVerb->add_option("folder", options->folder, "The job folder")->required();
    statusVerb->add_flag("--json", options->json, "Print one JSON object");
    onRun(*statusVerb, [options] { return status(*options); });

    CLI::App* listVerb = jobs->add_subcommand("list", "The jobs in a folder");
    listVerb->add_option("folder", options->folder, "The folder that holds job folders")
        ->required();
    listVerb->add_flag("--json", options->json, "Print a JSON list");
    onRun(*listVerb, [options] { return list(*options); });

    const auto addControl = [&](const char* name, ControlVerb verb, const char* text) {
        CLI::App* controlVerb = jobs->add_subcommand(name, text);
        controlVerb->add_option("folder", options->folder, "The job folder")->required();
        controlVerb->add_flag("--no-wait", options->noWait, "Do not wait for the job's answer");
        controlVerb->add_option("--seconds", options->seconds, "How long to wait for it")
            ->check(CLI::PositiveNumber);
        onRun(*controlVerb, [options, verb] { return control(*options, verb); });
    };
    addControl("pause", ControlVerb::Pause, "Hold the job after its current step");
    addControl("resume", ControlVerb::Resume, "Let a paused job go on");
    addControl("stop", ControlVerb::Stop, "Save a checkpoint and end the job");
    addControl("checkpoint", ControlVerb::CheckpointNow, "Save a checkpoint now and go on");
}

} // namespace assay
