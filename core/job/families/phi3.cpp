#include "core/job/families/builders.h"
#include "core/job/families/reading.h"

namespace assay::families {

void readPhi3(JsonReader& config, ModelSpec& spec) {
    spec.maxPositions = 4096;
    spec.normEps = 1e-5;
    readSizes(config, spec);
    readRope(config, spec);
    readActivation(config, "hidden_act", spec);
    if (spec.rope.scaling == "longrope" && spec.rope.originalPositions > 0)
        // The published models take this ratio, whatever "factor" says.
        spec.rope.factor = double(spec.maxPositions) / double(spec.rope.originalPositions);
    std::int64_t window = 0;
    readNullable(config, "sliding_window", window);
    readWindows(config, spec, window, [](std::int64_t) { return true; });
}

ModelPlan phi3Plan(const ModelSpec& spec) {
    ModelPlan plan = frame(spec, NormKind::Rms);
    const std::int64_t hidden = spec.hiddenSize;
    const std::int64_t queries = spec.heads * spec.headDimension;
    const std::int64_t keys = spec.kvHeads * spec.headDimension;
    for (std::int64_t i = 0; i < spec.layers; ++i) {
        const std::string scope = layerScope(i);
        LayerPlan layer = layerOf(spec, i, NormKind::Rms);
        const LinearPlan fused
            = linear(scope + "self_attn.qkv_proj", queries + 2 * keys, hidden, Bias::No);
        layer.attention.query = rowsOf(fused, 0, queries);
        layer.attention.key = rowsOf(fused, queries, keys);
        layer.attention.value = rowsOf(fused, queries + keys, keys);
        const LinearPlan both
            = linear(scope + "mlp.gate_up_proj", 2 * spec.intermediateSize, hidden, Bias::No);
        layer.mlp.gate = rowsOf(both, 0, spec.intermediateSize);
        layer.mlp.up = rowsOf(both, spec.intermediateSize, spec.intermediateSize);
        plan.layers.push_back(std::move(layer));
    }
    return plan;
}

} // namespace assay::families
