#include "core/weights/bytes_reader.h"
#include "core/weights/weights.h"

#include <optional>

namespace assay {

namespace fs = std::filesystem;

namespace {

// github karpathy/llama2.c, export.py: legacy_export, version1_export, version2_export.
constexpr std::uint32_t magic = 0x616b3432; // "ak42"
constexpr std::size_t newHeader = 256;

struct Shape {
    int version = 0;
    std::int64_t dim = 0, hidden = 0, layers = 0, heads = 0, kvHeads = 0, vocabulary = 0,
                 positions = 0;
    bool shared = false; ///< the classifier is the embedding
    std::int64_t groupSize = 0;
};

std::optional<Shape> readShape(BytesReader& in) {
    Shape shape;
    auto first = in.read<std::int32_t>();
    if (std::uint32_t(first) == magic) {
        shape.version = in.read<std::int32_t>();
        first = in.read<std::int32_t>();
    }
    shape.dim = first;
    for (std::int64_t* target : {&shape.hidden, &shape.layers, &shape.heads, &shape.kvHeads,
             &shape.vocabulary, &shape.positions})
        *target = in.read<std::int32_t>();
    if (shape.version == 0) {
        shape.shared = shape.vocabulary > 0;
        shape.vocabulary = std::abs(shape.vocabulary);
    } else {
        shape.shared = in.read<std::uint8_t>() != 0;
        if (shape.version == 2)
            shape.groupSize = in.read<std::int32_t>();
        in.take(newHeader - in.position());
    }
    constexpr std::int64_t largest = 1 << 24;
    for (const std::int64_t size : {shape.dim, shape.hidden, shape.layers, shape.heads,
             shape.kvHeads, shape.vocabulary, shape.positions})
        if (size <= 0 || size > largest)
            return std::nullopt;
    const bool fits = shape.dim % shape.heads == 0 && shape.heads % shape.kvHeads == 0
        && shape.dim / shape.heads % 2 == 0 && shape.layers <= 10000
        && (shape.version != 2 || shape.groupSize > 0);
    return in.ok() && fits ? std::optional(shape) : std::nullopt;
}

class Layout {
public:
    Layout(const Shape& shape, BytesReader in)
        : m_shape(shape)
        , m_in(in) { }

    /// Whether the file had all tensors and nothing behind them.
    bool read() {
        if (m_shape.version == 0)
            readLegacy();
        else
            readNew();
        return m_in.ok() && m_in.left() == 0;
    }
    std::vector<TensorView> tensors;

private:
    void add(const std::string& name, std::vector<std::int64_t> sizes, bool quantised,
        std::int64_t interleavedHeads = 0) {
        TensorView view;
        view.name = name;
        view.type = quantised ? TensorType::Q8Groups : TensorType::F32;
        view.typeName = tensorTypeName(view.type);
        view.shape = std::move(sizes);
        view.groupSize = m_shape.groupSize;
        view.reading.interleavedHeads = interleavedHeads;
        const std::int64_t size = storedBytes(view.type, view.elements(), view.groupSize);
        view.bytes = m_in.take(size < 0 ? UINT64_MAX : std::uint64_t(size));
        if (m_in.ok())
            tensors.push_back(std::move(view));
    }

    void addLayers(const char* name, const std::vector<std::int64_t>& sizes, bool quantised,
        std::int64_t interleavedHeads = 0) {
        for (std::int64_t i = 0; i < m_shape.layers && m_in.ok(); ++i)
            add("model.layers." + std::to_string(i) + "." + name + ".weight", sizes, quantised,
                interleavedHeads);
    }

    void addAttention(bool quantised) {
        const std::int64_t kv = m_shape.dim / m_shape.heads * m_shape.kvHeads;
        addLayers("self_attn.q_proj", {m_shape.dim, m_shape.dim}, quantised, m_shape.heads);
        addLayers("self_attn.k_proj", {kv, m_shape.dim}, quantised, m_shape.kvHeads);
        addLayers("self_attn.v_proj", {kv, m_shape.dim}, quantised);
        addLayers("self_attn.o_proj", {m_shape.dim, m_shape.dim}, quantised);
    }

    void addMlp(bool quantised) {
        addLayers("mlp.gate_proj", {m_shape.hidden, m_shape.dim}, quantised);
        addLayers("mlp.down_proj", {m_shape.dim, m_shape.hidden}, quantised);
        addLayers("mlp.up_proj", {m_shape.hidden, m_shape.dim}, quantised);
    }

    void addEmbedding(const char* name, bool quantised) {
        add(name, {m_shape.vocabulary, m_shape.dim}, quantised);
    }

    void readLegacy() {
        addEmbedding("model.embed_tokens.weight", false);
        addLayers("input_layernorm", {m_shape.dim}, false);
        addAttention(false);
        addLayers("post_attention_layernorm", {m_shape.dim}, false);
        addMlp(false);
        add("model.norm.weight", {m_shape.dim}, false);
        // The rotary tables, which follow from the shape.
        m_in.take(std::uint64_t(m_shape.positions * (m_shape.dim / m_shape.heads) * 4));
        if (!m_shape.shared)
            addEmbedding("lm_head.weight", false);
    }

    void readNew() {
        const bool quantised = m_shape.version == 2;
        addLayers("input_layernorm", {m_shape.dim}, false);
        addLayers("post_attention_layernorm", {m_shape.dim}, false);
        add("model.norm.weight", {m_shape.dim}, false);
        addEmbedding("model.embed_tokens.weight", quantised);
        addAttention(quantised);
        addMlp(quantised);
        if (!m_shape.shared)
            addEmbedding("lm_head.weight", quantised);
    }

    const Shape& m_shape;
    BytesReader m_in;
};

std::optional<Shape> shapeIn(std::span<const std::byte> bytes) {
    BytesReader in(bytes);
    return readShape(in);
}

} // namespace

bool looksLikeLlama2c(std::span<const std::byte> bytes) {
    const auto shape = shapeIn(bytes);
    if (!shape)
        return false;
    // Without a magic number only the size tells: the embedding alone must fit.
    return shape->version > 0
        || std::uint64_t(shape->vocabulary) * std::uint64_t(shape->dim) * 4 < bytes.size();
}

Result<Weights> openLlama2c(const fs::path& path) {
    auto mapped = MappedFile::open(path);
    if (!mapped)
        return forward(mapped);
    auto file = std::make_shared<const MappedFile>(std::move(*mapped));
    const auto damaged = [&path](const std::string& reason) {
        return fail("weights.damaged",
            {{"path", path.string()}, {"format", "llama2.c"}, {"reason", reason}});
    };
    BytesReader in(file->bytes());
    const auto shape = readShape(in);
    if (!shape)
        return damaged("its header is none");
    if (shape->version > 2)
        return damaged("it has the unknown version " + std::to_string(shape->version));
    Layout layout(*shape, in);
    if (!layout.read())
        return damaged("its header asks for another size than its "
            + std::to_string(file->bytes().size()) + " bytes; it may be cut off");
    auto weights
        = Weights::of(WeightFormat::Llama2c, path, std::move(layout.tensors), {std::move(file)});
    if (weights)
        weights->metadata = {{"version", shape->version}, {"dim", shape->dim},
            {"hidden_dim", shape->hidden}, {"n_layers", shape->layers}, {"n_heads", shape->heads},
            {"n_kv_heads", shape->kvHeads}, {"vocab_size", shape->vocabulary},
            {"max_seq_len", shape->positions}, {"shared_classifier", shape->shared}};
    return weights;
}

} // namespace assay
