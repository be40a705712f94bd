#include "core/job/families/builders.h"
#include "core/job/families/reading.h"

namespace assay::families {

namespace {

/// Sizes, rotation and activation, as Llama spells them.
void readLlamaLike(JsonReader& config, ModelSpec& spec) {
    readSizes(config, spec);
    readRope(config, spec);
    readActivation(config, "hidden_act", spec);
}

void readBiasFlag(JsonReader& config, ModelSpec& spec) {
    config.readOptional("attention_bias", spec.attentionBias);
    spec.attentionOutputBias = spec.attentionBias;
}

void readQwenWindows(JsonReader& config, ModelSpec& spec) {
    bool used = false;
    config.readOptional("use_sliding_window", used);
    std::int64_t window = 4096; // transformers' defaults for these families
    readNullable(config, "sliding_window", window);
    std::int64_t firstLayer = 28;
    readNullable(config, "max_window_layers", firstLayer);
    readWindows(config, spec, used ? window : 0,
        [=](std::int64_t layer) { return used && layer >= firstLayer; });
}

} // namespace

void readLlama(JsonReader& config, ModelSpec& spec) {
    spec.maxPositions = 2048; // transformers' default for this family
    readLlamaLike(config, spec);
    readBiasFlag(config, spec);
    config.readOptional("mlp_bias", spec.mlpBias);
}

ModelPlan llamaPlan(const ModelSpec& spec) {
    ModelPlan plan = frame(spec, NormKind::Rms);
    for (std::int64_t i = 0; i < spec.layers; ++i)
        plan.layers.push_back(layerOf(spec, i, NormKind::Rms));
    return plan;
}

void readMistral(JsonReader& config, ModelSpec& spec) {
    spec.maxPositions = 131072;
    readLlamaLike(config, spec);
    const Json* written = config.optional("sliding_window");
    std::int64_t window = written ? 0 : 4096; // null switches it off, absence does not
    readNullable(config, "sliding_window", window);
    readWindows(config, spec, window, [](std::int64_t) { return true; });
}

void readQwen2(JsonReader& config, ModelSpec& spec) {
    spec.maxPositions = 32768;
    readLlamaLike(config, spec);
    spec.attentionBias = true; // of query, key and value; the output has none
    readQwenWindows(config, spec);
}

void readQwen3(JsonReader& config, ModelSpec& spec) {
    spec.maxPositions = 32768;
    spec.headDimension = 128;
    readLlamaLike(config, spec);
    readBiasFlag(config, spec);
    readQwenWindows(config, spec);
}

ModelPlan qwen3Plan(const ModelSpec& spec) {
    ModelPlan plan = llamaPlan(spec);
    for (std::int64_t i = 0; i < spec.layers; ++i) {
        AttentionPlan& attention = plan.layers[std::size_t(i)].attention;
        const std::string scope = layerScope(i) + "self_attn.";
        attention.queryNorm = rmsNorm(scope + "q_norm", spec.headDimension, spec, NormKind::Rms);
        attention.keyNorm = rmsNorm(scope + "k_norm", spec.headDimension, spec, NormKind::Rms);
    }
    return plan;
}

} // namespace assay::families
