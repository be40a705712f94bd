#include "core/models/gguf_family.h"

#include <algorithm>

namespace assay {

namespace {

std::vector<GgufName> frame(GgufChange norm = GgufChange::None) {
    return {{"token_embd", "model.embed_tokens"}, {"output_norm", "model.norm", norm},
        {"output", "lm_head"}};
}

void append(std::vector<GgufName>& names, std::vector<GgufName> more) {
    names.insert(names.end(), more.begin(), more.end());
}

std::vector<GgufName> attention(GgufChange query, GgufChange key) {
    return {{"blk.%.attn_q", "model.layers.%.self_attn.q_proj", query},
        {"blk.%.attn_k", "model.layers.%.self_attn.k_proj", key},
        {"blk.%.attn_v", "model.layers.%.self_attn.v_proj"},
        {"blk.%.attn_output", "model.layers.%.self_attn.o_proj"}};
}

std::vector<GgufName> gatedMlp() {
    return {{"blk.%.ffn_gate", "model.layers.%.mlp.gate_proj"},
        {"blk.%.ffn_up", "model.layers.%.mlp.up_proj"},
        {"blk.%.ffn_down", "model.layers.%.mlp.down_proj"}};
}

std::vector<GgufName> twoNorms() {
    return {{"blk.%.attn_norm", "model.layers.%.input_layernorm"},
        {"blk.%.ffn_norm", "model.layers.%.post_attention_layernorm"}};
}

std::vector<GgufName> headNorms(GgufChange norm) {
    return {{"blk.%.attn_q_norm", "model.layers.%.self_attn.q_norm", norm},
        {"blk.%.attn_k_norm", "model.layers.%.self_attn.k_norm", norm}};
}

std::vector<GgufName> llamaNames() {
    auto names = frame();
    append(names, attention(GgufChange::QueryRows, GgufChange::KeyRows));
    append(names, gatedMlp());
    append(names, twoNorms());
    return names;
}

std::vector<GgufName> qwenNames(bool normed) {
    auto names = frame();
    append(names, attention(GgufChange::None, GgufChange::None));
    append(names, gatedMlp());
    append(names, twoNorms());
    if (normed)
        append(names, headNorms(GgufChange::None));
    return names;
}

std::vector<GgufName> gemmaNames(bool normed) {
    constexpr GgufChange norm = GgufChange::PlusOne;
    auto names = frame(norm);
    append(names, attention(GgufChange::None, GgufChange::None));
    append(names, gatedMlp());
    append(names,
        {{"blk.%.attn_norm", "model.layers.%.input_layernorm", norm},
            {"blk.%.post_attention_norm", "model.layers.%.post_attention_layernorm", norm},
            {"blk.%.ffn_norm", "model.layers.%.pre_feedforward_layernorm", norm},
            {"blk.%.post_ffw_norm", "model.layers.%.post_feedforward_layernorm", norm}});
    if (normed)
        append(names, headNorms(norm));
    return names;
}

std::vector<GgufName> phiNames() {
    auto names = frame();
    append(names, twoNorms());
    append(names,
        {{"blk.%.attn_qkv", "model.layers.%.self_attn.qkv_proj"},
            {"blk.%.attn_output", "model.layers.%.self_attn.o_proj"},
            {"blk.%.ffn_up", "model.layers.%.mlp.gate_up_proj"},
            {"blk.%.ffn_down", "model.layers.%.mlp.down_proj"}});
    return names;
}

std::vector<GgufName> gpt2Names() {
    constexpr GgufChange turned = GgufChange::Transposed;
    return {{"token_embd", "transformer.wte"}, {"position_embd", "transformer.wpe"},
        {"output_norm", "transformer.ln_f"}, {"output", "lm_head"},
        {"blk.%.attn_norm", "transformer.h.%.ln_1"},
        {"blk.%.attn_qkv", "transformer.h.%.attn.c_attn", turned},
        {"blk.%.attn_output", "transformer.h.%.attn.c_proj", turned},
        {"blk.%.ffn_norm", "transformer.h.%.ln_2"},
        {"blk.%.ffn_up", "transformer.h.%.mlp.c_fc", turned},
        {"blk.%.ffn_down", "transformer.h.%.mlp.c_proj", turned}};
}

const std::vector<GgufFamily>& families() {
    static const std::vector<GgufFamily> all = {
        {"llama", "llama", "LlamaForCausalLM", llamaNames()},
        {"llama", "mistral", "MistralForCausalLM", llamaNames()},
        {"qwen2", "qwen2", "Qwen2ForCausalLM", qwenNames(false)},
        {"qwen3", "qwen3", "Qwen3ForCausalLM", qwenNames(true)},
        {"gemma2", "gemma2", "Gemma2ForCausalLM", gemmaNames(false)},
        {"gemma3", "gemma3_text", "Gemma3ForCausalLM", gemmaNames(true)},
        {"phi3", "phi3", "Phi3ForCausalLM", phiNames()},
        {"gpt2", "gpt2", "GPT2LMHeadModel", gpt2Names()},
    };
    return all;
}

/// The layer's number in `name` where it fits the pattern ("" where the pattern has none).
std::optional<std::string_view> fit(std::string_view pattern, std::string_view name) {
    const std::size_t hole = pattern.find('%');
    if (hole == std::string_view::npos)
        return name == pattern ? std::optional(std::string_view()) : std::nullopt;
    const std::string_view before = pattern.substr(0, hole);
    const std::string_view after = pattern.substr(hole + 1);
    if (name.size() <= before.size() + after.size() || !name.starts_with(before)
        || !name.ends_with(after))
        return std::nullopt;
    const std::string_view number
        = name.substr(before.size(), name.size() - before.size() - after.size());
    const bool digits = number.size() < 6
        && std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
    return digits ? std::optional(number) : std::nullopt;
}

std::string filled(std::string_view pattern, std::string_view number, std::string_view ending) {
    std::string name(pattern);
    if (const std::size_t hole = name.find('%'); hole != std::string::npos)
        name.replace(hole, 1, number);
    return name.append(ending);
}

/// Splits ".weight" or ".bias" off; empty where the name has neither.
std::string_view endingOf(std::string_view name) {
    for (const std::string_view ending : {".weight", ".bias"})
        if (name.ends_with(ending))
            return ending;
    return {};
}

std::optional<GgufTranslation> translate(const GgufFamily& family, std::string_view name,
    std::string_view GgufName::*from, std::string_view GgufName::*to) {
    const std::string_view ending = endingOf(name);
    if (ending.empty())
        return std::nullopt;
    name.remove_suffix(ending.size());
    for (const GgufName& rule : family.names)
        if (const auto number = fit(rule.*from, name)) {
            // A bias has nothing to transpose.
            const bool turned = rule.change == GgufChange::Transposed && ending == ".bias";
            return GgufTranslation{
                filled(rule.*to, *number, ending), turned ? GgufChange::None : rule.change};
        }
    return std::nullopt;
}

} // namespace

const GgufFamily* ggufFamilyOfArchitecture(std::string_view architecture) {
    const auto found = std::ranges::find(families(), architecture, &GgufFamily::architecture);
    return found == families().end() ? nullptr : &*found;
}

const GgufFamily* ggufFamilyOfModelType(std::string_view modelType) {
    const auto found = std::ranges::find(families(), modelType, &GgufFamily::modelType);
    return found == families().end() ? nullptr : &*found;
}

std::string ggufArchitectures() {
    std::string all;
    for (const GgufFamily& family : families())
        if (all.find(family.architecture) == std::string::npos)
            all.append(all.empty() ? "" : ", ").append(family.architecture);
    return all;
}

std::optional<GgufTranslation> huggingFaceName(const GgufFamily& family, std::string_view gguf) {
    return translate(family, gguf, &GgufName::gguf, &GgufName::huggingFace);
}

std::optional<GgufTranslation> ggufName(const GgufFamily& family, std::string_view huggingFace) {
    if (auto found = translate(family, huggingFace, &GgufName::huggingFace, &GgufName::gguf))
        return found;
    // GPT-2's first files leave out the prefix.
    return family.architecture == "gpt2" ? translate(family,
               "transformer." + std::string(huggingFace), &GgufName::huggingFace, &GgufName::gguf)
                                         : std::nullopt;
}

} // namespace assay
