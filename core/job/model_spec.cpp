#include "core/job/model_spec.h"

#include <cmath>
#include <numbers>

namespace assay {

namespace fs = std::filesystem;

namespace {

void readIds(JsonReader& reader, const char* key, std::vector<TokenId>& ids) {
    const Json* value = reader.optional(key);
    if (!value || value->is_null())
        return;
    const auto add = [&](const Json& id) {
        if (!id.is_number_integer())
            reader.report(Error("json.type",
                {{"key", key}, {"expected", "an id or a list of ids"},
                    {"found", jsonTypeName(id)}}));
        else if (std::ranges::find(ids, id.get<TokenId>()) == ids.end())
            ids.push_back(id.get<TokenId>());
    };
    if (value->is_array())
        for (const Json& id : *value)
            add(id);
    else
        add(*value);
}

void readRope(JsonReader& config, ModelSpec& spec) {
    config.readOptional("rope_theta", spec.rope.theta);
    // transformers 5 moved both into rope_parameters.
    const char* key = config.has("rope_parameters") ? "rope_parameters" : "rope_scaling";
    const Json* value = config.optional(key);
    if (!value || value->is_null())
        return;
    JsonReader rope(*value, config.place() + " " + key);
    rope.ignoreOthers();
    std::string type = "default";
    rope.readOptional("type", type);
    rope.readOptional("rope_type", type);
    rope.readOptional("rope_theta", spec.rope.theta);
    rope.readOptional("factor", spec.rope.factor);
    rope.readOptional("low_freq_factor", spec.rope.lowFrequencyFactor);
    rope.readOptional("high_freq_factor", spec.rope.highFrequencyFactor);
    rope.readOptional("original_max_position_embeddings", spec.rope.originalPositions);
    if (type == "linear" || type == "llama3")
        spec.rope.scaling = type;
    else if (type != "default")
        rope.report(Error("model.unsupported",
            {{"what", "rope scaling \"" + type + "\""}, {"supported", "linear, llama3"}}));
    if (type == "llama3" && spec.rope.originalPositions <= 0)
        rope.report(Error("json.missing", {{"key", "original_max_position_embeddings"}}));
    for (Error& problem : rope.takeProblems())
        config.report(std::move(problem));
}

void checkPositive(JsonReader& config, const char* key, std::int64_t value) {
    const Json* written = config.optional(key); // a wrong type has been reported already
    if (written && written->is_number_integer() && (value <= 0 || value > (std::int64_t(1) << 40)))
        config.report(
            Error("json.value", {{"key", key}, {"reason", "it must be a positive size"}}));
}

/// What the Llama builder cannot do is refused by name instead of giving wrong numbers.
void refuseUnsupported(JsonReader& config) {
    for (const char* key : {"attention_bias", "mlp_bias"}) {
        bool on = false;
        config.readOptional(key, on);
        if (on)
            config.report(Error("model.unsupported",
                {{"what", std::string(key) + " = true"},
                    {"supported", "projections without bias"}}));
    }
    std::string activation = "silu";
    config.readOptional("hidden_act", activation);
    if (activation != "silu" && activation != "swish")
        config.report(Error("model.unsupported",
            {{"what", "hidden_act \"" + activation + "\""}, {"supported", "silu"}}));
}

void readNullable(JsonReader& config, const char* key, std::int64_t& target) {
    if (const Json* value = config.optional(key); value && !value->is_null())
        config.readOptional(key, target);
}

} // namespace

std::vector<std::string> supportedFamilies() {
    return {"llama"};
}

std::int64_t ModelSpec::parameterCount() const {
    const std::int64_t attention = hiddenSize * headDimension * (2 * heads + 2 * kvHeads);
    const std::int64_t layer = attention + 3 * hiddenSize * intermediateSize + 2 * hiddenSize;
    return vocabularySize * hiddenSize * (tiedEmbeddings ? 1 : 2) + layers * layer + hiddenSize;
}

Result<ModelSpec> readModelSpec(const fs::path& folder) {
    if (!fs::is_directory(folder))
        return fail("model.no_folder", {{"path", folder.string()}});
    const fs::path path = folder / "config.json";
    auto json = readJsonFile(path);
    if (!json)
        return forward(json);

    ModelSpec spec;
    JsonReader config(*json, path.string());
    config.ignoreOthers();
    config.read("model_type", spec.family);
    if (const auto families = supportedFamilies();
        config.has("model_type") && std::ranges::find(families, spec.family) == families.end()) {
        std::string known;
        for (const std::string& family : families)
            known += (known.empty() ? "" : ", ") + family;
        return fail(
            "model.unknown_family", {{"name", spec.family}, {"known", known}}, path.string());
    }
    config.read("vocab_size", spec.vocabularySize);
    config.read("hidden_size", spec.hiddenSize);
    config.read("intermediate_size", spec.intermediateSize);
    config.read("num_hidden_layers", spec.layers);
    config.read("num_attention_heads", spec.heads);
    spec.kvHeads = spec.heads;
    readNullable(config, "num_key_value_heads", spec.kvHeads);
    spec.headDimension = spec.heads > 0 ? spec.hiddenSize / spec.heads : 0;
    readNullable(config, "head_dim", spec.headDimension);
    spec.maxPositions = 2048; // transformers' defaults for this family
    config.readOptional("max_position_embeddings", spec.maxPositions);
    spec.normEps = 1e-6;
    config.readOptional("rms_norm_eps", spec.normEps);
    config.readOptional("tie_word_embeddings", spec.tiedEmbeddings);
    checkPositive(config, "vocab_size", spec.vocabularySize);
    checkPositive(config, "hidden_size", spec.hiddenSize);
    checkPositive(config, "intermediate_size", spec.intermediateSize);
    checkPositive(config, "num_hidden_layers", spec.layers);
    checkPositive(config, "num_attention_heads", spec.heads);
    checkPositive(config, "num_key_value_heads", spec.kvHeads);
    checkPositive(config, "head_dim", spec.headDimension);
    checkPositive(config, "max_position_embeddings", spec.maxPositions);
    if (spec.heads > 0 && spec.kvHeads > 0 && spec.heads % spec.kvHeads != 0)
        config.report(Error("json.value",
            {{"key", "num_key_value_heads"},
                {"reason", "it does not divide num_attention_heads"}}));
    if (spec.headDimension % 2 != 0)
        config.report(Error("json.value", {{"key", "head_dim"}, {"reason", "it must be even"}}));
    readRope(config, spec);
    refuseUnsupported(config);
    std::vector<TokenId> begin;
    readIds(config, "bos_token_id", begin);
    spec.bosId = begin.empty() ? -1 : begin.front();
    readIds(config, "eos_token_id", spec.endIds);
    if (auto done = config.finish(); !done)
        return forward(done);

    const fs::path generationPath = folder / "generation_config.json";
    if (fs::exists(generationPath)) {
        auto generationJson = readJsonFile(generationPath);
        if (!generationJson)
            return forward(generationJson);
        JsonReader generation(*generationJson, generationPath.string());
        generation.ignoreOthers();
        readIds(generation, "eos_token_id", spec.endIds);
        if (auto done = generation.finish(); !done)
            return forward(done);
    }
    return spec;
}

Json modelSpecToConfig(const ModelSpec& spec) {
    Json config;
    config["architectures"] = Json::array({"LlamaForCausalLM"});
    config["model_type"] = spec.family;
    config["vocab_size"] = spec.vocabularySize;
    config["hidden_size"] = spec.hiddenSize;
    config["intermediate_size"] = spec.intermediateSize;
    config["num_hidden_layers"] = spec.layers;
    config["num_attention_heads"] = spec.heads;
    config["num_key_value_heads"] = spec.kvHeads;
    config["head_dim"] = spec.headDimension;
    config["max_position_embeddings"] = spec.maxPositions;
    config["hidden_act"] = "silu";
    config["rms_norm_eps"] = spec.normEps;
    config["rope_theta"] = spec.rope.theta;
    if (spec.rope.scaling.empty()) {
        config["rope_scaling"] = nullptr;
    } else {
        Json& rope = config["rope_scaling"];
        rope["rope_type"] = spec.rope.scaling;
        rope["factor"] = spec.rope.factor;
        if (spec.rope.scaling == "llama3") {
            rope["low_freq_factor"] = spec.rope.lowFrequencyFactor;
            rope["high_freq_factor"] = spec.rope.highFrequencyFactor;
            rope["original_max_position_embeddings"] = spec.rope.originalPositions;
        }
    }
    config["tie_word_embeddings"] = spec.tiedEmbeddings;
    config["attention_bias"] = false;
    config["mlp_bias"] = false;
    config["torch_dtype"] = "float32";
    config["bos_token_id"] = spec.bosId >= 0 ? Json(spec.bosId) : Json(nullptr);
    config["eos_token_id"] = spec.endIds.empty() ? Json(nullptr)
        : spec.endIds.size() == 1                ? Json(spec.endIds.front())
                                                 : Json(spec.endIds);
    return config;
}

Json modelSpecToGenerationConfig(const ModelSpec& spec) {
    Json config = Json::object();
    if (spec.bosId >= 0)
        config["bos_token_id"] = spec.bosId;
    if (!spec.endIds.empty())
        config["eos_token_id"] = spec.endIds;
    return config;
}

std::vector<float> inverseFrequencies(const ModelSpec& spec) {
    const std::int64_t half = spec.headDimension / 2;
    std::vector<float> frequencies(std::size_t(half), 0.0F);
    const double oldPositions = double(spec.rope.originalPositions);
    for (std::int64_t i = 0; i < half; ++i) {
        // fp32, as the reference does.
        double frequency = double(
            1.0F / std::pow(float(spec.rope.theta), float(2 * i) / float(spec.headDimension)));
        if (spec.rope.scaling == "linear") {
            frequency /= spec.rope.factor;
        } else if (spec.rope.scaling == "llama3") {
            const double wavelength = 2 * std::numbers::pi / frequency;
            const double low = oldPositions / spec.rope.lowFrequencyFactor;
            const double high = oldPositions / spec.rope.highFrequencyFactor;
            if (wavelength > low) {
                frequency /= spec.rope.factor;
            } else if (wavelength >= high) {
                const double smooth = (oldPositions / wavelength - spec.rope.lowFrequencyFactor)
                    / (spec.rope.highFrequencyFactor - spec.rope.lowFrequencyFactor);
                frequency = (1 - smooth) * frequency / spec.rope.factor + smooth * frequency;
            }
        }
        frequencies[std::size_t(i)] = float(frequency);
    }
    return frequencies;
}

} // namespace assay
