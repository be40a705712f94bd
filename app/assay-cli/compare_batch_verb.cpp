#include "app/assay-cli/data_verbs.h"
#include "app/assay-cli/model_verbs.h"

#include "core/analysis/compare_batch.h"
#include "core/base/error_json.h"
#include "core/data/importer.h"

#include <cstdio>

namespace assay {

namespace {

struct BatchVerb {
    std::string base;
    std::string tuned;
    std::string input;
    std::string project;
    std::string output;
    std::string csv;
    std::string source = "reference";
    int maxNew = 64;
    FilterOptions filter;
    ModelOptions options;
};

/// The samples of a file, named by the hash of what they hold.
class Collector final : public ImportSink {
public:
    std::vector<StoredSample> samples;
    std::int64_t rejected = 0;
    Result<void> accept(Sample&& sample) override {
        StoredSample stored;
        stored.revision = revisionHash(sample);
        if (sample.uid.empty())
            sample.uid = stored.revision;
        stored.sample = std::move(sample);
        samples.push_back(std::move(stored));
        return {};
    }
    Result<void> reject(RejectedRow&&) override {
        ++rejected;
        return {};
    }
};

Result<std::vector<StoredSample>> samplesOf(BatchVerb& verb) {
    if (!verb.input.empty()) {
        Collector collector;
        auto read = importFile(verb.input, {}, collector, {}, interruptToken());
        if (!read)
            return forward(read);
        if (collector.rejected > 0)
            std::fprintf(stderr, "%lld rows of %s could not be read and are left out\n",
                static_cast<long long>(collector.rejected), verb.input.c_str());
        return std::move(collector.samples);
    }
    auto project = Project::open(verb.project, OpenMode::ReadOnly);
    if (!project)
        return forward(project);
    auto filter = filterOf(*project, verb.filter);
    if (!filter)
        return forward(filter);
    std::vector<StoredSample> samples;
    auto walked = project->samples().forEach(
        *filter,
        [&](StoredSample&& sample) -> Result<void> {
            samples.push_back(std::move(sample));
            return {};
        },
        interruptToken());
    if (!walked)
        return forward(walked);
    return samples;
}

Result<void> run(BatchVerb& verb) {
    const auto source = answerSourceFromName(verb.source);
    if (!source)
        return fail("usage", {{"what", "--source is reference, tuned or base"}});
    auto samples = samplesOf(verb);
    if (!samples)
        return forward(samples);
    auto tuned = loadForVerb(verb.tuned, verb.options, false);
    if (!tuned)
        return forward(tuned);
    auto base = loadForVerb(verb.base, verb.options, false);
    if (!base)
        return forward(base);
    CompareBatchSettings settings{modelInfoToJson((*base)->info()),
        modelInfoToJson((*tuned)->info()), verb.options.templateName, *source, verb.maxNew};
    auto file = CompareBatchFile::open(verb.output, settings);
    if (!file)
        return forward(file);
    const auto progress = terminalProgress("comparing");
    std::int64_t done = 0;
    std::int64_t kept = 0;
    std::int64_t failed = 0;
    std::vector<CompareBatchRow> rows;
    for (const StoredSample& stored : *samples) {
        if (interruptToken().stop_requested())
            return fail("cancelled", {},
                std::to_string(done) + " of " + std::to_string(samples->size()) + " are in "
                    + verb.output + "; the same command goes on from there");
        if (const CompareBatchRow* known = file->find(stored.sample.uid, stored.revision);
            known && known->error.is_null()) {
            rows.push_back(*known);
            ++kept;
        } else {
            CompareBatchRow row = batchRowOf(stored.sample, stored.revision, stored.id);
            auto numbers = compareCase(
                **base, **tuned, caseRequest(stored.sample, settings), interruptToken());
            if (numbers) {
                row.numbers = std::move(*numbers);
            } else if (numbers.error().code == "cancelled") {
                continue; // said at the top of the loop
            } else {
                row.error = errorToJson(numbers.error());
                ++failed;
            }
            if (auto written = file->append(row); !written)
                return forward(written);
            rows.push_back(std::move(row));
        }
        if (progress)
            progress({++done, std::int64_t(samples->size())});
    }
    if (auto synced = file->sync(); !synced)
        return synced;
    if (!verb.csv.empty())
        if (auto written = writeFileAtomically(verb.csv, compareBatchCsv(rows)); !written)
            return written;
    std::printf("%zu samples compared (%lld taken from an earlier run), %lld failed: %s\n",
        rows.size(), static_cast<long long>(kept), static_cast<long long>(failed),
        verb.output.c_str());
    return {};
}

} // namespace

void addCompareBatchVerb(CLI::App& program) {
    auto verb = std::make_shared<BatchVerb>();
    CLI::App& app = *program.add_subcommand("compare-batch",
        "Two models on many samples: aggregates of each as JSON lines; goes on where it was "
        "stopped");
    app.add_option("--base", verb->base, "Folder of the model before tuning")->required();
    app.add_option("--tuned", verb->tuned, "Folder of the model after tuning")->required();
    CLI::Option_group& input = *app.add_option_group("samples");
    input.add_option("--input", verb->input, "A data file in any format that import reads");
    input.add_option(
        "--project", verb->project, "A project; the filter options choose its samples");
    input.require_option(1);
    app.add_option(
           "--output", verb->output, "The file of results (JSONL); continued where it exists")
        ->required();
    app.add_option("--csv", verb->csv, "Also write the table as CSV");
    app.add_option("--source", verb->source,
           "Which answer both models read: the sample's own (reference), or the greedy answer of "
           "the "
           "tuned or the base model")
        ->check(CLI::IsMember({"reference", "tuned", "base"}))
        ->capture_default_str();
    app.add_option("--max-new", verb->maxNew, "The most tokens of a model's own answer")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    addFilterOptions(app, verb->filter);
    addModelOptions(app, verb->options);
    onRun(app, [verb] { return run(*verb); });
}

} // namespace assay
