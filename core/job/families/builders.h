#pragma once

#include "core/job/model_plan.h"

namespace assay::families {

enum class Bias { No, Yes };

/// `scope` + ".weight" [out, in], and ".bias" [out].
LinearPlan linear(const std::string& scope, std::int64_t out, std::int64_t in, Bias bias);
/// Rows [firstRow, firstRow + out) of a map with `allRows`.
LinearPlan rowsOf(LinearPlan whole, std::int64_t firstRow, std::int64_t out);
NormPlan rmsNorm(
    const std::string& scope, std::int64_t width, const ModelSpec& spec, NormKind kind);
/// Heads, scale, softcap, window and rotation of layer `layer`; maps and norms are left empty.
AttentionPlan attentionShape(const ModelSpec& spec, std::int64_t layer);
/// Embedding, ropes, head and final norm under Llama's names, without layers.
ModelPlan frame(const ModelSpec& spec, NormKind kind);
/// One layer under Llama's names: separate query, key, value, gate and up, norms before both.
LayerPlan layerOf(const ModelSpec& spec, std::int64_t layer, NormKind kind);
/// "model.layers.N."
std::string layerScope(std::int64_t layer);

ModelPlan llamaPlan(const ModelSpec& spec); ///< also mistral and qwen2
ModelPlan qwen3Plan(const ModelSpec& spec);
ModelPlan gemma2Plan(const ModelSpec& spec);
ModelPlan gemma3Plan(const ModelSpec& spec);
ModelPlan phi3Plan(const ModelSpec& spec);
ModelPlan gpt2Plan(const ModelSpec& spec);

void readLlama(JsonReader& config, ModelSpec& spec);
void readMistral(JsonReader& config, ModelSpec& spec);
void readQwen2(JsonReader& config, ModelSpec& spec);
void readQwen3(JsonReader& config, ModelSpec& spec);
void readGemma2(JsonReader& config, ModelSpec& spec);
void readGemma3(JsonReader& config, ModelSpec& spec);
void readPhi3(JsonReader& config, ModelSpec& spec);
void readGpt2(JsonReader& config, ModelSpec& spec);

} // namespace assay::families
