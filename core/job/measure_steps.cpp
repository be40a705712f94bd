#include "core/base/file.h"
#include "core/base/temporary_folder.h"
#include "core/job/job_folder.h"
#include "core/job/launch.h"
#include "core/job/line_tail.h"
#include "core/job/prepare_job.h"
#include "core/job/process_identity.h"
#include "core/job/spec_estimate.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>

namespace assay {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t measuredSteps = 3;

double median(std::vector<double> values) {
    std::ranges::sort(values);
    const std::size_t half = values.size() / 2;
    return values.size() % 2 ? values[half] : (values[half - 1] + values[half]) / 2;
}

/// Removes the folder when the measurement is over.
struct FolderRemover {
    fs::path path;
    ~FolderRemover() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
};

/// The same model and steps, but of ready ids in the order of the plan, and nothing besides.
TrainSpec shortSpec(const TrainSpec& spec) {
    TrainSpec copy = spec;
    copy.name = "measurement";
    copy.data.project.clear();
    copy.data.view.clear();
    copy.data.files.clear();
    copy.data.tokenized.clear();
    copy.data.order = "file";
    copy.data.mix.clear(); // the rows are those of the mix already
    if (copy.kind == "dpo")
        copy.kind = "sft"; // both sides of the pairs, as rows
    copy.data.heldOut = 0;
    copy.data.emptyRows = "skip";
    copy.evaluation.everySteps = measuredSteps;
    copy.evaluation.probePrompts = 0;
    copy.evaluation.probeRows = 0;
    copy.evaluation.patience = 0;
    copy.checkpoints.everySteps = measuredSteps;
    copy.checkpoints.keep = 1;
    copy.schedule.maxSteps = measuredSteps;
    return copy;
}

/// Waits until nobody holds the job any more; a request to stop ends the process.
Result<void> waitForEnd(const JobFolder& job, std::int64_t pid, const StopToken& stop) {
    while (isProcessAlive(pid)) {
        if (stop.stop_requested()) {
            ::kill(pid_t(pid), SIGKILL); // nothing of this job is kept
            while (isProcessAlive(pid))
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            return fail("cancelled");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    auto state = job.state();
    if (!state)
        return forward(state);
    if (state->error)
        return fail(*state->error);
    return {};
}

} // namespace

Result<void> prepareMeasurement(const TrainSpec& spec, const fs::path& dataFolder,
    const TrainInputs& inputs, const LabelSurvey& survey, const EpochPlan& firstEpoch,
    const fs::path& folder, StopToken stop) {
    const fs::path rowsFile = folder / "rows.jsonl";
    auto file = AppendFile::open(rowsFile, 0);
    if (!file)
        return forward(file);
    const std::vector<std::int64_t> rows = survey.trainRows();
    const std::size_t wanted = std::min(firstEpoch.size(),
        std::size_t(measuredSteps * std::max<std::int64_t>(spec.schedule.accumulation, 1)));
    for (std::size_t micro = 0; micro < wanted; ++micro)
        for (const std::int64_t index : firstEpoch[micro]) {
            if (stop.stop_requested())
                return fail("cancelled");
            const SurveyRow& wantedRow = survey.rows[std::size_t(rows[std::size_t(index)])];
            auto source = snapshotRowAt(dataFolder, survey.snapshot, wantedRow.byte);
            if (!source)
                return forward(source);
            auto encoded = encodeRow(spec, inputs.tokenizer.get(), inputs.chatTemplate.get(),
                std::move(*source), ProbePrompts::Omit);
            if (!encoded)
                return forward(encoded);
            const TrainRow& row = (*encoded)[std::size_t(wantedRow.piece)].row;
            const std::span<const TokenId> ids = row.ids;
            const std::span<const TokenId> labels = row.labels;
            const auto write = [&](std::size_t begin, std::size_t count) {
                const auto part = [&](std::span<const TokenId> all) {
                    const auto some = all.subspan(begin, count);
                    return std::vector<TokenId>(some.begin(), some.end());
                };
                return file->append(
                    dumpJson(Json{{"ids", part(ids)}, {"labels", part(labels)}}) + "\n");
            };
            const auto split = std::size_t(row.split); // a pair is two rows here
            if (split > 0)
                if (auto written = write(0, split); !written)
                    return written;
            if (auto written = write(split, ids.size() - split); !written)
                return written;
        }
    TrainSpec small = shortSpec(spec);
    small.data.tokenized = rowsFile.string();
    Json json = trainSpecToJson(small);
    return writeFileAtomically(folder / "spec.json", dumpJson(json, 2) + "\n");
}

Result<Measurement> readMeasurement(const fs::path& jobFolder) {
    auto job = JobFolder::open(jobFolder);
    if (!job)
        return forward(job);
    LineTail tail(job->metricsFile());
    std::vector<double> rates;
    std::vector<double> seconds;
    Measurement measurement;
    double before = 0;
    for (;;) {
        auto lines = tail.poll();
        if (!lines)
            return forward(lines);
        if (lines->empty())
            break;
        for (const std::string& text : *lines) {
            auto line = parseJson(text, job->metricsFile().string());
            if (!line)
                return forward(line);
            const auto number = [&](const char* key) {
                const auto found = line->find(key);
                return found != line->end() && found->is_number() ? found->get<double>() : 0.0;
            };
            ++measurement.steps;
            measurement.peakBytes
                = std::max(measurement.peakBytes, number("peak_rss_mib") * 1024 * 1024);
            const double elapsed = number("elapsed_s");
            if (measurement.steps > 1) { // the first one meets cold caches and new pages
                rates.push_back(number("tokens_per_s"));
                seconds.push_back(elapsed - before);
            }
            before = elapsed;
        }
    }
    if (rates.empty())
        return fail("measure.too_few", {{"path", jobFolder.string()}});
    measurement.tokensPerSecond = median(rates);
    measurement.secondsPerStep = median(seconds);
    measurement.source = "measured";
    return measurement;
}

Result<Measurement> measureSteps(const fs::path& program, const TrainSpec& spec,
    const fs::path& dataFolder, const TrainInputs& inputs, const LabelSurvey& survey,
    const EpochPlan& firstEpoch, StopToken stop) {
    auto folder = makeTemporaryFolder("assay-measure");
    if (!folder)
        return forward(folder);
    const FolderRemover remover{*folder};
    if (auto prepared
        = prepareMeasurement(spec, dataFolder, inputs, survey, firstEpoch, *folder, stop);
        !prepared)
        return forward(prepared);
    auto json = readJsonFile(*folder / "spec.json");
    if (!json)
        return forward(json);
    auto small = trainSpecFromJson(*json, "measurement");
    if (!small)
        return forward(small);
    auto job = prepareJob(*folder / "job", std::move(*small), *folder, {}, stop);
    if (!job)
        return forward(job);
    auto pid = launchJob(program, *job);
    if (!pid)
        return forward(pid);
    if (auto ended = waitForEnd(*job, *pid, stop); !ended)
        return forward(ended);
    return readMeasurement(job->path());
}

} // namespace assay
