#include "core/job/families/builders.h"
#include "core/job/families/reading.h"

#include <cmath>

namespace assay::families {

namespace {

void readCap(JsonReader& config, const char* key, double& cap) {
    if (const Json* value = config.optional(key); value && !value->is_null())
        config.readOptional(key, cap);
    else if (value)
        cap = 0; // null switches it off
}

void readGemma(JsonReader& config, ModelSpec& spec) {
    spec.maxPositions = 8192;
    spec.headDimension = 256; // transformers' defaults for these families
    spec.normEps = 1e-6;
    spec.tiedEmbeddings = true;
    readSizes(config, spec);
    spec.activation = Activation::GeluTanh;
    readActivation(config, "hidden_activation", spec);
    config.readOptional("attention_bias", spec.attentionBias);
    spec.attentionOutputBias = spec.attentionBias;
    double scalar = 256;
    config.readOptional("query_pre_attn_scalar", scalar);
    if (!(scalar > 0))
        config.report(Error(
            "json.value", {{"key", "query_pre_attn_scalar"}, {"reason", "it must be positive"}}));
    spec.attentionScale = 1 / std::sqrt(scalar);
    refuseFlag(config, "use_bidirectional_attention", "attention to what stands before");
}

} // namespace

void readGemma2(JsonReader& config, ModelSpec& spec) {
    readGemma(config, spec);
    readRope(config, spec);
    spec.attentionSoftcap = 50;
    spec.headSoftcap = 30;
    readCap(config, "attn_logit_softcapping", spec.attentionSoftcap);
    readCap(config, "final_logit_softcapping", spec.headSoftcap);
    std::int64_t window = 4096;
    readNullable(config, "sliding_window", window);
    readWindows(config, spec, window, [](std::int64_t layer) { return layer % 2 == 0; });
}

void readGemma3(JsonReader& config, ModelSpec& spec) {
    readGemma(config, spec);
    spec.rope.theta = 1e6;
    spec.windowedRope = RopeSpec();
    config.readOptional("rope_local_base_freq", spec.windowedRope->theta);
    const Json* both = config.optional("rope_parameters");
    if (both && both->is_object() && both->contains("full_attention")) {
        // transformers 5: one object for each kind of layer
        for (const auto& [kind, object] : both->items()) {
            RopeSpec& rope = kind == "full_attention" ? spec.rope : *spec.windowedRope;
            readRopeObject(config, object, config.place() + " rope_parameters " + kind, spec, rope);
        }
    } else {
        readRope(config, spec);
    }
    readCap(config, "attn_logit_softcapping", spec.attentionSoftcap);
    readCap(config, "final_logit_softcapping", spec.headSoftcap);
    std::int64_t window = 4096;
    readNullable(config, "sliding_window", window);
    std::int64_t pattern = 6; // five with a window, then one without
    readNullable(config, "sliding_window_pattern", pattern);
    checkPositive(config, "sliding_window_pattern", pattern);
    readWindows(config, spec, window,
        [=](std::int64_t layer) { return pattern > 0 && (layer + 1) % pattern != 0; });
}

ModelPlan gemma2Plan(const ModelSpec& spec) {
    constexpr NormKind kind = NormKind::RmsPlusOne;
    ModelPlan plan = frame(spec, kind);
    plan.embeddingScale = std::sqrt(double(spec.hiddenSize));
    for (std::int64_t i = 0; i < spec.layers; ++i) {
        const std::string scope = layerScope(i);
        LayerPlan layer = layerOf(spec, i, kind);
        const auto norm
            = [&](const char* name) { return rmsNorm(scope + name, spec.hiddenSize, spec, kind); };
        layer.attentionPostNorm = norm("post_attention_layernorm"); // here it is what it says
        layer.mlpNorm = norm("pre_feedforward_layernorm");
        layer.mlpPostNorm = norm("post_feedforward_layernorm");
        plan.layers.push_back(std::move(layer));
    }
    return plan;
}

ModelPlan gemma3Plan(const ModelSpec& spec) {
    constexpr NormKind kind = NormKind::RmsPlusOne;
    ModelPlan plan = gemma2Plan(spec);
    for (std::int64_t i = 0; i < spec.layers; ++i) {
        AttentionPlan& attention = plan.layers[std::size_t(i)].attention;
        const std::string scope = layerScope(i) + "self_attn.";
        attention.queryNorm = rmsNorm(scope + "q_norm", spec.headDimension, spec, kind);
        attention.keyNorm = rmsNorm(scope + "k_norm", spec.headDimension, spec, kind);
    }
    return plan;
}

} // namespace assay::families
