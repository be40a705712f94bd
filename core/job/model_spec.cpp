#include "core/job/model_spec.h"

#include "core/job/model_families.h"

#include <algorithm>

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

const ModelFamily* familyNamed(const std::string& name) {
    for (const ModelFamily& family : modelFamilies())
        if (family.name == name)
            return &family;
    return nullptr;
}

tl::unexpected<Error> unknownFamily(const std::string& name, const std::string& place) {
    std::string known;
    for (const std::string& family : supportedFamilies())
        known += (known.empty() ? "" : ", ") + family;
    return fail("model.unknown_family", {{"name", name}, {"known", known}}, place);
}

} // namespace

Result<ModelSpec> modelSpecFromConfig(const Json& json, const std::string& place) {
    ModelSpec spec;
    JsonReader config(json, place);
    config.ignoreOthers();
    config.read("model_type", spec.family);
    const ModelFamily* family = familyNamed(spec.family);
    if (!family && config.has("model_type"))
        return unknownFamily(spec.family, place);
    spec.normEps = 1e-6; // transformers' default for most families
    if (family)
        family->read(config, spec);
    std::vector<TokenId> begin;
    readIds(config, "bos_token_id", begin);
    spec.bosId = begin.empty() ? -1 : begin.front();
    readIds(config, "eos_token_id", spec.endIds);
    if (auto done = config.finish(); !done)
        return forward(done);
    spec.config = json;
    return spec;
}

Result<ModelSpec> readModelSpec(const fs::path& folder) {
    if (!fs::is_directory(folder))
        return fail("model.no_folder", {{"path", folder.string()}});
    const fs::path path = folder / "config.json";
    auto json = readJsonFile(path);
    if (!json)
        return forward(json);

    auto spec = modelSpecFromConfig(*json, path.string());
    if (!spec)
        return spec;

    const fs::path generationPath = folder / "generation_config.json";
    if (fs::exists(generationPath)) {
        auto generationJson = readJsonFile(generationPath);
        if (!generationJson)
            return forward(generationJson);
        JsonReader generation(*generationJson, generationPath.string());
        generation.ignoreOthers();
        readIds(generation, "eos_token_id", spec->endIds);
        if (auto done = generation.finish(); !done)
            return forward(done);
    }
    return spec;
}

namespace {

/// The config that was read, with what training changes.
Json updatedConfig(const ModelSpec& spec) {
    Json config = spec.config;
    config["vocab_size"] = spec.vocabularySize;
    config[config.contains("dtype") ? "dtype" : "torch_dtype"] = "float32";
    if (!spec.endIds.empty())
        config["eos_token_id"]
            = spec.endIds.size() == 1 ? Json(spec.endIds.front()) : Json(spec.endIds);
    // An adapter may have trained the two sides apart.
    config["tie_word_embeddings"] = spec.tiedEmbeddings;
    return config;
}

} // namespace

Json modelSpecToConfig(const ModelSpec& spec) {
    if (!spec.config.is_null())
        return updatedConfig(spec);
    Json config; // a new model is of the Llama shape
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
    config["rope_scaling"] = nullptr;
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

} // namespace assay
