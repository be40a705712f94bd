#include "core/base/parallel.h"
#include "core/job/train_inputs.h"
#include "train/training_run.h"

namespace assay {

namespace fs = std::filesystem;

namespace {

Result<void> buildModel(TrainingRun& run) {
    const TrainSpec& spec = run.spec;
    auto modelSpec = trainedModelSpec(spec, {run.tokenizer, run.chatTemplate}, run.rows.largestId);
    if (!modelSpec)
        return forward(modelSpec);
    run.parameters = std::make_shared<Parameters>(
        parameterLayout(*modelSpec), spec.dtype, ParameterUse::Training);
    run.decoder = std::make_shared<Decoder>(*modelSpec, run.parameters);
    run.optimizer = std::make_unique<Optimizer>(run.parameters);
    return {};
}

Result<void> continueOrStart(TrainingRun& run, JobWriter& job, StopToken stop) {
    const std::vector<std::int64_t> steps = job.folder().checkpointSteps();
    if (!steps.empty()) {
        const fs::path newest = job.folder().checkpointFolder(steps.back());
        auto point = loadCheckpoint(newest, run.decoder->spec(), *run.parameters, *run.optimizer);
        if (!point)
            return forward(point);
        run.position = point->position;
        if (auto done = job.log("continuing from " + newest.string()); !done)
            return done;
        return job.truncateTo(point->lengths);
    }
    if (auto done = job.truncateTo({}); !done)
        return done;
    if (run.spec.model.path.empty()) {
        initialise(
            *run.parameters, run.decoder->spec(), run.spec.model.shape->initStd, run.spec.seed);
        return {};
    }
    return loadWeights(run.spec.model.path, run.decoder->spec(), *run.parameters, {}, stop);
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
    if (auto done = buildModel(*run); !done)
        return forward(done);
    if (auto done = continueOrStart(*run, job, stop); !done)
        return forward(done);
    run->totalSteps = totalSteps(spec, lengthsOf(run->rows.train));
    return run;
}

MicroBatch makeMicroBatch(
    const std::vector<TrainRow>& rows, const std::vector<std::int64_t>& indices) {
    MicroBatch micro;
    micro.rows = indices;
    std::vector<TokenId> labels;
    std::vector<float> weights;
    const bool weighted = std::ranges::any_of(
        indices, [&](std::int64_t index) { return !rows[std::size_t(index)].weights.empty(); });
    for (const std::int64_t index : indices) {
        const TrainRow& row = rows[std::size_t(index)];
        micro.batch.add(row.ids);
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
