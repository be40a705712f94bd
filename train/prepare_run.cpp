#include "core/base/parallel.h"
#include "core/job/adapter_spec.h"
#include "core/job/train_inputs.h"
#include "train/training_run.h"

#include <algorithm>
#include <cstdio>
#include <optional>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// The adapter that the newest checkpoint, or the spec's start, holds, or a new one.
Result<std::shared_ptr<Adapter>> adapterOf(const TrainSpec& spec, const AdapterConfig& config,
    const fs::path& checkpoint, const ModelPlan& plan, Parameters& base) {
    const fs::path stored = checkpoint.empty() ? fs::path(spec.adapter.start) : checkpoint;
    if (stored.empty())
        return Adapter::make(config, plan, base, ParameterUse::Training, spec.seed);
    auto file = openAdapter(stored);
    if (!file)
        return forward(file);
    file->config = config;
    if (auto done = takeWhole(*file, plan, base); !done)
        return forward(done);
    return Adapter::load(*file, plan, base, ParameterUse::Training);
}

/// PEFT loads both sides of tied embeddings as copies of their own, so both are stored.
void saveBothSides(AdapterConfig& config, const ModelPlan& plan) {
    if (plan.head != plan.embedding || wholeParameters(config, plan).empty())
        return;
    const std::string embedding = plan.embedding.substr(0, plan.embedding.rfind('.'));
    const std::string last = embedding.substr(embedding.rfind('.') + 1);
    const auto wholes = wholeParameters(config, plan);
    if (std::ranges::find(wholes, plan.embedding) == wholes.end())
        return;
    for (const std::string& name : {last, std::string("lm_head")})
        if (std::ranges::find(config.savedWhole, name) == config.savedWhole.end())
            config.savedWhole.push_back(name);
}

Result<void> buildModel(TrainingRun& run, const fs::path& checkpoint, StopToken stop) {
    const TrainSpec& spec = run.spec;
    auto modelSpec = trainedModelSpec(spec, {run.tokenizer, run.chatTemplate}, run.rows.largestId);
    if (!modelSpec)
        return forward(modelSpec);
    const ModelPlan plan = modelPlan(*modelSpec);
    std::optional<AdapterConfig> config;
    if (spec.adapter.wanted()) {
        auto wanted = trainedAdapter(spec);
        if (!wanted)
            return forward(wanted);
        saveBothSides(*wanted, plan);
        config = std::move(*wanted);
    }
    TrainedModel& model = run.model;
    model.parameters = std::make_shared<Parameters>(parameterLayout(*modelSpec), spec.dtype,
        config ? ParameterUse::Base : ParameterUse::Training,
        learningParameters(spec, plan, config));
    if (!config && model.parameters->trainedCount() == 0)
        return fail("train.nothing_learns");
    // An adapter's checkpoint holds the adapter alone.
    const fs::path weights = checkpoint.empty() || config ? fs::path(spec.model.path) : checkpoint;
    if (weights.empty()) {
        initialise(*model.parameters, *modelSpec, spec.model.shape->initStd, spec.seed);
    } else if (auto done = loadWeights(weights, *modelSpec, *model.parameters, {}, stop); !done) {
        return done;
    }
    if (config) {
        auto adapter = adapterOf(spec, *config, checkpoint, plan, *model.parameters);
        if (!adapter)
            return forward(adapter);
        model.adapter = std::move(*adapter);
    }
    model.decoder = std::make_shared<Decoder>(*modelSpec, model.parameters);
    model.decoder->setCheckpointing(spec.schedule.gradientCheckpointing);
    std::vector<std::shared_ptr<Parameters>> sets{model.parameters};
    if (model.adapter) {
        model.decoder->attach(model.adapter);
        sets.push_back(model.adapter->parameters());
    }
    model.optimizer = std::make_unique<Optimizer>(std::move(sets));
    return {};
}

Result<void> continueOrStart(TrainingRun& run, JobWriter& job, const fs::path& checkpoint) {
    if (checkpoint.empty())
        return job.truncateTo({});
    auto point = loadResumePoint(checkpoint, *run.model.optimizer);
    if (!point)
        return forward(point);
    run.position = point->position;
    if (auto done = job.log("continuing from " + checkpoint.string()); !done)
        return done;
    return job.truncateTo(point->lengths);
}

