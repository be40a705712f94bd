#include "core/models/gguf_family.h"
#include "core/models/model_files.h"
#include "core/models/rope_factors.h"

#include <cmath>

namespace assay {

namespace {

tl::unexpected<Error> missing(const GgufFile& file, const std::string& key) {
    return fail("weights.damaged",
        {{"path", file.path().string()}, {"format", "GGUF"}, {"reason", "it lacks " + key}});
}

const TensorView* tensorNamed(const GgufFile& file, std::string_view name) {
    for (const TensorView& tensor : file.tensors())
        if (tensor.name == name)
            return &tensor;
    return nullptr;
}

Result<const GgufFamily*> familyOf(const GgufFile& file) {
    const std::string architecture(file.text("general.architecture").value_or(""));
    const GgufFamily* family = ggufFamilyOfArchitecture(architecture);
    if (family && architecture == "llama" && file.integer("llama.attention.sliding_window"))
        family = ggufFamilyOfModelType("mistral");
    if (!family)
        return fail("models.gguf_architecture",
            {{"path", file.path().string()}, {"name", architecture},
                {"known", ggufArchitectures()}});
    return family;
}

/// Reads the metadata under the architecture's own prefix.
struct Metadata {
    const GgufFile& file;
    std::string prefix;

    std::optional<std::int64_t> integer(const char* key) const {
        return file.integer(prefix + key);
    }
    std::optional<double> real(const char* key) const {
        const auto value = file.real(prefix + key);
        // The shortest text that is this float: 1e-05, not 9.99999974e-06.
        return value ? std::optional(std::strtod(floatText(float(*value)).c_str(), nullptr))
                     : std::nullopt;
    }
    static std::string floatText(float value) {
        char text[32];
        for (int digits = 6; digits <= 9; ++digits) {
            std::snprintf(text, sizeof text, "%.*g", digits, double(value));
            if (std::strtof(text, nullptr) == value)
                break;
        }
        return text;
    }
};

/// Where we wrote the file, the rule stands in keys of our own.
std::optional<Llama3Rope> ropeRule(const GgufFile& file, std::span<const float> factors,
    double theta, std::int64_t headDimension) {
    Llama3Rope own;
    own.factor = file.real("assay.rope.factor").value_or(own.factor);
    own.lowFrequencyFactor = file.real("assay.rope.low_freq_factor").value_or(1);
    own.highFrequencyFactor = file.real("assay.rope.high_freq_factor").value_or(4);
    own.originalPositions = file.integer("assay.rope.original_positions").value_or(8192);
    if (givesFactors(own, factors, theta, headDimension))
        return own;
    return llama3RuleOf(factors, theta, headDimension);
}

Result<void> addRope(const GgufFile& file, const Metadata& metadata, std::int64_t headDimension,
    std::int64_t positions, Json& config) {
    config["rope_theta"] = metadata.real("rope.freq_base").value_or(10000);
    config["rope_scaling"] = nullptr;
    const std::string scaling(file.text(metadata.prefix + "rope.scaling.type").value_or("none"));
    const double factor = metadata.real("rope.scaling.factor").value_or(1);
    if (scaling == "linear" && factor != 1)
        config["rope_scaling"] = {{"rope_type", "linear"}, {"factor", factor}};
    else if (scaling == "yarn")
        config["rope_scaling"] = {{"rope_type", "yarn"}, {"factor", factor},
            {"original_max_position_embeddings",
                metadata.integer("rope.scaling.original_context_length")
                    .value_or(std::int64_t(double(positions) / factor))}};
    else if (scaling != "none" && scaling != "linear")
        return fail("model.unsupported",
            {{"what", "rope scaling \"" + scaling + "\""}, {"supported", "linear, yarn, llama3"}},
            file.path().string());
    if (const TensorView* factors = tensorNamed(file, "rope_freqs.weight")) {
        std::vector<float> values(std::size_t(factors->elements()));
        const auto rule = toFloats(*factors, values)
            ? ropeRule(file, values, config["rope_theta"].get<double>(), headDimension)
            : std::nullopt;
        if (!rule)
            return fail("model.unsupported",
                {{"what", "rope_freqs.weight with factors of its own"},
                    {"supported", "those of Llama 3"}},
                file.path().string());
        config["rope_scaling"] = {{"rope_type", "llama3"}, {"factor", rule->factor},
            {"low_freq_factor", rule->lowFrequencyFactor},
            {"high_freq_factor", rule->highFrequencyFactor},
            {"original_max_position_embeddings", rule->originalPositions}};
    }
    return {};
}

void addIds(const GgufFile& file, Json& config) {
    const auto size = std::int64_t(file.texts("tokenizer.ggml.tokens").size());
    for (const auto& [key, name] : {std::pair("bos_token_id", "tokenizer.ggml.bos_token_id"),
             std::pair("eos_token_id", "tokenizer.ggml.eos_token_id")}) {
        const auto id = file.integer(name);
        config[key] = id && *id >= 0 && *id < size ? Json(*id) : Json();
    }
    // A turn's end also ends an answer where the model was made to talk.
    if (const auto turn = file.integer("tokenizer.ggml.eot_token_id"); turn && *turn >= 0
        && *turn < size && config["eos_token_id"].is_number_integer()
        && config["eos_token_id"] != *turn)
        config["eos_token_id"] = Json::array({config["eos_token_id"], *turn});
}

Json gpt2Config(const Metadata& metadata, const TensorView& embedding) {
    Json config;
    config["vocab_size"] = embedding.shape[0];
    config["n_positions"] = metadata.integer("context_length").value_or(1024);
    config["n_embd"] = embedding.shape[1];
    config["n_layer"] = metadata.integer("block_count").value_or(0);
    config["n_head"] = metadata.integer("attention.head_count").value_or(0);
    config["n_inner"] = metadata.integer("feed_forward_length").value_or(4 * embedding.shape[1]);
    config["layer_norm_epsilon"] = metadata.real("attention.layer_norm_epsilon").value_or(1e-5);
    config["activation_function"] = "gelu_new";
    return config;
}

} // namespace

Result<Json> ggufConfig(const GgufFile& file) {
    auto found = familyOf(file);
    if (!found)
        return forward(found);
    const GgufFamily& family = **found;
    const Metadata metadata{file, std::string(family.architecture) + "."};
    const TensorView* embedding = tensorNamed(file, "token_embd.weight");
    if (!embedding || embedding->shape.size() != 2)
        return missing(file, "token_embd.weight");
    for (const char* key : {"block_count", "attention.head_count"})
        if (metadata.integer(key).value_or(0) <= 0)
            return missing(file, metadata.prefix + key);
    Json config;
    config["architectures"] = Json::array({std::string(family.className)});
    config["model_type"] = std::string(family.modelType);
    const bool tied = !tensorNamed(file, "output.weight");
    if (family.architecture == "gpt2") {
        config.update(gpt2Config(metadata, *embedding));
        config["tie_word_embeddings"] = tied;
        addIds(file, config);
        return config;
    }
    const std::int64_t hidden = embedding->shape[1];
    const std::int64_t heads = *metadata.integer("attention.head_count");
    config["vocab_size"] = embedding->shape[0];
    config["hidden_size"] = hidden;
    config["intermediate_size"] = metadata.integer("feed_forward_length").value_or(0);
    config["num_hidden_layers"] = *metadata.integer("block_count");
    config["num_attention_heads"] = heads;
    config["num_key_value_heads"] = metadata.integer("attention.head_count_kv").value_or(heads);
    const std::int64_t headDimension
        = metadata.integer("attention.key_length").value_or(hidden / heads);
    config["head_dim"] = headDimension;
    const std::int64_t positions = metadata.integer("context_length").value_or(2048);
    config["max_position_embeddings"] = positions;
    config["hidden_act"] = "silu";
    config["rms_norm_eps"] = metadata.real("attention.layer_norm_rms_epsilon").value_or(1e-5);
    config["tie_word_embeddings"] = tied;
    if (auto done = addRope(file, metadata, headDimension, positions, config); !done)
        return forward(done);
    if (family.architecture == "llama") {
        config["attention_bias"] = tensorNamed(file, "blk.0.attn_q.bias") != nullptr;
        config["mlp_bias"] = tensorNamed(file, "blk.0.ffn_up.bias") != nullptr;
    }
    if (family.architecture.starts_with("gemma")) {
        config.erase("hidden_act");
        config["hidden_activation"] = "gelu_pytorch_tanh";
        if (const auto cap = metadata.real("attn_logit_softcapping"))
            config["attn_logit_softcapping"] = *cap;
        if (const auto cap = metadata.real("final_logit_softcapping"))
            config["final_logit_softcapping"] = *cap;
        config["query_pre_attn_scalar"] = headDimension;
    }
    if (const auto window = metadata.integer("attention.sliding_window"); window && *window > 0)
        config["sliding_window"] = *window;
    if (const auto rotated = metadata.integer("rope.dimension_count");
        rotated && *rotated > 0 && *rotated < headDimension)
        config["partial_rotary_factor"] = double(*rotated) / double(headDimension);
    addIds(file, config);
    return config;
}

Result<ModelFiles> openGgufModel(const std::filesystem::path& path) {
    auto file = GgufFile::open(path);
    if (!file)
        return forward(file);
    auto family = familyOf(*file);
    if (!family)
        return forward(family);
    auto config = ggufConfig(*file);
    if (!config)
        return forward(config);
    ModelFiles model;
    model.kind = "GGUF";
    model.path = path;
    model.config = std::move(*config);
    const bool grouped = model.config.contains("num_attention_heads");
    const auto headsOf
        = [&](const char* key) { return grouped ? model.config[key].get<std::int64_t>() : 0; };
    std::vector<TensorView> tensors;
    std::string leftOut;
    for (TensorView tensor : file->tensors()) {
        const auto translated = huggingFaceName(**family, tensor.name);
        if (!translated) {
            if (tensor.name != "rope_freqs.weight")
                leftOut += (leftOut.empty() ? "" : ", ") + tensor.name;
            continue;
        }
        tensor.name = translated->name;
        const bool matrix = tensor.shape.size() == 2;
        if (translated->change == GgufChange::QueryRows)
            tensor.reading.interleavedHeads = headsOf("num_attention_heads");
        else if (translated->change == GgufChange::KeyRows)
            tensor.reading.interleavedHeads = headsOf("num_key_value_heads");
        else if (translated->change == GgufChange::PlusOne)
            tensor.reading.added = -1;
        else if (translated->change == GgufChange::Transposed && matrix) {
            tensor.reading.transposed = true;
            std::swap(tensor.shape[0], tensor.shape[1]);
        }
        if (const std::int64_t heads = tensor.reading.interleavedHeads; heads > 0
            && (tensor.shape.empty() || tensor.shape[0] == 0 || tensor.shape[0] % (2 * heads) != 0))
            return fail("weights.damaged",
                {{"path", path.string()}, {"format", "GGUF"},
                    {"reason", tensor.name + " does not fit its number of heads"}});
        tensors.push_back(std::move(tensor));
    }
    if (!leftOut.empty())
        model.notes.push_back("left out: " + leftOut);
    auto weights = Weights::of(WeightFormat::Gguf, path, std::move(tensors), {file->file()});
    if (!weights)
        return forward(weights);
    model.weights = std::move(*weights);
    model.weights.metadata = file->summary();
    auto files = ggufTokenizerFiles(*file);
    if (files)
        model.sideFiles = std::move(*files);
    else
        model.notes.push_back(message(files.error()));
    return model;
}

} // namespace assay
