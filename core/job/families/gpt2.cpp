#include "core/job/families/builders.h"
#include "core/job/families/reading.h"

namespace assay::families {

void readGpt2(JsonReader& config, ModelSpec& spec) {
    spec.maxPositions = 1024; // transformers' defaults for this family
    spec.normEps = 1e-5;
    spec.tiedEmbeddings = true;
    config.read("vocab_size", spec.vocabularySize);
    config.read("n_embd", spec.hiddenSize);
    config.read("n_layer", spec.layers);
    config.read("n_head", spec.heads);
    config.readOptional("n_positions", spec.maxPositions);
    spec.intermediateSize = 4 * spec.hiddenSize;
    readNullable(config, "n_inner", spec.intermediateSize);
    config.readOptional("layer_norm_epsilon", spec.normEps);
    config.readOptional("tie_word_embeddings", spec.tiedEmbeddings);
    checkPositive(config, "vocab_size", spec.vocabularySize);
    checkPositive(config, "n_embd", spec.hiddenSize);
    checkPositive(config, "n_layer", spec.layers, mostLayers);
    checkPositive(config, "n_head", spec.heads);
    checkPositive(config, "n_positions", spec.maxPositions, mostPositions);
    checkPositive(config, "n_inner", spec.intermediateSize);
    if (spec.heads > 0 && spec.hiddenSize % (2 * spec.heads) != 0)
        config.report(Error("json.value",
            {{"key", "n_head"}, {"reason", "it must divide n_embd into even parts"}}));
    spec.kvHeads = spec.heads;
    spec.headDimension = spec.heads > 0 ? spec.hiddenSize / spec.heads : 0;
    spec.activation = Activation::GeluTanh;
    readActivation(config, "activation_function", spec);
    bool scaled = true;
    config.readOptional("scale_attn_weights", scaled);
    if (!scaled)
        spec.attentionScale = 1;
    refuseFlag(config, "scale_attn_by_inverse_layer_idx", "one scale for all layers");
    refuseFlag(config, "add_cross_attention", "decoders without an encoder");
}

ModelPlan gpt2Plan(const ModelSpec& spec) {
    const std::int64_t hidden = spec.hiddenSize;
    const auto norm = [&](const std::string& scope) {
        return NormPlan{NormKind::Layer, scope + ".weight", scope + ".bias", hidden, spec.normEps};
    };
    // Its maps are stored the other way round.
    const auto map = [](const std::string& scope, std::int64_t out, std::int64_t in) {
        LinearPlan plan = linear(scope, out, in, Bias::Yes);
        plan.transposed = true;
        return plan;
    };
    ModelPlan plan = frame(spec, NormKind::Layer);
    plan.ropes.clear();
    plan.embedding = "transformer.wte.weight";
    plan.positions = "transformer.wpe.weight";
    plan.head = spec.tiedEmbeddings ? plan.embedding : "lm_head.weight";
    plan.norm = norm("transformer.ln_f");
    for (std::int64_t i = 0; i < spec.layers; ++i) {
        const std::string scope = "transformer.h." + std::to_string(i) + ".";
        LayerPlan layer;
        layer.attentionNorm = norm(scope + "ln_1");
        layer.attention = attentionShape(spec, i);
        layer.attention.rope = -1;
        const LinearPlan fused = map(scope + "attn.c_attn", 3 * hidden, hidden);
        layer.attention.query = rowsOf(fused, 0, hidden);
        layer.attention.key = rowsOf(fused, hidden, hidden);
        layer.attention.value = rowsOf(fused, 2 * hidden, hidden);
        layer.attention.output = map(scope + "attn.c_proj", hidden, hidden);
        layer.mlpNorm = norm(scope + "ln_2");
        layer.mlp.up = map(scope + "mlp.c_fc", spec.intermediateSize, hidden);
        layer.mlp.down = map(scope + "mlp.c_proj", hidden, spec.intermediateSize);
        layer.mlp.activation = spec.activation;
        plan.layers.push_back(std::move(layer));
    }
    return plan;
}

} // namespace assay::families
