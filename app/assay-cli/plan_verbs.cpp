#include "app/assay-cli/plan_verbs.h"

#include "app/assay-cli/verbs.h"

#include "core/base/file.h"
#include "core/job/job_queue.h"
#include "core/job/plan_run.h"
#include "core/job/process_identity.h"

#include <cstdio>
#include <memory>
#include <thread>

namespace assay {

namespace fs = std::filesystem;

namespace {

struct PlanOptions {
    std::string spec;
    bool json = false;
    bool measure = false;
    std::int64_t row = -1;
    std::string problem;
    std::int64_t count = 3;
};

struct QueueOptions {
    std::string folder;
    std::string job;
    std::int64_t position = 0;
    bool json = false;
    bool start = false;
};

Result<std::unique_ptr<RunPlan>> planOf(const PlanOptions& options) {
    auto json = readJsonFile(options.spec, JsonComments::Allow);
    if (!json)
        return forward(json);
    auto spec = trainSpecFromJson(*json, options.spec);
    if (!spec)
        return forward(spec);
    return RunPlan::make(std::move(*spec), fs::absolute(options.spec).parent_path(),
        terminalProgress("reading rows"), terminalProgress("tokenising"), interruptToken());
}

double mib(double bytes) {
    return bytes / (1024 * 1024);
}

void printEstimate(const SpecEstimate& estimate, const std::optional<Measurement>& measured) {
    for (const MemoryPart& part : estimate.memory)
        std::printf(
            "%-12s %9.1f MiB   %s\n", part.key.c_str(), mib(part.bytes), part.formula.c_str());
    std::printf("%-12s %9.1f MiB", "together", mib(totalBytes(estimate.memory)));
    if (measured)
        std::printf("   measured: %.1f MiB", mib(measured->peakBytes));
    const BatchSummary& batches = estimate.batches;
    std::printf("\nsteps        %lld of %.0f tokens (%.0f trained), %.1f rows each\n",
        static_cast<long long>(batches.totalSteps), batches.tokensPerStep,
        batches.trainedTokensPerStep, batches.rowsPerStep);
    std::printf(
        "speed        %.0f tokens/s (%s)\n", estimate.tokensPerSecond, estimate.rateSource.c_str());
    std::printf("time         %.0f s: training %.0f, evaluation %.0f, written answers %.0f\n",
        estimate.seconds(), estimate.trainSeconds, estimate.evaluationSeconds,
        estimate.probeSeconds);
    std::printf("checkpoint   %.1f MiB on the disk each\n", mib(estimate.checkpointBytes));
}

Result<void> runEstimate(const PlanOptions& options) {
    auto plan = planOf(options);
    if (!plan)
        return forward(plan);
    std::optional<Measurement> measured;
    if (options.measure) {
        auto result = (*plan)->measure(thisProgram(), interruptToken());
        if (!result)
            return forward(result);
        measured = *result;
    }
    auto estimate = (*plan)->estimate(measured);
    if (!estimate)
        return forward(estimate);
    if (!options.json) {
        printEstimate(*estimate, measured);
        return {};
    }
    Json json = estimateToJson(*estimate);
    if (measured)
        json["measured"] = {{"steps", measured->steps}, {"tokens_per_s", measured->tokensPerSecond},
            {"seconds_per_step", measured->secondsPerStep}, {"peak_bytes", measured->peakBytes}};
    std::printf("%s\n", dumpJson(json).c_str());
    return {};
}

Json previewToJson(const RowPreview& preview, std::int64_t index) {
    Json json = {{"index", index}, {"row", preview.row.row}, {"id", preview.id},
        {"channel", preview.channel}, {"held_out", preview.row.heldOut},
        {"trained", preview.row.trained}, {"problems", Json::array()}, {"tokens", Json::array()},
        {"cut", preview.cutTokens.size()}};
    for (int i = 0; i < labelProblemCount; ++i)
        if (preview.row.has(LabelProblem(i)))
            json["problems"].push_back(labelProblemName(LabelProblem(i)));
    for (const PreviewToken& token : preview.tokens)
        json["tokens"].push_back({{"id", token.id}, {"text", token.text},
            {"trained", token.trained}, {"control", token.control}});
    return json;
}

/// Trained tokens stand in [brackets].
void printPreview(const RowPreview& preview, std::int64_t index) {
    std::printf("-- %lld: %s, %zu tokens, %d trained", static_cast<long long>(index),
        preview.id.c_str(), preview.tokens.size(), preview.row.trained);
    for (int i = 0; i < labelProblemCount; ++i)
        if (preview.row.has(LabelProblem(i)))
            std::printf(", %s", std::string(labelProblemName(LabelProblem(i))).c_str());
    std::printf("\n");
    for (const PreviewToken& token : preview.tokens)
        std::printf(token.trained ? "[%s]" : "%s", token.text.c_str());
    if (!preview.cutTokens.empty())
        std::printf(" ... and %zu tokens cut off", preview.cutTokens.size());
    if (preview.refusal)
        std::printf("%s", message(*preview.refusal).c_str());
    std::printf("\n");
}

std::vector<std::int64_t> wantedRows(const PlanOptions& options, const LabelSurvey& survey) {
    std::vector<std::int64_t> rows;
    if (options.row >= 0)
        return {options.row};
    for (std::size_t i = 0; i < survey.rows.size(); ++i) {
        bool wanted = options.problem.empty();
        for (int p = 0; p < labelProblemCount; ++p)
            wanted |= options.problem == labelProblemName(LabelProblem(p))
                && survey.rows[i].has(LabelProblem(p));
        if (wanted && std::int64_t(rows.size()) < options.count)
            rows.push_back(std::int64_t(i));
    }
    return rows;
}

Result<void> runPreview(const PlanOptions& options) {
    auto plan = planOf(options);
    if (!plan)
        return forward(plan);
    const LabelSurvey& survey = (*plan)->survey();
    Json json = {{"rows", survey.rows.size()}, {"tokens", survey.tokens},
        {"trained_tokens", survey.trainedTokens}, {"held_out", survey.heldOut},
        {"cut_trained_tokens", survey.cutTrainedTokens}, {"p50", survey.p50}, {"p95", survey.p95},
        {"p99", survey.p99}, {"longest", survey.longest}};
    for (int i = 0; i < labelProblemCount; ++i)
        json["problems"][std::string(labelProblemName(LabelProblem(i)))] = survey.counts[i];
    Json& shown = json["previews"] = Json::array();
    for (const std::int64_t index : wantedRows(options, survey)) {
        auto preview = (*plan)->preview(index);
        if (!preview)
            return forward(preview);
        if (options.json)
            shown.push_back(previewToJson(*preview, index));
        else
            printPreview(*preview, index);
    }
    if (options.json) {
        std::printf("%s\n", dumpJson(json).c_str());
        return {};
    }
    std::printf("%zu rows, %lld tokens, %lld trained; lengths p50 %lld, p95 %lld, p99 %lld, "
                "longest %lld\n",
        survey.rows.size(), static_cast<long long>(survey.tokens),
        static_cast<long long>(survey.trainedTokens), static_cast<long long>(survey.p50),
        static_cast<long long>(survey.p95), static_cast<long long>(survey.p99),
        static_cast<long long>(survey.longest));
    for (int i = 0; i < labelProblemCount; ++i)
        std::printf("%-12s %lld\n", std::string(labelProblemName(LabelProblem(i))).c_str(),
            static_cast<long long>(survey.counts[i]));
    return {};
}

Result<void> listQueue(const QueueOptions& options) {
    auto queue = readQueue(options.folder);
    if (!queue)
        return forward(queue);
    auto owner = queueOwner(options.folder);
    if (!owner)
        return forward(owner);
    if (options.json) {
        Json json = {{"paused", queue->paused}, {"running", owner->has_value()},
            {"jobs", queue->jobs}, {"problems", Json::array()}};
        for (const JobQueue::Problem& problem : queue->problems)
            json["problems"].push_back({{"job", problem.job}, {"message", message(problem.error)}});
        std::printf("%s\n", dumpJson(json).c_str());
        return {};
    }
    std::printf("%s\n",
        *owner ? "a process runs the queue"
               : "no process runs the queue; start it with: queue run FOLDER");
    if (queue->paused)
        std::printf("paused: no further job is begun\n");
    for (std::size_t i = 0; i < queue->jobs.size(); ++i)
        std::printf("%zu. %s\n", i + 1, queue->jobs[i].c_str());
    for (const JobQueue::Problem& problem : queue->problems)
        std::printf("%s: %s\n", problem.job.c_str(), message(problem.error).c_str());
    return {};
}

Result<void> runTheQueue(const QueueOptions& options) {
    return runQueue(
        thisProgram(), fs::absolute(options.folder),
        [](const std::string& line) {
            std::printf("%s %s\n", utcNow().c_str(), line.c_str());
            std::fflush(stdout);
        },
        interruptToken());
}

Result<void> startIfWanted(const QueueOptions& options) {
    if (!options.start)
        return {};
    auto pid = launchQueue(thisProgram(), fs::absolute(options.folder));
    if (!pid)
        return forward(pid);
    std::printf("process %lld runs the queue\n", static_cast<long long>(*pid));
    return {};
}

void addQueueVerbs(CLI::App& program) {
    CLI::App* queue = program.add_subcommand("queue", "Run the jobs of a folder one after another");
    queue->require_subcommand(1);
    const auto options = std::make_shared<QueueOptions>();
    const auto verb = [&](const char* name, const char* text) {
        CLI::App* sub = queue->add_subcommand(name, text);
        sub->add_option("folder", options->folder, "The folder that holds the job folders")
            ->required();
        return sub;
    };
    const auto withJob = [&](CLI::App* sub) {
        sub->add_option("job", options->job, "The name of the job folder in it")->required();
    };
    const auto withStart = [&](CLI::App* sub) {
        sub->add_flag("--start", options->start, "Start the queue's process where none runs");
    };
    CLI::App* run = verb("run", "Work through the queue until it is empty or paused");
    onRun(*run, [options] { return runTheQueue(*options); });
    CLI::App* list = verb("list", "What waits");
    list->add_flag("--json", options->json, "Print one JSON object");
    onRun(*list, [options] { return listQueue(*options); });
    CLI::App* add = verb("add", "Put a job at the end");
    withJob(add);
    withStart(add);
    onRun(*add, [options]() -> Result<void> {
        if (auto added = addToQueue(options->folder, options->job); !added)
            return added;
        return startIfWanted(*options);
    });
    CLI::App* remove = verb("remove", "Take a job out; one that runs goes on");
    withJob(remove);
    onRun(*remove, [options] { return removeFromQueue(options->folder, options->job); });
    CLI::App* move = verb("move", "Change the order");
    withJob(move);
    move->add_option("position", options->position, "Its new place, from 1")
        ->required()
        ->check(CLI::PositiveNumber);
    onRun(*move,
        [options] { return moveInQueue(options->folder, options->job, options->position - 1); });
    CLI::App* pause = verb("pause", "Begin no further job; the one that runs goes on");
    onRun(*pause, [options] { return setQueuePaused(options->folder, true); });
    CLI::App* resume = verb("resume", "Begin jobs again");
    withStart(resume);
    onRun(*resume, [options]() -> Result<void> {
        if (auto done = setQueuePaused(options->folder, false); !done)
            return done;
        return startIfWanted(*options);
    });
}

} // namespace

void addPlanVerbs(CLI::App& program) {
    const auto options = std::make_shared<PlanOptions>();
    const auto withSpec = [&](CLI::App* verb) {
        verb->add_option("--spec", options->spec, "The spec (JSON, // comments allowed)")
            ->required();
        verb->add_flag("--json", options->json, "Print one JSON object");
    };
    CLI::App* estimate
        = program.add_subcommand("estimate", "Memory and time that a spec will take");
    withSpec(estimate);
    estimate->add_flag(
        "--measure", options->measure, "Check it against three real steps in a temporary folder");
    onRun(*estimate, [options] { return runEstimate(*options); });
    CLI::App* preview = program.add_subcommand(
        "preview", "The exact tokens that a spec trains on, and what is wrong with them");
    withSpec(preview);
    preview->add_option("--row", options->row, "Show this row, from 0")
        ->check(CLI::NonNegativeNumber);
    preview->add_option("--problem", options->problem,
        "Show rows with this problem: untrained, doubled_bos, missing_end, cut_answer, overlong, "
        "unrendered");
    preview->add_option("--count", options->count, "How many rows to show")
        ->check(CLI::NonNegativeNumber);
    onRun(*preview, [options] { return runPreview(*options); });
    addQueueVerbs(program);
}

} // namespace assay
