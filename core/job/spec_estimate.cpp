#include "core/job/spec_estimate.h"

#include "core/job/model_plan.h"
#include "core/job/trained_parameters.h"

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

double meanContext(const LabelSurvey& survey) {
    double tokens = 0;
    double squares = 0;
    for (const SurveyRow& row : survey.rows)
        if (row.fate == RowFate::Trained) {
            tokens += row.tokens;
            squares += double(row.tokens) * double(row.tokens);
        }
    return tokens > 0 ? squares / tokens : 0; // of a token, not of a row
}

/// How often the run evaluates: at every_steps, at each epoch's end, and at the last step.
std::int64_t evaluations(const TrainSpec& spec, const BatchSummary& batches) {
    const std::int64_t every = spec.evaluation.everySteps > 0
        ? spec.evaluation.everySteps
        : std::max<std::int64_t>(batches.steps, 1);
    return (batches.totalSteps + every - 1) / every;
}

/// What a layer of this family keeps beyond Llama's: the branch before each post-norm, queries and
/// keys before their norms; and a gate less where there is none.
std::int64_t extraPerTokenAndLayer(const ModelSpec& model) {
    const ModelPlan plan = modelPlan(model);
    if (plan.layers.empty())
        return 0;
    const LayerPlan& layer = plan.layers.front();
    std::int64_t extra = 0;
    for (const NormPlan* norm : {&layer.attentionPostNorm, &layer.mlpPostNorm})
        extra += norm->exists() ? norm->width : 0;
    if (layer.attention.queryNorm.exists())
        extra += (model.heads + model.kvHeads) * model.headDimension;
    if (!layer.mlp.gate.exists())
        extra -= model.intermediateSize;
    return extra;
}

} // namespace

TrainingSizes trainingSizes(const TrainSpec& spec, const ModelSpec& model,
    const LabelSurvey& survey, const BatchSummary& batches) {
    TrainingSizes sizes;
    sizes.parameters = model.parameterCount();
    sizes.vocabulary = model.vocabularySize;
    sizes.hidden = model.hiddenSize;
    sizes.intermediate = model.intermediateSize;
    sizes.layers = model.layers;
    sizes.heads = model.heads;
    sizes.kvHeads = model.kvHeads;
    sizes.headDimension = model.headDimension;
    sizes.tiedEmbeddings = model.tiedEmbeddings;
    sizes.extraPerTokenAndLayer = extraPerTokenAndLayer(model);
    sizes.bf16 = spec.dtype == Dtype::Bf16;
    const TrainedCount trained = countTrained(spec, model);
    sizes.trainedOwn = trained.own;
    sizes.hasAdapter = spec.adapter.wanted();
    sizes.adapterParameters = trained.adapter;
    sizes.checkpointing = spec.schedule.gradientCheckpointing;
    sizes.microBatchTokens = batches.largestTokens;
    sizes.microBatchTrainedTokens = batches.largestTrained;
    sizes.dataTokens = survey.tokens;
    return sizes;
}

