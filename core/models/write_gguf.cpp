#include "core/models/gguf_family.h"
#include "core/models/rope_factors.h"
#include "core/models/write_model.h"
#include "core/weights/blocks.h"

namespace assay {

namespace fs = std::filesystem;

namespace {

std::optional<std::int64_t> integerIn(const Json& config, std::initializer_list<const char*> keys) {
    for (const char* key : keys)
        if (const auto found = config.find(key);
            found != config.end() && found->is_number_integer())
            return found->get<std::int64_t>();
    return std::nullopt;
}

std::optional<double> realIn(const Json& config, std::initializer_list<const char*> keys) {
    for (const char* key : keys)
        if (const auto found = config.find(key); found != config.end() && found->is_number())
            return found->get<double>();
    return std::nullopt;
}

/// rope_scaling, or its name in newer files; null where there is none.
Json ropeScaling(const Json& config) {
    for (const char* key : {"rope_parameters", "rope_scaling"})
        if (const auto found = config.find(key); found != config.end() && found->is_object())
            return *found;
    return Json();
}

std::string ropeType(const Json& scaling) {
    if (!scaling.is_object())
        return "default";
    for (const char* key : {"rope_type", "type"})
        if (const auto found = scaling.find(key); found != scaling.end() && found->is_string())
            return found->get<std::string>();
    return "default";
}

struct Target {
    std::string name;
    TensorType type = TensorType::F32;
    GgufChange change = GgufChange::None;
    const TensorView* source = nullptr; ///< none: `values`
    std::vector<float> values;
};

/// Puts the values into GGUF's order; `values` are those of a Hugging Face file.
std::vector<float> inGgufOrder(
    const TensorView& tensor, GgufChange change, std::int64_t heads, std::vector<float> values) {
    if (change == GgufChange::PlusOne)
        for (float& value : values)
            value += 1;
    if (change == GgufChange::Transposed) {
        const auto rows = std::size_t(tensor.shape[0]);
        const auto columns = std::size_t(tensor.shape[1]);
        std::vector<float> turned(values.size());
        for (std::size_t r = 0; r < rows; ++r)
            for (std::size_t c = 0; c < columns; ++c)
                turned[c * rows + r] = values[r * columns + c];
        return turned;
    }
    if (change == GgufChange::QueryRows || change == GgufChange::KeyRows) {
        const auto rows = tensor.shape[0];
        const auto width = std::int64_t(values.size()) / rows;
        const std::int64_t size = rows / heads;
        std::vector<float> pairs(values.size());
        for (std::int64_t row = 0; row < rows; ++row) {
            const std::int64_t within = row % size;
            const std::int64_t to
                = row - within + 2 * (within % (size / 2)) + (within >= size / 2 ? 1 : 0);
            std::copy_n(values.begin() + row * width, width, pairs.begin() + to * width);
        }
        return pairs;
    }
    return values;
}

TensorType typeOf(
    const TensorView& tensor, const std::string& name, std::int64_t rowLength, StoredType type) {
    // llama.cpp wants vectors and learned positions in F32.
    if (tensor.shape.size() < 2 || name.starts_with("position_embd"))
        return TensorType::F32;
    switch (type) {
    case StoredType::F16:
        return TensorType::F16;
    case StoredType::Bf16:
        return TensorType::Bf16;
    case StoredType::Q8_0:
        return rowLength % blockLayout(TensorType::Q8_0).values == 0 ? TensorType::Q8_0
                                                                     : TensorType::F16;
    case StoredType::Keep:
        if (tensor.type == TensorType::F16 || tensor.type == TensorType::Bf16)
            return tensor.type;
        return TensorType::F32;
    default:
        return TensorType::F32;
    }
}

/// Buffers that some programs save, and a head that repeats the embedding.
bool isIgnored(const std::string& name, bool tied) {
    return name.ends_with("rotary_emb.inv_freq") || name.ends_with(".attn.bias")
        || name.ends_with(".attn.masked_bias") || (tied && name == "lm_head.weight");
}

/// llama.cpp's general.file_type.
std::uint32_t fileType(StoredType type, std::span<const Target> targets) {
    if (type == StoredType::Keep)
        for (const Target& target : targets)
            if (target.type != TensorType::F32)
                return target.type == TensorType::F16 ? 1 : 32;
    return type == StoredType::F16 ? 1
        : type == StoredType::Bf16 ? 32
        : type == StoredType::Q8_0 ? 7
                                   : 0;
}

Result<void> addShape(const Json& config, const GgufFamily& family, GgufWriter& writer) {
    const std::string prefix = std::string(family.architecture) + ".";
    const auto copy = [&](const char* key, std::initializer_list<const char*> from) {
        if (const auto value = integerIn(config, from))
            writer.add(prefix + key, std::uint32_t(*value));
    };
    const std::int64_t hidden = integerIn(config, {"hidden_size", "n_embd"}).value_or(0);
    const std::int64_t heads = integerIn(config, {"num_attention_heads", "n_head"}).value_or(0);
    copy("vocab_size", {"vocab_size"});
    copy("context_length", {"max_position_embeddings", "n_positions"});
    copy("embedding_length", {"hidden_size", "n_embd"});
    copy("block_count", {"num_hidden_layers", "n_layer"});
    writer.add(prefix + "feed_forward_length",
        std::uint32_t(integerIn(config, {"intermediate_size", "n_inner"}).value_or(4 * hidden)));
    copy("attention.head_count", {"num_attention_heads", "n_head"});
    if (family.architecture == "gpt2") {
        writer.add(prefix + "attention.layer_norm_epsilon",
            float(realIn(config, {"layer_norm_epsilon"}).value_or(1e-5)));
        return {};
    }
    writer.add(prefix + "attention.head_count_kv",
        std::uint32_t(integerIn(config, {"num_key_value_heads"}).value_or(heads)));
    writer.add(prefix + "attention.layer_norm_rms_epsilon",
        float(realIn(config, {"rms_norm_eps"}).value_or(1e-6)));
    const std::int64_t headDimension
        = integerIn(config, {"head_dim"}).value_or(heads > 0 ? hidden / heads : 0);
    writer.add(prefix + "attention.key_length", std::uint32_t(headDimension));
    writer.add(prefix + "attention.value_length", std::uint32_t(headDimension));
    const double rotated = realIn(config, {"partial_rotary_factor"}).value_or(1);
    writer.add(prefix + "rope.dimension_count", std::uint32_t(rotated * double(headDimension)));
    const Json scaling = ropeScaling(config);
    const double theta
        = realIn(config, {"rope_theta"})
              .value_or(
                  scaling.is_object() ? realIn(scaling, {"rope_theta"}).value_or(10000) : 10000);
    writer.add(prefix + "rope.freq_base", float(theta));
    for (const auto& [key, from] : {std::pair("attention.sliding_window", "sliding_window")})
        if (const auto value = integerIn(config, {from}); value && *value > 0)
            writer.add(prefix + key, std::uint32_t(*value));
    for (const char* cap : {"attn_logit_softcapping", "final_logit_softcapping"})
        if (const auto value = realIn(config, {cap}))
            writer.add(prefix + cap, float(*value));
    const std::string type = ropeType(scaling);
    if (type == "linear" || type == "yarn") {
        writer.add(prefix + "rope.scaling.type", type);
        writer.add(prefix + "rope.scaling.factor", float(realIn(scaling, {"factor"}).value_or(1)));
        if (const auto original = integerIn(scaling, {"original_max_position_embeddings"}))
            writer.add(prefix + "rope.scaling.original_context_length", std::uint32_t(*original));
    } else if (type != "default" && type != "llama3") {
        return fail("model.unsupported",
            {{"what", "rope scaling \"" + type + "\" in GGUF"},
                {"supported", "linear, yarn, llama3"}});
    }
    return {};
}

/// Llama 3's stretched rotation stands in a tensor.
std::optional<Target> ropeFactors(const Json& config, GgufWriter& writer) {
    const Json scaling = ropeScaling(config);
    if (ropeType(scaling) != "llama3")
        return std::nullopt;
    Llama3Rope rule;
    rule.factor = realIn(scaling, {"factor"}).value_or(rule.factor);
    rule.lowFrequencyFactor = realIn(scaling, {"low_freq_factor"}).value_or(1);
    rule.highFrequencyFactor = realIn(scaling, {"high_freq_factor"}).value_or(4);
    rule.originalPositions
        = integerIn(scaling, {"original_max_position_embeddings"}).value_or(8192);
    const std::int64_t heads = integerIn(config, {"num_attention_heads"}).value_or(1);
    const std::int64_t headDimension = integerIn(config, {"head_dim"})
                                           .value_or(integerIn(config, {"hidden_size"}).value_or(0)
                                               / std::max<std::int64_t>(heads, 1));
    const double theta
        = realIn(config, {"rope_theta"}).value_or(realIn(scaling, {"rope_theta"}).value_or(10000));
    // The factors alone do not tell the rule, which a Hugging Face folder needs again.
    writer.add("assay.rope.factor", float(rule.factor));
    writer.add("assay.rope.low_freq_factor", float(rule.lowFrequencyFactor));
    writer.add("assay.rope.high_freq_factor", float(rule.highFrequencyFactor));
    writer.add("assay.rope.original_positions", std::uint32_t(rule.originalPositions));
    Target target;
    target.name = "rope_freqs.weight";
    target.values = llama3Factors(rule, theta, headDimension);
    return target;
}

/// The config's heads for a change of rows.
std::int64_t headsFor(GgufChange change, const Json& config) {
    const std::int64_t heads = integerIn(config, {"num_attention_heads"}).value_or(0);
    return change == GgufChange::KeyRows
        ? integerIn(config, {"num_key_value_heads"}).value_or(heads)
        : heads;
}

Result<std::vector<Target>> targetsOf(
    const ModelFiles& model, const GgufFamily& family, StoredType type) {
    std::vector<Target> targets;
    const auto flag = model.config.find("tie_word_embeddings");
    const bool tied = flag != model.config.end() && flag->is_boolean()
        ? flag->get<bool>()
        : family.architecture == "gpt2";
    for (const TensorView& tensor : model.weights.tensors()) {
        if (isIgnored(tensor.name, tied))
            continue;
        const auto translated = ggufName(family, tensor.name);
        if (!translated)
            return fail("models.gguf_tensor",
                {{"name", tensor.name}, {"family", std::string(family.modelType)}},
                model.path.string());
        const std::int64_t heads = headsFor(translated->change, model.config);
        const bool rows = translated->change == GgufChange::QueryRows
            || translated->change == GgufChange::KeyRows;
        const bool turned = translated->change == GgufChange::Transposed;
        if ((rows && (heads <= 0 || tensor.shape.empty() || tensor.shape[0] % (2 * heads) != 0))
            || (turned && tensor.shape.size() != 2))
            return fail("model.tensor_shape",
                {{"name", tensor.name}, {"found", shapeText(tensor.shape)},
                    {"expected", "whole heads"}},
                model.path.string());
        const std::int64_t rowLength = tensor.shape.empty() ? 1
            : turned                                        ? tensor.shape.front()
                                                            : tensor.shape.back();
        Target target;
        target.name = translated->name;
        target.change = translated->change;
        target.type = typeOf(tensor, target.name, rowLength, type);
        target.source = &tensor;
        targets.push_back(std::move(target));
    }
    return targets;
}

Result<std::string> bytesFor(const Target& target, const Json& config) {
    const auto stored = [&](const TensorView& shape, std::span<const float> values) {
        TensorView view;
        view.name = target.name;
        view.type = TensorType::F32;
        view.shape = shape.shape;
        view.bytes = std::as_bytes(values);
        return storedAs(view, target.type);
    };
    if (!target.source) {
        TensorView shape;
        shape.shape = {std::int64_t(target.values.size())};
        return stored(shape, target.values);
    }
    if (target.change == GgufChange::None)
        return storedAs(*target.source, target.type);
    std::vector<float> values(std::size_t(target.source->elements()));
    if (!toFloats(*target.source, values))
        return fail("model.tensor_type",
            {{"name", target.source->name}, {"type", target.source->typeName}});
    return stored(*target.source,
        inGgufOrder(
            *target.source, target.change, headsFor(target.change, config), std::move(values)));
}

} // namespace

Result<void> writeGguf(const ModelFiles& model, const fs::path& path, StoredType type,
    const ProgressFunction& progress, StopToken stop) {
    std::error_code error;
    if (fs::exists(path, error))
        return fail("file.exists", {{"path", path.string()}});
    if (model.config.empty())
        return fail("models.no_config", {{"path", model.path.string()}});
    const auto named = model.config.find("model_type");
    const std::string modelType
        = named != model.config.end() && named->is_string() ? named->get<std::string>() : "";
    const GgufFamily* family = ggufFamilyOfModelType(modelType);
    if (!family)
        return fail("models.gguf_architecture",
            {{"path", model.path.string()}, {"name", modelType}, {"known", ggufArchitectures()}});
    auto targets = targetsOf(model, *family, type);
    if (!targets)
        return forward(targets);
    GgufWriter writer;
    writer.add("general.architecture", family->architecture);
    writer.add("general.type", "model");
    writer.add("general.name",
        model.path.filename().empty() ? model.path.parent_path().filename().string()
                                      : model.path.filename().string());
    if (auto done = addShape(model.config, *family, writer); !done)
        return done;
    if (auto factors = ropeFactors(model.config, writer))
        targets->push_back(std::move(*factors));
    writer.add("general.file_type", fileType(type, *targets));
    if (type == StoredType::Q8_0)
        writer.add("general.quantization_version", std::uint32_t(2));
    const std::int64_t vocabulary = integerIn(model.config, {"vocab_size"}).value_or(0);
    if (auto done = addGgufTokenizer(model, vocabulary, writer); !done)
        return done;
    std::int64_t all = 0;
    for (const Target& target : *targets) {
        std::vector<std::int64_t> shape = target.source
            ? target.source->shape
            : std::vector<std::int64_t>{std::int64_t(target.values.size())};
        if (target.change == GgufChange::Transposed)
            std::swap(shape[0], shape[1]);
        all += elementCount(shape);
        writer.addTensor(target.name, target.type, shape);
    }
    std::int64_t done = 0;
    return writer.write(path, [&](std::size_t index) -> Result<std::string> {
        if (stop.stop_requested())
            return fail("cancelled");
        const Target& target = (*targets)[index];
        done += target.source ? target.source->elements() : std::int64_t(target.values.size());
        if (progress)
            progress({done, all});
        return bytesFor(target, model.config);
    });
}

} // namespace assay
