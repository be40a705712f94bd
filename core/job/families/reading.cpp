#include "core/job/families/reading.h"

#include <algorithm>

namespace assay::families {

void readNullable(JsonReader& config, const char* key, std::int64_t& target) {
    if (const Json* value = config.optional(key); value && !value->is_null())
        config.readOptional(key, target);
}

void checkPositive(JsonReader& config, const char* key, std::int64_t value, std::int64_t largest) {
    const Json* written = config.optional(key); // a wrong type has been reported already
    if (written && written->is_number_integer() && (value <= 0 || value > largest))
        config.report(Error("json.value",
            {{"key", key}, {"reason", "it must be between 1 and " + std::to_string(largest)}}));
}

void refuseFlag(JsonReader& config, const char* key, const char* supported) {
    bool on = false;
    if (const Json* value = config.optional(key); value && !value->is_null())
        config.readOptional(key, on);
    if (on)
        config.report(Error("model.unsupported",
            {{"what", std::string(key) + " = true"}, {"supported", supported}}));
}

void readSizes(JsonReader& config, ModelSpec& spec) {
    config.read("vocab_size", spec.vocabularySize);
    config.read("hidden_size", spec.hiddenSize);
    config.read("intermediate_size", spec.intermediateSize);
    config.read("num_hidden_layers", spec.layers);
    config.read("num_attention_heads", spec.heads);
    spec.kvHeads = spec.heads;
    readNullable(config, "num_key_value_heads", spec.kvHeads);
    if (spec.headDimension == 0 && spec.heads > 0)
        spec.headDimension = spec.hiddenSize / spec.heads;
    readNullable(config, "head_dim", spec.headDimension);
    config.readOptional("max_position_embeddings", spec.maxPositions);
    config.readOptional("rms_norm_eps", spec.normEps);
    config.readOptional("tie_word_embeddings", spec.tiedEmbeddings);
    checkPositive(config, "vocab_size", spec.vocabularySize);
    checkPositive(config, "hidden_size", spec.hiddenSize);
    checkPositive(config, "intermediate_size", spec.intermediateSize);
    checkPositive(config, "num_hidden_layers", spec.layers, mostLayers);
    checkPositive(config, "num_attention_heads", spec.heads);
    checkPositive(config, "num_key_value_heads", spec.kvHeads);
    checkPositive(config, "head_dim", spec.headDimension);
    checkPositive(config, "max_position_embeddings", spec.maxPositions, mostPositions);
    if (spec.heads > 0 && spec.headDimension > largestSize / spec.heads)
        config.report(Error("json.value",
            {{"key", "num_attention_heads"}, {"reason", "all heads together are too wide"}}));
    if (spec.heads > 0 && spec.kvHeads > 0 && spec.heads % spec.kvHeads != 0)
        config.report(Error("json.value",
            {{"key", "num_key_value_heads"},
                {"reason", "it does not divide num_attention_heads"}}));
    if (spec.headDimension % 2 != 0)
        config.report(Error("json.value", {{"key", "head_dim"}, {"reason", "it must be even"}}));
}

void readActivation(JsonReader& config, const char* key, ModelSpec& spec) {
    const Json* value = config.optional(key);
    if (!value || value->is_null())
        return;
    std::string name;
    config.readOptional(key, name);
    if (name == "silu" || name == "swish")
        spec.activation = Activation::Silu;
    else if (name == "gelu_new" || name == "gelu_pytorch_tanh" || name == "gelu_fast")
        spec.activation = Activation::GeluTanh;
    else
        config.report(Error("model.unsupported",
            {{"what", std::string(key) + " \"" + name + "\""},
                {"supported", "silu, gelu_new, gelu_pytorch_tanh"}}));
}

namespace {

void readFactors(
    JsonReader& rope, const char* key, std::int64_t wanted, std::vector<double>& factors) {
    const Json* list = rope.required(key);
    if (!list)
        return;
    if (list->is_array())
        for (const Json& factor : *list)
            if (factor.is_number() && factor.get<double>() > 0)
                factors.push_back(factor.get<double>());
    if (!list->is_array() || list->size() != factors.size()
        || std::int64_t(factors.size()) != wanted)
        rope.report(Error("json.value",
            {{"key", key},
                {"reason", "it must list " + std::to_string(wanted) + " positive numbers"}}));
}

std::int64_t rotated(const ModelSpec& spec) {
    return spec.rotaryDimension > 0 ? spec.rotaryDimension : spec.headDimension;
}

void readYarn(JsonReader& rope, RopeSpec& target) {
    rope.readOptional("beta_fast", target.betaFast);
    rope.readOptional("beta_slow", target.betaSlow);
    rope.readOptional("mscale", target.mscale);
    rope.readOptional("mscale_all_dim", target.mscaleAllDimensions);
    rope.readOptional("truncate", target.truncate);
}

void requirePositive(JsonReader& rope, const char* key, double value) {
    if (!(value > 0))
        rope.report(Error("json.value", {{"key", key}, {"reason", "it must be positive"}}));
}

} // namespace

void readRopeObject(JsonReader& config, const Json& object, const std::string& place,
    const ModelSpec& spec, RopeSpec& rope) {
    JsonReader reader(object, place);
    reader.ignoreOthers();
    std::string type = "default";
    reader.readOptional("type", type);
    reader.readOptional("rope_type", type);
    if (type == "su" || (type == "yarn" && reader.has("short_factor")))
        type = "longrope"; // as Phi-3's first configs spell it
    const bool hasFactor = reader.has("factor") && !reader.optional("factor")->is_null();
    reader.readOptional("rope_theta", rope.theta);
    if (hasFactor)
        reader.readOptional("factor", rope.factor);
    readNullable(reader, "original_max_position_embeddings", rope.originalPositions);
    if (const Json* value = reader.optional("attention_factor"); value && !value->is_null())
        reader.readOptional("attention_factor", rope.attentionFactor);
    reader.readOptional("low_freq_factor", rope.lowFrequencyFactor);
    reader.readOptional("high_freq_factor", rope.highFrequencyFactor);
    constexpr const char* known[] = {"linear", "dynamic", "llama3", "yarn", "longrope"};
    if (std::ranges::find(known, type) != std::end(known)) {
        rope.scaling = type;
        if (type == "llama3" && rope.originalPositions <= 0)
            reader.report(Error("json.missing", {{"key", "original_max_position_embeddings"}}));
        if (rope.originalPositions <= 0)
            rope.originalPositions = spec.maxPositions;
        if (type == "yarn")
            readYarn(reader, rope);
        if (type == "longrope") {
            readFactors(reader, "short_factor", rotated(spec) / 2, rope.shortFactors);
            readFactors(reader, "long_factor", rotated(spec) / 2, rope.longFactors);
        }
        if (!hasFactor)
            rope.factor = double(spec.maxPositions)
                / double(std::max<std::int64_t>(1, rope.originalPositions));
    } else if (type != "default") {
        reader.report(Error("model.unsupported",
            {{"what", "rope scaling \"" + type + "\""},
                {"supported", "linear, dynamic, llama3, yarn, longrope"}}));
    }
    requirePositive(reader, "rope_theta", rope.theta);
    requirePositive(reader, "factor", rope.factor);
    for (Error& problem : reader.takeProblems())
        config.report(std::move(problem));
}

void readRope(JsonReader& config, ModelSpec& spec) {
    config.readOptional("rope_theta", spec.rope.theta);
    const char* key = config.has("rope_parameters") ? "rope_parameters" : "rope_scaling";
    const Json* value = config.optional(key);
    double partial = 1;
    if (const Json* share = config.optional("partial_rotary_factor"); share && !share->is_null())
        config.readOptional("partial_rotary_factor", partial);
    else if (value && value->is_object() && value->contains("partial_rotary_factor")
        && (*value)["partial_rotary_factor"].is_number())
        partial = (*value)["partial_rotary_factor"].get<double>();
    spec.rotaryDimension = std::int64_t(double(spec.headDimension) * partial);
    if (spec.headDimension > 0
        && (spec.rotaryDimension <= 0 || spec.rotaryDimension > spec.headDimension
            || spec.rotaryDimension % 2 != 0))
        config.report(Error("json.value",
            {{"key", "partial_rotary_factor"},
                {"reason", "it must leave an even number of rotated dimensions"}}));
    // Phi-3 keeps it outside of the rope settings.
    readNullable(config, "original_max_position_embeddings", spec.rope.originalPositions);
    if (value && !value->is_null())
        readRopeObject(config, *value, config.place() + " " + key, spec, spec.rope);
    // The context that the stretching was made for, where the config still names the old one.
    if (spec.rope.scaling == "dynamic" || spec.rope.scaling == "yarn")
        spec.maxPositions = std::max(spec.maxPositions,
            std::int64_t(std::min(
                double(spec.rope.originalPositions) * spec.rope.factor, double(mostPositions))));
}

void readWindows(JsonReader& config, ModelSpec& spec, std::int64_t window,
    const std::function<bool(std::int64_t layer)>& isWindowed) {
    if (spec.layers <= 0 || spec.layers > mostLayers)
        return; // it has been reported
    const Json* types = config.optional("layer_types");
    const bool listed = types && types->is_array();
    if (listed && std::int64_t(types->size()) != spec.layers) {
        config.report(
            Error("json.value", {{"key", "layer_types"}, {"reason", "it must name every layer"}}));
        return;
    }
    bool any = false;
    for (std::int64_t i = 0; i < spec.layers; ++i) {
        bool windowed = isWindowed(i);
        if (listed) {
            const Json& type = (*types)[std::size_t(i)];
            windowed = type == "sliding_attention";
            if (!windowed && type != "full_attention") {
                config.report(Error("model.unsupported",
                    {{"what", "layer type " + dumpJson(type)},
                        {"supported", "full_attention, sliding_attention"}}));
                return;
            }
        }
        spec.windows.push_back(windowed ? window : 0);
        any |= windowed && window > 0;
    }
    if (!any)
        spec.windows.clear();
}

} // namespace assay::families
