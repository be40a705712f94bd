#include "core/models/model_files.h"
#include "core/models/piece_list.h"

#include <algorithm>
#include <array>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// config.json of the shape that llama2.c's header and its trainer's model_args give.
Json llamaConfig(const Json& shape, std::int64_t hidden, std::int64_t positions, bool tied) {
    Json config;
    const std::int64_t heads = shape.value("n_heads", std::int64_t(0));
    const std::int64_t dim = shape.value("dim", std::int64_t(0));
    const Json kvHeads = shape.value("n_kv_heads", Json());
    config["architectures"] = Json::array({"LlamaForCausalLM"});
    config["model_type"] = "llama";
    config["vocab_size"] = shape.value("vocab_size", std::int64_t(0));
    config["hidden_size"] = dim;
    config["intermediate_size"] = hidden;
    config["num_hidden_layers"] = shape.value("n_layers", std::int64_t(0));
    config["num_attention_heads"] = heads;
    config["num_key_value_heads"] = kvHeads.is_number_integer() ? kvHeads : Json(heads);
    config["head_dim"] = heads > 0 ? dim / heads : 0;
    config["max_position_embeddings"] = positions;
    config["hidden_act"] = "silu";
    config["rms_norm_eps"] = 1e-5; // llama2.c's run.c; its trainer's default
    config["rope_theta"] = 10000.0;
    config["rope_scaling"] = nullptr;
    config["tie_word_embeddings"] = tied;
    config["attention_bias"] = false;
    config["mlp_bias"] = false;
    config["bos_token_id"] = 1;
    // Its training texts have BOS between them and no EOS.
    config["eos_token_id"] = Json::array({1, 2});
    return config;
}

SideFiles sentencePieceFiles(std::string bytes) {
    Json config
        = {{"tokenizer_class", "LlamaTokenizer"}, {"add_bos_token", true}, {"add_eos_token", false},
            {"bos_token", "<s>"}, {"eos_token", "</s>"}, {"unk_token", "<unk>"},
            {"pad_token", nullptr}, {"legacy", true}, {"clean_up_tokenization_spaces", false}};
    SideFiles files;
    files["tokenizer.model"] = std::move(bytes);
    files["tokenizer_config.json"] = dumpJson(config, 1);
    return files;
}

/// A tokenizer beside the weights with as many pieces as the model has rows: tokenizer.model, any
/// tok*.model, tokenizer.bin, any tok*.bin, in this order.
SideFiles tokenizerBeside(const fs::path& folder, std::int64_t vocabulary) {
    std::vector<fs::path> candidates = {folder / "tokenizer.model", folder / "tokenizer.bin"};
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().filename().string();
        if (name.starts_with("tok") && (name.ends_with(".model") || name.ends_with(".bin"))
            && std::ranges::find(candidates, it->path()) == candidates.end())
            candidates.push_back(it->path());
    }
    std::ranges::sort(candidates, {}, [](const fs::path& path) {
        return std::pair(path.extension() != ".model", path.filename().string());
    });
    for (const fs::path& path : candidates) {
        constexpr std::uintmax_t largest = 64u << 20;
        const auto size = fs::file_size(path, error);
        if (error || size > largest)
            continue;
        auto bytes = readFile(path);
        if (!bytes)
            continue;
        const bool native = path.extension() == ".model";
        const auto list = native ? readSentencePieceModel(*bytes, path.string())
                                 : readLlama2cTokenizer(*bytes, path.string());
        if (list && std::int64_t(list->pieces.size()) == vocabulary)
            return sentencePieceFiles(native ? std::move(*bytes) : sentencePieceModel(*list));
    }
    return {};
}

void addTokenizer(ModelFiles& model) {
    const auto vocabulary = model.config["vocab_size"].get<std::int64_t>();
    model.sideFiles = tokenizerBeside(model.path.parent_path(), vocabulary);
    if (model.sideFiles.empty())
        model.notes.push_back(
            "no tokenizer of " + std::to_string(vocabulary) + " pieces stands beside it");
}

struct MetaName {
    std::string_view from;
    std::string_view to;
    char rows = 0; ///< 'q' or 'k': in the order of interleaved pairs
};
constexpr MetaName layerNames[] = {{"attention.wq", "self_attn.q_proj", 'q'},
    {"attention.wk", "self_attn.k_proj", 'k'}, {"attention.wv", "self_attn.v_proj"},
    {"attention.wo", "self_attn.o_proj"}, {"feed_forward.w1", "mlp.gate_proj"},
    {"feed_forward.w2", "mlp.down_proj"}, {"feed_forward.w3", "mlp.up_proj"},
    {"attention_norm", "input_layernorm"}, {"ffn_norm", "post_attention_layernorm"}};

