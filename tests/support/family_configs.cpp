#include "tests/support/family_configs.h"

namespace assay::test {

namespace {

Json base(const char* family, bool tied) {
    Json config;
    config["model_type"] = family;
    config["vocab_size"] = 61;
    config["hidden_size"] = 40;
    config["intermediate_size"] = 52;
    config["num_hidden_layers"] = 3;
    config["num_attention_heads"] = 4;
    config["num_key_value_heads"] = 2;
    config["max_position_embeddings"] = 64;
    config["rms_norm_eps"] = 1e-5;
    config["rope_theta"] = 10000.0;
    config["tie_word_embeddings"] = tied;
    config["bos_token_id"] = 1;
    config["eos_token_id"] = 2;
    return config;
}

Json with(Json config, std::initializer_list<std::pair<const char*, Json>> changes) {
    for (const auto& [key, value] : changes)
        config[key] = value;
    return config;
}

Json rope(const char* type, std::initializer_list<std::pair<const char*, Json>> settings) {
    return with({{"rope_type", type}}, settings);
}

Json gemma2() {
    return with(base("gemma2", true),
        {{"head_dim", 12}, {"query_pre_attn_scalar", 20}, {"sliding_window", 7},
            {"attn_logit_softcapping", 3.0}, {"final_logit_softcapping", 4.0},
            {"hidden_activation", "gelu_pytorch_tanh"}});
}

Json gemma3() {
    return with(base("gemma3_text", true),
        {{"head_dim", 12}, {"query_pre_attn_scalar", 10}, {"sliding_window", 5},
            {"hidden_activation", "gelu_pytorch_tanh"}, {"attn_logit_softcapping", nullptr},
            {"final_logit_softcapping", nullptr}});
}

Json longFactors() {
    return rope("longrope", {{"short_factor", {1.0, 1.1, 1.3}}, {"long_factor", {2.0, 3.5, 6.0}}});
}

} // namespace

std::vector<FamilyCase> familyCases() {
    const Json windowed = {"sliding_attention", "full_attention", "sliding_attention"};
    std::vector<FamilyCase> cases;
    const auto add = [&](const char* name, Json config, std::size_t tokens = 24) {
        cases.push_back({name, std::move(config), tokens});
    };
    add("llama, biases everywhere",
        with(base("llama", false), {{"attention_bias", true}, {"mlp_bias", true}}));
    add("llama, linear",
        with(base("llama", true), {{"rope_scaling", rope("linear", {{"factor", 4.0}})}}));
    const Json dynamic = with(base("llama", true),
        {{"max_position_embeddings", 16}, {"rope_scaling", rope("dynamic", {{"factor", 3.0}})}});
    add("llama, dynamic, within", dynamic, 16);
    add("llama, dynamic, beyond", dynamic, 29);
    add("llama, llama3",
        with(base("llama", true),
            {{"rope_scaling",
                rope("llama3",
                    {{"factor", 8.0}, {"low_freq_factor", 1.0}, {"high_freq_factor", 4.0},
                        {"original_max_position_embeddings", 32}})}}));
    add("llama, yarn",
        with(base("llama", true),
            {{"rope_scaling",
                rope("yarn", {{"factor", 4.0}, {"original_max_position_embeddings", 16}})}}));
    add("mistral, no window, wide heads",
        with(base("mistral", false), {{"head_dim", 16}, {"sliding_window", nullptr}}));
    add("qwen3, heads of their own size",
        with(base("qwen3", true), {{"head_dim", 14}, {"use_sliding_window", false}}));
    add("qwen3, window in later layers, biases",
        with(base("qwen3", false),
            {{"head_dim", 14}, {"use_sliding_window", true}, {"sliding_window", 6},
                {"max_window_layers", 1}, {"attention_bias", true}}));
    add("gemma2", gemma2());
    add("gemma2, named layers, no caps",
        with(gemma2(),
            {{"layer_types", windowed}, {"attn_logit_softcapping", nullptr},
                {"final_logit_softcapping", nullptr}}));
    add("gemma3, pattern, linear",
        with(gemma3(),
            {{"sliding_window_pattern", 2}, {"rope_theta", 50000.0},
                {"rope_local_base_freq", 100.0},
                {"rope_scaling", rope("linear", {{"factor", 8.0}})}}));
    Json modern = with(gemma3(),
        {{"layer_types", windowed},
            {"rope_parameters",
                {{"full_attention", {{"rope_type", "default"}, {"rope_theta", 70000.0}}},
                    {"sliding_attention", {{"rope_type", "default"}, {"rope_theta", 200.0}}}}}});
    modern.erase("rope_theta");
    add("gemma3, as transformers 5 writes it", modern);
    add("phi3, partial rotation, window",
        with(base("phi3", false),
            {{"head_dim", 12}, {"partial_rotary_factor", 0.5}, {"sliding_window", 9}}));
    const Json stretched = with(base("phi3", false),
        {{"head_dim", 12}, {"partial_rotary_factor", 0.5}, {"sliding_window", nullptr},
            {"original_max_position_embeddings", 16}, {"rope_scaling", longFactors()}});
    add("phi3, longrope, within", stretched, 16);
    add("phi3, longrope, beyond", stretched, 25);
    return cases;
}

} // namespace assay::test