std::string trainedNote(const TrainedModel& model) {
    const std::int64_t trained = model.optimizer->count();
    const std::int64_t all
        = model.parameters->count() + (model.adapter ? model.adapter->parameters()->count() : 0);
    char share[32];
    std::snprintf(share, sizeof share, "%.2f", 100.0 * double(trained) / double(all));
    return std::to_string(trained) + " of " + std::to_string(all) + " parameters are trained ("
        + share + " %)" + (model.adapter ? ", as " + model.adapter->config().kind() : "");
}

std::string rowsNote(const TrainRows& rows) {
    std::string text = std::to_string(rows.train.size()) + " rows to train on, "
        + std::to_string(rows.heldOut.size()) + " held out";
    if (rows.truncatedRows > 0)
        text += "; " + std::to_string(rows.truncatedRows) + " cut at the maximum length, losing "
            + std::to_string(rows.cutTrainedTokens) + " trained tokens";
    if (rows.droppedRows > 0)
        text += "; " + std::to_string(rows.droppedRows) + " dropped as too long";
    if (rows.emptyRows > 0)
        text += "; " + std::to_string(rows.emptyRows) + " skipped without a trained token";
    return text;
}

} // namespace

Result<std::unique_ptr<TrainingRun>> prepareRun(JobWriter& job, StopToken stop) {
    auto run = std::make_unique<TrainingRun>();
    run->spec = job.folder().spec();
    const TrainSpec& spec = run->spec;
    auto inputs = trainInputs(spec);
    if (!inputs)
        return forward(inputs);
    run->tokenizer = inputs->tokenizer;
    run->chatTemplate = inputs->chatTemplate;
    run->checkpointSource = {tokenizerFolder(spec), run->chatTemplate};

    auto rows = prepareRows(
        spec, job.folder().dataFolder(), run->tokenizer.get(), run->chatTemplate.get(), stop);
    if (!rows)
        return forward(rows);
    run->rows = std::move(*rows);
    if (auto done = job.log(rowsNote(run->rows)); !done)
        return forward(done);
    const std::vector<std::int64_t> steps = job.folder().checkpointSteps();
    const fs::path checkpoint
        = steps.empty() ? fs::path() : job.folder().checkpointFolder(steps.back());
    if (auto done = buildModel(*run, checkpoint, stop); !done)
        return forward(done);
    if (auto done = job.log(trainedNote(run->model)); !done)
        return forward(done);
    if (auto done = continueOrStart(*run, job, checkpoint); !done)
        return forward(done);
    if (auto done = prepareReference(*run, job, stop); !done)
        return forward(done);
    run->totalSteps = totalSteps(spec, plannedRows(run->rows.train));
    return run;
}

MicroBatch makeMicroBatch(
    const std::vector<TrainRow>& rows, const std::vector<std::int64_t>& indices) {
    MicroBatch micro;
    std::vector<TokenId> labels;
    std::vector<float> weights;
    const bool weighted = std::ranges::any_of(
        indices, [&](std::int64_t index) { return !rows[std::size_t(index)].weights.empty(); });
    for (const std::int64_t index : indices) {
        const TrainRow& row = rows[std::size_t(index)];
        const std::span<const TokenId> ids = row.ids;
        if (row.split > 0) { // a pair: two sequences
            micro.batch.add(ids.first(std::size_t(row.split)));
            micro.rows.push_back(index);
        }
        micro.batch.add(ids.subspan(std::size_t(row.split)));
        micro.rows.push_back(index);
        labels.insert(labels.end(), row.labels.begin(), row.labels.end());
        if (weighted && row.weights.empty())
            weights.insert(weights.end(), row.ids.size(), 1.0F);
        else
            weights.insert(weights.end(), row.weights.begin(), row.weights.end());
    }
    micro.targets = lossTargets(micro.batch, labels, weights);
    return micro;
}

std::map<std::int64_t, LossSum> lossByRow(const MicroBatch& batch, const LossResult& loss) {
    std::map<std::int64_t, LossSum> sums;
    for (std::size_t i = 0; i < loss.nll.size(); ++i) {
        LossSum& sum = sums[batch.rows[std::size_t(batch.targets.segments[i])]];
        const double weight
            = batch.targets.weights.empty() ? 1.0 : double(batch.targets.weights[i]);
        sum.nll += weight * double(loss.nll[i]);
        sum.weight += weight;
    }
    return sums;
}

} // namespace assay
