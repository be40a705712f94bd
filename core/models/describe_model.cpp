#include "core/models/describe_model.h"

#include "core/job/model_spec.h"
#include "core/models/model_spec_of.h"

#include <algorithm>
#include <cmath>

namespace assay {

namespace fs = std::filesystem;

namespace {

std::int64_t numberIn(const Json& config, std::initializer_list<const char*> keys) {
    for (const char* key : keys)
        if (const auto found = config.find(key);
            found != config.end() && found->is_number_integer())
            return found->get<std::int64_t>();
    return 0;
}

std::string textIn(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool flagIn(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_boolean() && found->get<bool>();
}

std::vector<std::string> textsIn(const Json& json, const char* key) {
    std::vector<std::string> texts;
    const auto found = json.find(key);
    if (found != json.end() && found->is_array())
        for (const Json& one : *found)
            if (one.is_string())
                texts.push_back(one.get<std::string>());
    if (found != json.end() && found->is_string())
        texts.push_back(found->get<std::string>());
    return texts;
}

/// A model that also sees or hears keeps its decoder's shape one level down.
const Json& decoderConfig(const Json& config) {
    const auto text = config.find("text_config");
    return !config.contains("hidden_size") && text != config.end() && text->is_object() ? *text
                                                                                        : config;
}

void describeConfig(const Json& whole, ModelDescription& out) {
    out.family = textIn(whole, "model_type");
    if (const auto classes = textsIn(whole, "architectures"); !classes.empty())
        out.className = classes.front();
    const Json& config = decoderConfig(whole);
    ModelDescription::Shape shape;
    shape.layers = numberIn(config, {"num_hidden_layers", "n_layer"});
    shape.hidden = numberIn(config, {"hidden_size", "n_embd"});
    shape.heads = numberIn(config, {"num_attention_heads", "n_head"});
    shape.kvHeads = numberIn(config, {"num_key_value_heads"});
    if (shape.kvHeads == 0)
        shape.kvHeads = shape.heads;
    shape.headDimension = numberIn(config, {"head_dim"});
    if (shape.headDimension == 0 && shape.heads > 0)
        shape.headDimension = shape.hidden / shape.heads;
    shape.intermediate = numberIn(config, {"intermediate_size", "n_inner"});
    if (shape.intermediate == 0 && out.family == "gpt2")
        shape.intermediate = 4 * shape.hidden;
    shape.vocabulary = numberIn(config, {"vocab_size"});
    shape.positions = numberIn(config, {"max_position_embeddings", "n_positions"});
    if (shape.layers > 0 && shape.hidden > 0)
        out.shape = shape;
    out.tiedEmbeddings = flagIn(config, "tie_word_embeddings");
}

void describeSupport(const ModelFiles& model, ModelDescription& out) {
    if (model.config.empty())
        return;
    const auto spec = modelSpecOf(model);
    out.supported = spec.has_value();
    if (!spec) {
        out.unsupportedBecause = message(spec.error());
        return;
    }
    out.tiedEmbeddings = spec->tiedEmbeddings;
    if (out.tensors == 0) {
        out.parameters = spec->parameterCount();
        out.parametersFromShape = true;
        return;
    }
    for (std::string& problem : missingTensors(*spec, model.weights))
        out.missing.push_back(std::move(problem));
}

void describeWeights(const Weights& weights, ModelDescription& out) {
    out.list = weights.tensors();
    out.tensors = std::int64_t(weights.tensors().size());
    out.parameters = weights.elements();
    for (const auto& file : weights.files())
        out.bytes += std::int64_t(file->bytes().size());
    for (const TensorView& tensor : weights.tensors()) {
        auto found
            = std::ranges::find(out.types, tensor.typeName, &ModelDescription::TypeUse::type);
        if (found == out.types.end())
            found = out.types.insert(out.types.end(), {tensor.typeName});
        ++found->tensors;
        found->parameters += tensor.elements();
        if (!holdsNumbers(tensor.type) && elementSize(tensor.type) == 0)
            out.missing.push_back(
                "a reader of type " + tensor.typeName + ", which " + tensor.name + " has");
    }
    std::ranges::sort(out.types, std::ranges::greater(), &ModelDescription::TypeUse::parameters);
    constexpr std::size_t most = 5; // a file of one unknown type would list every tensor
    if (out.missing.size() > most)
        out.missing.resize(most);
    out.metadata = weights.metadata;
}

std::string tokenizerKind(const ModelFiles& model) {
    for (const char* name : {"tokenizer.json", "tokenizer.model", "vocab.json", "encoder.json"}) {
        std::error_code error;
        if (model.folder.empty() ? model.sideFiles.contains(name)
                                 : fs::exists(model.folder / name, error))
            return name;
    }
    return "tiktoken";
}

void describeText(const ModelFiles& model, ModelDescription& out) {
    const auto tokenizer = tokenizerOf(model);
    if (!tokenizer) {
        out.missing.push_back("a tokenizer: " + message(tokenizer.error()));
    } else if (!*tokenizer) {
        out.missing.emplace_back("a tokenizer");
    } else {
        ModelDescription::Vocabulary vocabulary;
        vocabulary.kind = tokenizerKind(model);
        vocabulary.size = (*tokenizer)->vocabularySize();
        const auto spelling
            = [&](TokenId id) { return id >= 0 ? displayPiece(**tokenizer, id) : std::string(); };
        vocabulary.bos = spelling((*tokenizer)->bosId());
        vocabulary.eos = spelling((*tokenizer)->eosId());
        vocabulary.addsBos = (*tokenizer)->addsBos();
        out.tokenizer = std::move(vocabulary);
        if (out.shape && out.shape->vocabulary > 0
            && (*tokenizer)->vocabularySize() > out.shape->vocabulary)
            out.missing.push_back("rows for " + std::to_string((*tokenizer)->vocabularySize())
                + " pieces: the model has " + std::to_string(out.shape->vocabulary));
    }
    const auto chatTemplate = chatTemplateOf(model);
    if (!chatTemplate) {
        out.notes.push_back("its chat template cannot be used: " + message(chatTemplate.error()));
    } else if (*chatTemplate) {
        out.templateName = (*chatTemplate)->name();
        out.templateText = (*chatTemplate)->jinja(false);
    }
}

void describeAdapterConfig(const Json& config, ModelDescription& out) {
    ModelDescription::Adapter adapter;
    adapter.type = textIn(config, "peft_type");
    adapter.base = textIn(config, "base_model_name_or_path");
    adapter.rank = numberIn(config, {"r"});
    if (const auto alpha = config.find("lora_alpha"); alpha != config.end() && alpha->is_number())
        adapter.alpha = alpha->get<double>();
    adapter.rankStabilised = flagIn(config, "use_rslora");
    adapter.dora = flagIn(config, "use_dora");
    if (adapter.rank > 0)
        adapter.scale = adapter.alpha
            / (adapter.rankStabilised ? std::sqrt(double(adapter.rank)) : double(adapter.rank));
    adapter.targets = textsIn(config, "target_modules");
    adapter.trainedWhole = textsIn(config, "modules_to_save");
    if (adapter.type != "LORA")
        out.unsupportedBecause
            = "Adapters of type " + adapter.type + " are not supported; supported: LORA.";
    out.supported = adapter.type == "LORA";
    out.adapter = std::move(adapter);
}

ModelDescription describeAdapter(const fs::path& folder, const Json& config) {
    ModelDescription out;
    out.path = folder.string();
    out.kind = "PEFT adapter";
    describeAdapterConfig(config, out);
    bool found = false;
    for (const char* name : {"adapter_model.safetensors", "adapter_model.bin"}) {
        if (!fs::exists(folder / name))
            continue;
        found = true;
        if (const auto weights = openWeights(folder / name))
            describeWeights(*weights, out);
        else
            out.missing.push_back("its weights: " + message(weights.error()));
        break;
    }
    if (!found)
        out.missing.emplace_back("its weights (adapter_model.safetensors)");
    else if (out.tensors > 0 && out.adapter->type == "LORA"
        && std::ranges::none_of(out.list, [](const TensorView& tensor) {
               return tensor.name.find("lora_") != std::string::npos;
           }))
        out.missing.emplace_back("tensors named lora_A and lora_B");
    return out;
}

/// A config.json by itself, or a folder whose weights cannot be opened.
ModelDescription describeConfigOnly(const fs::path& path, const Json& config) {
    ModelDescription out;
    out.path = path.string();
    out.kind = "configuration";
    if (config.contains("peft_type")) {
        out.kind = "PEFT adapter";
        describeAdapterConfig(config, out);
        out.missing.emplace_back("its weights (adapter_model.safetensors)");
        return out;
    }
    describeConfig(config, out);
    ModelFiles model;
    model.path = path;
    model.config = config;
    describeSupport(model, out);
    return out;
}

Result<ModelDescription> describeFolderWithoutWeights(const fs::path& path, const Error& reason) {
    auto config = readJsonFile(path / "config.json");
    if (!config)
        return forward(config);
    ModelDescription out = describeConfigOnly(path, *config);
    out.missing.push_back("weights: " + message(reason));
    ModelFiles model;
    model.folder = path;
    describeText(model, out);
    return out;
}

} // namespace

Result<ModelDescription> describeModel(const fs::path& path) {
    std::error_code error;
    if (!fs::exists(path, error))
        return fail("file.missing", {{"path", path.string()}});
    const bool folder = fs::is_directory(path, error);
    const fs::path adapterConfig = path / "adapter_config.json";
    if (folder && fs::exists(adapterConfig, error)) {
        auto config = readJsonFile(adapterConfig);
        if (!config)
            return forward(config);
        return describeAdapter(path, *config);
    }
    if (!folder && path.extension() == ".json" && !path.string().ends_with(".index.json")) {
        auto config = readJsonFile(path);
        if (!config)
            return forward(config);
        if (!config->is_object()
            || (!config->contains("model_type") && !config->contains("peft_type")))
            return fail("json.missing", {{"key", "model_type"}}, path.string());
        ModelDescription out = describeConfigOnly(path, *config);
        if (!out.adapter)
            out.missing.emplace_back("weights");
        return out;
    }
    auto model = openModel(path);
    if (!model) {
        if (folder && fs::exists(path / "config.json", error))
            return describeFolderWithoutWeights(path, model.error());
        return forward(model);
    }
    ModelDescription out;
    out.path = path.string();
    out.kind = model->kind;
    out.notes = model->notes;
    describeWeights(model->weights, out);
    describeConfig(model->config, out);
    describeSupport(*model, out);
    if (model->config.empty())
        out.missing.emplace_back("config.json");
    describeText(*model, out);
    return out;
}

} // namespace assay
