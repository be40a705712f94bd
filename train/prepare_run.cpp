#include "core/base/parallel.h"
#include "train/training_run.h"

namespace assay {

namespace fs = std::filesystem;

namespace {

/// Where the model's tokenizer lies; empty when there is none.
fs::path tokenizerFolder(const TrainSpec& spec) {
    return spec.model.tokenizer.empty() ? fs::path(spec.model.path)
                                        : fs::path(spec.model.tokenizer);
}

ModelSpec specOfShape(
    const TrainSpec::Model::Shape& shape, const Tokenizer* tokenizer, TokenId largestId) {
    ModelSpec spec;
    spec.vocabularySize = tokenizer ? tokenizer->vocabularySize() : largestId + 1;
    spec.hiddenSize = shape.hiddenSize;
    spec.intermediateSize = shape.intermediateSize;
    spec.layers = shape.layers;
    spec.heads = shape.heads;
    spec.kvHeads = shape.kvHeads;
    spec.headDimension = shape.hiddenSize / shape.heads;
    spec.maxPositions = shape.maxPositions;
    spec.normEps = shape.normEps;
    spec.tiedEmbeddings = shape.tiedEmbeddings;
    spec.rope.theta = shape.ropeTheta;
    if (tokenizer) {
        spec.bosId = tokenizer->bosId();
        if (tokenizer->eosId() >= 0)
            spec.endIds = {tokenizer->eosId()};
    }
    return spec;
}

/// A template's end-of-turn token ends generation too, where the vocabulary owns it.
void addTemplateEnds(
    ModelSpec& spec, const Tokenizer* tokenizer, const ChatTemplate* chatTemplate) {
    if (!tokenizer || !chatTemplate)
        return;
    for (const std::string& stop : chatTemplate->stopStrings())
        if (const TokenId id = tokenizer->idOf(stop);
            id >= 0 && std::ranges::find(spec.endIds, id) == spec.endIds.end())
            spec.endIds.push_back(id);
}

Result<std::shared_ptr<const ChatTemplate>> templateOf(const TrainSpec& spec) {
    if (!spec.chatTemplate.empty())
        return chatTemplateByName(spec.chatTemplate);
    if (spec.model.path.empty())
        return std::shared_ptr<const ChatTemplate>();
    auto stored = chatTemplateOf(spec.model.path);
    if (!stored && spec.kind == "pretrain") // plain text is never rendered
        return std::shared_ptr<const ChatTemplate>();
    return stored;
}

Result<void> buildModel(TrainingRun& run) {
    const TrainSpec& spec = run.spec;
    ModelSpec modelSpec;
    if (spec.model.path.empty()) {
        modelSpec = specOfShape(*spec.model.shape, run.tokenizer.get(), run.rows.largestId);
    } else {
        auto read = readModelSpec(spec.model.path);
        if (!read)
            return forward(read);
        modelSpec = std::move(*read);
    }
    if (run.rows.largestId >= modelSpec.vocabularySize)
        return fail("model.id_outside",
            {{"id", std::to_string(run.rows.largestId)},
                {"size", std::to_string(modelSpec.vocabularySize)}});
    if (spec.data.maxLength > modelSpec.maxPositions)
        return fail("train.length_over_model",
            {{"length", std::to_string(spec.data.maxLength)},
                {"limit", std::to_string(modelSpec.maxPositions)}});
    addTemplateEnds(modelSpec, run.tokenizer.get(), run.chatTemplate.get());
    run.parameters = std::make_shared<Parameters>(
        parameterLayout(modelSpec), spec.dtype, ParameterUse::Training);
    run.decoder = std::make_shared<Decoder>(modelSpec, run.parameters);
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
    if (!tokenizerFolder(spec).empty()) {
        auto tokenizer = loadTokenizer(tokenizerFolder(spec));
        if (!tokenizer && spec.data.tokenized.empty()) // ready ids do without
            return forward(tokenizer);
        if (tokenizer)
            run->tokenizer = *tokenizer;
    }
    auto chatTemplate = templateOf(spec);
    if (!chatTemplate)
        return forward(chatTemplate);
    run->chatTemplate = *chatTemplate;
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
    run->totalSteps = totalSteps(spec, run->rows.train);
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