SpecEstimate estimateSpec(const TrainSpec& spec, const ModelSpec& model, const LabelSurvey& survey,
    const BatchSummary& batches, const std::optional<Measurement>& measured, int threads) {
    SpecEstimate estimate;
    estimate.sizes = trainingSizes(spec, model, survey, batches);
    estimate.batches = batches;
    estimate.memory = memoryParts(estimate.sizes);
    const double share
        = survey.tokens > 0 ? double(survey.trainedTokens) / double(survey.tokens) : 1;
    const double context = meanContext(survey);
    estimate.flopsPerToken = trainingFlopsPerToken(estimate.sizes, share, context);
    if (measured && measured->tokensPerSecond > 0) {
        estimate.flopsPerSecond = measured->tokensPerSecond * estimate.flopsPerToken;
        estimate.rateSource = measured->source;
    } else {
        estimate.flopsPerSecond = assumedFlopsPerSecond(threads);
        estimate.rateSource = "assumed";
    }
    estimate.tokensPerSecond = estimate.flopsPerSecond / estimate.flopsPerToken;
    estimate.trainSeconds
        = batches.tokensPerStep * double(batches.totalSteps) / estimate.tokensPerSecond;

    const auto rounds = double(evaluations(spec, batches));
    double heldOutTokens = 0;
    for (const SurveyRow& row : survey.rows)
        heldOutTokens += row.heldOut ? row.tokens : 0;
    const auto used = double(
        std::max<std::int64_t>(std::int64_t(survey.trainLengths().size()) + survey.heldOut, 1));
    const double meanTokens = double(survey.tokens) / used;
    const double epochs
        = double(batches.totalSteps) / double(std::max<std::int64_t>(batches.steps, 1));
    const double scored = heldOutTokens * rounds
        + double(spec.evaluation.probeRows) * meanTokens * (1 + std::ceil(epochs));
    const double forward = scoringFlopsPerToken(estimate.sizes, share, context);
    estimate.evaluationSeconds = scored * forward / estimate.flopsPerSecond;
    // One token at a time reads every weight once: 4 bytes a parameter at some 10 GB/s, and a
    // fixed price of about 20 microseconds a layer.
    const double perToken = double(estimate.sizes.parameters) * (estimate.sizes.bf16 ? 2 : 4) / 10e9
        + 20e-6 * double(estimate.sizes.layers);
    const double answers = survey.heldOut > 0
        ? std::min<double>(double(spec.evaluation.probePrompts), used)
        : double(spec.evaluation.probePrompts);
    estimate.probeSeconds = answers * double(spec.evaluation.probeMaxNew) * (rounds + 1) * perToken;
    // Weights, or an adapter's pairs, and two averages of what learns.
    const double learning = double(estimate.sizes.trainedOwn + estimate.sizes.adapterParameters);
    const double stored = estimate.sizes.hasAdapter ? learning : double(estimate.sizes.parameters);
    estimate.checkpointBytes = 4 * stored + 8 * learning;
    return estimate;
}

TrainingFacts trainingFacts(const TrainSpec& spec, const std::optional<ModelSpec>& model,
    const LabelSurvey* survey, const BatchSummary* batches) {
    TrainingFacts facts;
    facts.pretrain = spec.kind == "pretrain";
    facts.randomStart = spec.model.path.empty();
    facts.adapter = spec.adapter.wanted();
    facts.adapterRank = spec.adapter.rank;
    facts.maxLength = spec.data.maxLength;
    if (model) {
        facts.parameters = model->parameterCount();
        facts.maxPositions = model->maxPositions;
    }
    if (survey) {
        facts.rows = std::int64_t(survey->trainLengths().size()) + survey->heldOut;
        facts.p99Length = survey->p99;
        facts.longest = survey->longest;
    }
    if (batches) {
        facts.stepsPerEpoch = batches->steps;
        if (batches->microBatches > 0)
            facts.rowsPerMicroBatch
                = batches->rowsPerStep * double(batches->steps) / double(batches->microBatches);
    }
    return facts;
}

Json estimateToJson(const SpecEstimate& estimate) {
    Json json;
    json["parameters"] = estimate.sizes.parameters;
    json["trained_parameters"] = estimate.sizes.trainedOwn + estimate.sizes.adapterParameters;
    Json& memory = json["memory"] = Json::array();
    for (const MemoryPart& part : estimate.memory)
        memory.push_back(
            {{"part", part.key}, {"bytes", std::llround(part.bytes)}, {"formula", part.formula}});
    json["memory_bytes"] = std::llround(totalBytes(estimate.memory));
    json["checkpoint_bytes"] = std::llround(estimate.checkpointBytes);
    const BatchSummary& batches = estimate.batches;
    json["batches"] = {{"micro_batches", batches.microBatches}, {"steps_per_epoch", batches.steps},
        {"total_steps", batches.totalSteps}, {"tokens_per_step", batches.tokensPerStep},
        {"trained_tokens_per_step", batches.trainedTokensPerStep},
        {"rows_per_step", batches.rowsPerStep}, {"empty_share", batches.emptyShare},
        {"padding_avoided", batches.paddingAvoided}};
    json["tokens_per_s"] = estimate.tokensPerSecond;
    json["rate"] = estimate.rateSource;
    json["flops_per_token"] = estimate.flopsPerToken;
    json["train_s"] = estimate.trainSeconds;
    json["evaluation_s"] = estimate.evaluationSeconds;
    json["probes_s"] = estimate.probeSeconds;
    json["seconds"] = estimate.seconds();
    return json;
}

} // namespace assay
