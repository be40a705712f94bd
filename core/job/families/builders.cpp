#include "core/job/families/builders.h"

#include <cmath>

namespace assay::families {

LinearPlan linear(const std::string& scope, std::int64_t out, std::int64_t in, Bias bias) {
    LinearPlan plan;
    plan.weight = scope + ".weight";
    if (bias == Bias::Yes)
        plan.bias = scope + ".bias";
    plan.out = out;
    plan.in = in;
    plan.allRows = out;
    return plan;
}

LinearPlan rowsOf(LinearPlan whole, std::int64_t firstRow, std::int64_t out) {
    whole.firstRow = firstRow;
    whole.out = out;
    return whole;
}

NormPlan rmsNorm(
    const std::string& scope, std::int64_t width, const ModelSpec& spec, NormKind kind) {
    return {kind, scope + ".weight", {}, width, spec.normEps};
}

AttentionPlan attentionShape(const ModelSpec& spec, std::int64_t layer) {
    AttentionPlan plan;
    plan.heads = spec.heads;
    plan.kvHeads = spec.kvHeads;
    plan.headDimension = spec.headDimension;
    plan.scale = spec.attentionScale > 0 ? spec.attentionScale
                                         : 1.0 / std::sqrt(double(spec.headDimension));
    plan.softcap = spec.attentionSoftcap;
    plan.window = spec.windows.empty() ? 0 : spec.windows[std::size_t(layer)];
    plan.rope = plan.window > 0 && spec.windowedRope ? 1 : 0;
    return plan;
}

ModelPlan frame(const ModelSpec& spec, NormKind kind) {
    ModelPlan plan;
    plan.embedding = "model.embed_tokens.weight";
    const std::int64_t rotated
        = spec.rotaryDimension > 0 ? spec.rotaryDimension : spec.headDimension;
    plan.ropes.push_back({spec.rope, rotated});
    if (spec.windowedRope)
        plan.ropes.push_back({*spec.windowedRope, rotated});
    plan.norm = rmsNorm("model.norm", spec.hiddenSize, spec, kind);
    plan.head = spec.tiedEmbeddings ? plan.embedding : "lm_head.weight";
    plan.headSoftcap = spec.headSoftcap;
    plan.vocabularySize = spec.vocabularySize;
    plan.hiddenSize = spec.hiddenSize;
    plan.maxPositions = spec.maxPositions;
    return plan;
}

std::string layerScope(std::int64_t layer) {
    return "model.layers." + std::to_string(layer) + ".";
}

LayerPlan layerOf(const ModelSpec& spec, std::int64_t layer, NormKind kind) {
    const std::string scope = layerScope(layer);
    const std::int64_t hidden = spec.hiddenSize;
    const std::int64_t queries = spec.heads * spec.headDimension;
    const std::int64_t keys = spec.kvHeads * spec.headDimension;
    const Bias inner = spec.attentionBias ? Bias::Yes : Bias::No;
    const Bias outer = spec.attentionOutputBias ? Bias::Yes : Bias::No;
    const Bias mlp = spec.mlpBias ? Bias::Yes : Bias::No;
    LayerPlan plan;
    plan.attentionNorm = rmsNorm(scope + "input_layernorm", hidden, spec, kind);
    plan.attention = attentionShape(spec, layer);
    plan.attention.query = linear(scope + "self_attn.q_proj", queries, hidden, inner);
    plan.attention.key = linear(scope + "self_attn.k_proj", keys, hidden, inner);
    plan.attention.value = linear(scope + "self_attn.v_proj", keys, hidden, inner);
    plan.attention.output = linear(scope + "self_attn.o_proj", hidden, queries, outer);
    plan.mlpNorm = rmsNorm(scope + "post_attention_layernorm", hidden, spec, kind);
    plan.mlp.gate = linear(scope + "mlp.gate_proj", spec.intermediateSize, hidden, mlp);
    plan.mlp.up = linear(scope + "mlp.up_proj", spec.intermediateSize, hidden, mlp);
    plan.mlp.down = linear(scope + "mlp.down_proj", hidden, spec.intermediateSize, mlp);
    plan.mlp.activation = spec.activation;
    return plan;
}

} // namespace assay::families
