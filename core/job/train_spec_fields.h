#pragma once

#include "core/job/train_spec.h"

namespace assay {

// Every key of the spec stands here once, in the order in which it is written; reading and writing
// both walk these lists. `visit(key, member)` is called for each.

template <class Shape, class Visitor> void visitShape(Shape& shape, Visitor&& visit) {
    visit("hidden_size", shape.hiddenSize);
    visit("intermediate_size", shape.intermediateSize);
    visit("layers", shape.layers);
    visit("heads", shape.heads);
    visit("kv_heads", shape.kvHeads);
    visit("max_positions", shape.maxPositions);
    visit("tied_embeddings", shape.tiedEmbeddings);
    visit("rope_theta", shape.ropeTheta);
    visit("norm_eps", shape.normEps);
    visit("init_std", shape.initStd);
}

template <class Adapter, class Visitor> void visitAdapter(Adapter& adapter, Visitor&& visit) {
    visit("kind", adapter.kind);
    visit("start", adapter.start);
    visit("rank", adapter.rank);
    visit("alpha", adapter.alpha);
    visit("dropout", adapter.dropout);
    visit("targets", adapter.targets);
    visit("saved_whole", adapter.savedWhole);
}

template <class Freeze, class Visitor> void visitFreeze(Freeze& freeze, Visitor&& visit) {
    visit("embeddings", freeze.embeddings);
    visit("first_layers", freeze.firstLayers);
    visit("modules", freeze.modules);
}

template <class Dpo, class Visitor> void visitDpo(Dpo& dpo, Visitor&& visit) {
    visit("beta", dpo.beta);
    visit("label_smoothing", dpo.labelSmoothing);
}

template <class Data, class Visitor> void visitData(Data& data, Visitor&& visit) {
    visit("project", data.project);
    visit("view", data.view);
    visit("files", data.files);
    visit("tokenized", data.tokenized);
    visit("held_out", data.heldOut);
    visit("order", data.order);
    visit("max_length", data.maxLength);
    visit("overlong", data.overlong);
    visit("packing", data.packing);
    visit("train_on_prompt", data.trainOnPrompt);
    visit("train_on_history", data.trainOnHistory);
    visit("weight_key", data.weightKey);
    visit("mix", data.mix);
    visit("empty_rows", data.emptyRows);
}

template <class Optimizer, class Visitor>
void visitOptimizer(Optimizer& optimizer, Visitor&& visit) {
    visit("learning_rate", optimizer.learningRate);
    visit("schedule", optimizer.schedule);
    visit("warmup_ratio", optimizer.warmupRatio);
    visit("warmup_steps", optimizer.warmupSteps);
    visit("min_learning_rate_ratio", optimizer.minLearningRateRatio);
    visit("beta1", optimizer.beta1);
    visit("beta2", optimizer.beta2);
    visit("epsilon", optimizer.epsilon);
    visit("weight_decay", optimizer.weightDecay);
    visit("clip_norm", optimizer.clipNorm);
    visit("neftune_alpha", optimizer.neftuneAlpha);
}

template <class Schedule, class Visitor> void visitSchedule(Schedule& schedule, Visitor&& visit) {
    visit("epochs", schedule.epochs);
    visit("max_steps", schedule.maxSteps);
    visit("micro_batch_tokens", schedule.microBatchTokens);
    visit("micro_batch_rows", schedule.microBatchRows);
    visit("accumulation", schedule.accumulation);
    visit("gradient_checkpointing", schedule.gradientCheckpointing);
}

template <class Evaluation, class Visitor>
void visitEvaluation(Evaluation& evaluation, Visitor&& visit) {
    visit("every_steps", evaluation.everySteps);
    visit("probe_prompts", evaluation.probePrompts);
    visit("probe_max_new", evaluation.probeMaxNew);
    visit("probe_rows", evaluation.probeRows);
    visit("patience", evaluation.patience);
    visit("min_improvement", evaluation.minImprovement);
}

template <class Checkpoints, class Visitor>
void visitCheckpoints(Checkpoints& checkpoints, Visitor&& visit) {
    visit("every_steps", checkpoints.everySteps);
    visit("keep", checkpoints.keep);
}

} // namespace assay