/// From the names of Meta's own code and llama2.c's trainer to those of transformers.
bool renameMeta(TensorView& tensor, std::int64_t heads, std::int64_t kvHeads) {
    if (tensor.name == "tok_embeddings.weight")
        tensor.name = "model.embed_tokens.weight";
    else if (tensor.name == "norm.weight")
        tensor.name = "model.norm.weight";
    else if (tensor.name == "output.weight")
        tensor.name = "lm_head.weight";
    else if (tensor.name.starts_with("layers.")) {
        const std::size_t dot = tensor.name.find('.', 7);
        if (dot == std::string::npos || !tensor.name.ends_with(".weight"))
            return false;
        const std::string_view rest
            = std::string_view(tensor.name).substr(dot + 1, tensor.name.size() - dot - 8);
        const auto* found = std::ranges::find(layerNames, rest, &MetaName::from);
        if (found == std::end(layerNames))
            return false;
        if (found->rows != 0) {
            const std::int64_t number = found->rows == 'q' ? heads : kvHeads;
            if (number <= 0 || tensor.shape.empty() || tensor.shape[0] == 0
                || tensor.shape[0] % (2 * number) != 0)
                return false;
            tensor.reading.interleavedHeads = number;
        }
        tensor.name
            = "model." + tensor.name.substr(0, dot + 1) + std::string(found->to) + ".weight";
    } else {
        return false;
    }
    return true;
}

/// Whether two tensors are the same bytes: a classifier that is the embedding.
bool sameBytes(const TensorView* a, const TensorView* b) {
    return a && b && a->shape == b->shape && a->strides == b->strides
        && std::ranges::equal(a->bytes, b->bytes);
}

} // namespace

Result<ModelFiles> openLlama2cModel(const fs::path& path) {
    auto weights = openLlama2c(path);
    if (!weights)
        return forward(weights);
    ModelFiles model;
    model.kind = "llama2.c";
    model.path = path;
    const Json& shape = weights->metadata;
    model.config = llamaConfig(shape, shape["hidden_dim"].get<std::int64_t>(),
        shape["max_seq_len"].get<std::int64_t>(), shape["shared_classifier"].get<bool>());
    model.weights = std::move(*weights);
    addTokenizer(model);
    return model;
}

Result<ModelFiles> openCheckpoint(const fs::path& path) {
    auto opened = openWeights(path);
    if (!opened)
        return forward(opened);
    ModelFiles model;
    model.kind = opened->format() == WeightFormat::Pickle ? "PyTorch checkpoint" : "safetensors";
    model.path = path;
    model.weights = *opened;
    const fs::path folder = path.parent_path();
    if (fs::exists(folder / "config.json")) {
        auto config = readJsonFile(folder / "config.json");
        if (!config)
            return forward(config);
        model.config = std::move(*config);
        model.folder = folder;
        return model;
    }
    const Json arguments = opened->metadata.value("model_args", Json());
    const TensorView* embedding = opened->find("tok_embeddings.weight");
    const TensorView* gate = opened->find("layers.0.feed_forward.w1.weight");
    if (!arguments.is_object() || !embedding || !gate || embedding->shape.size() != 2)
        return model; // a file of tensors, of which nothing else is known
    Json shape = arguments;
    shape["vocab_size"] = embedding->shape[0];
    const TensorView* head = opened->find("output.weight");
    const bool tied = !head || sameBytes(head, embedding);
    try {
        model.config = llamaConfig(
            shape, gate->shape.at(0), shape.value("max_seq_len", std::int64_t(2048)), tied);
    } catch (const std::exception&) { // a number that is none
        return model;
    }
    const auto heads = model.config["num_attention_heads"].get<std::int64_t>();
    const auto kvHeads = model.config["num_key_value_heads"].get<std::int64_t>();
    std::vector<TensorView> tensors;
    for (TensorView tensor : opened->tensors()) {
        if (tied && tensor.name == "output.weight")
            continue;
        if (!renameMeta(tensor, heads, kvHeads))
            model.notes.push_back("not renamed: " + tensor.name);
        tensors.push_back(std::move(tensor));
    }
    auto weights = Weights::of(opened->format(), path, std::move(tensors), opened->files());
    if (!weights)
        return forward(weights);
    weights->metadata = opened->metadata;
    model.weights = std::move(*weights);
    addTokenizer(model);
    return model;
}

} // namespace assay
