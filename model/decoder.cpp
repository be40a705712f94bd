#include "model/decoder.h"

#include "nn/embedding.h"
#include "nn/norm.h"
#include "nn/swiglu.h"

#include <cmath>

namespace assay {

using nn::byType;
using nn::elements;

void PackedBatch::add(std::span<const TokenId> sequence) {
    const std::int64_t begin = tokens();
    const std::int64_t end = begin + std::int64_t(sequence.size());
    ids.insert(ids.end(), sequence.begin(), sequence.end());
    for (std::int64_t i = begin; i < end; ++i)
        positions.push_back(std::int32_t(i - begin));
    segments.push_back({begin, end, begin, end});
}

Decoder::Decoder(ModelSpec spec, std::shared_ptr<Parameters> parameters)
    : m_spec(std::move(spec))
    , m_parameters(std::move(parameters)) {
    const bool training = m_parameters->gradients().defined();
    const auto weight = [&](const std::string& name) { return m_parameters->weight(name); };
    const auto gradient = [&](const std::string& name) {
        return training ? m_parameters->gradient(name) : at::Tensor();
    };
    m_embedding = weight("model.embed_tokens.weight");
    m_norm = weight("model.norm.weight");
    m_head = m_spec.tiedEmbeddings ? m_embedding : weight("lm_head.weight");
    for (std::int64_t i = 0; i < m_spec.layers; ++i) {
        const std::string scope = "model.layers." + std::to_string(i) + ".";
        LayerWeights layer;
        const auto bind = [&](at::Tensor& value, at::Tensor& slope, const char* name) {
            value = weight(scope + name);
            slope = gradient(scope + name);
        };
        bind(layer.norm1, layer.dNorm1, "input_layernorm.weight");
        bind(layer.query, layer.dQuery, "self_attn.q_proj.weight");
        bind(layer.key, layer.dKey, "self_attn.k_proj.weight");
        bind(layer.value, layer.dValue, "self_attn.v_proj.weight");
        bind(layer.output, layer.dOutput, "self_attn.o_proj.weight");
        bind(layer.norm2, layer.dNorm2, "post_attention_layernorm.weight");
        bind(layer.gate, layer.dGate, "mlp.gate_proj.weight");
        bind(layer.up, layer.dUp, "mlp.up_proj.weight");
        bind(layer.down, layer.dDown, "mlp.down_proj.weight");
        m_layers.push_back(std::move(layer));
    }
}

at::Tensor Decoder::headGradient() const {
    return m_parameters->gradient(
        m_spec.tiedEmbeddings ? "model.embed_tokens.weight" : "lm_head.weight");
}

nn::AttentionShape Decoder::attentionShape() const {
    return {m_spec.heads, m_spec.kvHeads, m_spec.headDimension,
        float(1.0 / std::sqrt(double(m_spec.headDimension)))};
}

void Decoder::ensureRotary(std::int64_t positions) {
    if (m_rotary.positions()
        < positions) // grows in powers of two; a context of 128k is rarely used whole
        m_rotary = nn::RotaryTable(inverseFrequencies(m_spec),
            std::int64_t(std::bit_ceil(std::uint64_t(std::max<std::int64_t>(positions, 256)))));
}

void Decoder::embed(std::span<const std::int32_t> ids, at::Tensor out) const {
    byType(out, [&](auto type) {
        using T = decltype(type);
        nn::embeddingForward(elements<T>(m_embedding), ids.data(), std::int64_t(ids.size()),
            m_spec.hiddenSize, elements<T>(out));
    });
}

void Decoder::norm(
    const at::Tensor& x, const at::Tensor& weight, at::Tensor y, at::Tensor rstd) const {
    byType(x, [&](auto type) {
        using T = decltype(type);
        nn::rmsNormForward(elements<T>(x), elements<T>(weight), float(m_spec.normEps), x.size(0),
            x.size(1), elements<T>(y), elements<float>(rstd));
    });
}

void Decoder::project(const LayerWeights& weights, const at::Tensor& norm,
    const std::int32_t* positions, at::Tensor query, at::Tensor key, at::Tensor value) {
    nn::linear(norm, weights.query, query);
    nn::linear(norm, weights.key, key);
    nn::linear(norm, weights.value, value);
    byType(query, [&](auto type) {
        using T = decltype(type);
        nn::rotate(elements<T>(query), query.size(1), positions, m_rotary, query.size(0),
            m_spec.heads, m_spec.headDimension, nn::RotaryDirection::Forward);
        nn::rotate(elements<T>(key), key.size(1), positions, m_rotary, key.size(0), m_spec.kvHeads,
            m_spec.headDimension, nn::RotaryDirection::Forward);
    });
}

void Decoder::mlp(const LayerWeights& weights, const at::Tensor& norm2, const at::Tensor& middle,
    at::Tensor gate, at::Tensor up, at::Tensor out) {
    nn::linear(norm2, weights.gate, gate);
    nn::linear(norm2, weights.up, up);
    at::Tensor product = m_product.get(gate.size(0), gate.size(1), gate.scalar_type());
    byType(gate, [&](auto type) {
        using T = decltype(type);
        nn::swigluForward(elements<T>(gate), elements<T>(up), gate.numel(), elements<T>(product));
    });
    nn::linearAdd(middle, product, weights.down, out);
}

/// One layer's buffers, cut to the batch.
struct Decoder::LayerViews {
    at::Tensor input, norm1, rstd1, query, key, value, attention, logSumExp, middle, norm2, rstd2,
        gate, up;

    LayerViews(
        Activations::Layer& layer, const ModelSpec& spec, std::int64_t tokens, at::ScalarType type)
        : input(layer.input.get(tokens, spec.hiddenSize, type))
        , norm1(layer.norm1.get(tokens, spec.hiddenSize, type))
        , rstd1(layer.rstd1.get(tokens, 1, at::kFloat))
        , query(layer.query.get(tokens, spec.heads * spec.headDimension, type))
        , key(layer.key.get(tokens, spec.kvHeads * spec.headDimension, type))
        , value(layer.value.get(tokens, spec.kvHeads * spec.headDimension, type))
        , attention(layer.attention.get(tokens, spec.heads * spec.headDimension, type))
        , logSumExp(layer.logSumExp.get(tokens, spec.heads, at::kFloat))
        , middle(layer.middle.get(tokens, spec.hiddenSize, type))
        , norm2(layer.norm2.get(tokens, spec.hiddenSize, type))
        , rstd2(layer.rstd2.get(tokens, 1, at::kFloat))
        , gate(layer.gate.get(tokens, spec.intermediateSize, type))
        , up(layer.up.get(tokens, spec.intermediateSize, type)) { }
};

at::Tensor Decoder::forward(const PackedBatch& batch, Activations& activations, StopToken stop) {
    const std::int64_t tokens = batch.tokens();
    const at::ScalarType type = m_embedding.scalar_type();
    ensureRotary(1 + *std::ranges::max_element(batch.positions));
    activations.layers.resize(std::size_t(m_spec.layers));
    at::Tensor last = activations.last.get(tokens, m_spec.hiddenSize, type);
    embed(batch.ids,
        m_spec.layers > 0 ? activations.layers[0].input.get(tokens, m_spec.hiddenSize, type)
                          : last);
    for (std::int64_t i = 0; i < m_spec.layers; ++i) {
        if (stop.stop_requested())
            return {};
        const LayerWeights& weights = m_layers[std::size_t(i)];
        LayerViews a(activations.layers[std::size_t(i)], m_spec, tokens, type);
        norm(a.input, weights.norm1, a.norm1, a.rstd1);
        project(weights, a.norm1, batch.positions.data(), a.query, a.key, a.value);
        byType(a.query, [&](auto t) {
            using T = decltype(t);
            nn::attentionForward(elements<T>(a.query), elements<T>(a.key), elements<T>(a.value),
                attentionShape(), batch.segments, elements<T>(a.attention),
                elements<float>(a.logSumExp));
        });
        nn::linearAdd(a.input, a.attention, weights.output, a.middle);
        norm(a.middle, weights.norm2, a.norm2, a.rstd2);
        const at::Tensor next = i + 1 < m_spec.layers
            ? activations.layers[std::size_t(i + 1)].input.get(tokens, m_spec.hiddenSize, type)
            : last;
        mlp(weights, a.norm2, a.middle, a.gate, a.up, next);
    }
    at::Tensor hidden = activations.hidden.get(tokens, m_spec.hiddenSize, type);
    norm(last, m_norm, hidden, activations.lastRstd.get(tokens, 1, at::kFloat));
    return hidden;
}

void Decoder::backward(const PackedBatch& batch, Activations& activations, at::Tensor dHidden) {
    const std::int64_t tokens = batch.tokens();
    const at::ScalarType type = m_embedding.scalar_type();
    const auto normBackward
        = [&](const at::Tensor& dy, const at::Tensor& x, const at::Tensor& weight,
              const at::Tensor& rstd, at::Tensor dx, at::Tensor dWeight) {
              byType(x, [&](auto t) {
                  using T = decltype(t);
                  nn::rmsNormBackward(elements<T>(dy), elements<T>(x), elements<T>(weight),
                      elements<float>(rstd), tokens, m_spec.hiddenSize, elements<T>(dx),
                      elements<float>(dWeight));
              });
          };
    // The gradient of the residual stream, carried from the last layer to the first.
    at::Tensor slope = m_dNorm.get(tokens, m_spec.hiddenSize, type).zero_();
    normBackward(dHidden, activations.last.get(tokens, m_spec.hiddenSize, type), m_norm,
        activations.lastRstd.get(tokens, 1, at::kFloat), slope,
        m_parameters->gradient("model.norm.weight"));
    at::Tensor dNorm = dHidden; // its content is used up; its memory serves every layer

    for (std::int64_t i = m_spec.layers - 1; i >= 0; --i) {
        const LayerWeights& weights = m_layers[std::size_t(i)];
        LayerViews a(activations.layers[std::size_t(i)], m_spec, tokens, type);

        at::Tensor product = m_product.get(tokens, m_spec.intermediateSize, type);
        at::mm_out(product, slope, weights.down);
        byType(product,
            [&](auto t) { // gate and up become their gradients, product the forward product
                using T = decltype(t);
                nn::swigluBackward(
                    elements<T>(a.gate), elements<T>(a.up), elements<T>(product), product.numel());
            });
        nn::addWeightGradient(slope, product, weights.dDown);
        nn::addWeightGradient(a.gate, a.norm2, weights.dGate);
        nn::addWeightGradient(a.up, a.norm2, weights.dUp);
        at::mm_out(dNorm, a.gate, weights.gate);
        dNorm.addmm_(a.up, weights.up);
        normBackward(dNorm, a.middle, weights.norm2, a.rstd2, slope, weights.dNorm2);

        at::Tensor dAttention = m_dAttention.get(tokens, m_spec.heads * m_spec.headDimension, type);
        at::mm_out(dAttention, slope, weights.output);
        nn::addWeightGradient(slope, a.attention, weights.dOutput);
        at::Tensor dQuery = m_dQuery.get(tokens, m_spec.heads * m_spec.headDimension, type);
        at::Tensor dKey = m_dKey.get(tokens, m_spec.kvHeads * m_spec.headDimension, type);
        at::Tensor dValue = m_dValue.get(tokens, m_spec.kvHeads * m_spec.headDimension, type);
        byType(dQuery, [&](auto t) {
            using T = decltype(t);
            nn::attentionBackward(elements<T>(a.query), elements<T>(a.key), elements<T>(a.value),
                elements<T>(a.attention), elements<T>(dAttention), elements<float>(a.logSumExp),
                attentionShape(), batch.segments, elements<T>(dQuery), elements<T>(dKey),
                elements<T>(dValue));
            nn::rotate(elements<T>(dQuery), dQuery.size(1), batch.positions.data(), m_rotary,
                tokens, m_spec.heads, m_spec.headDimension, nn::RotaryDirection::Backward);
            nn::rotate(elements<T>(dKey), dKey.size(1), batch.positions.data(), m_rotary, tokens,
                m_spec.kvHeads, m_spec.headDimension, nn::RotaryDirection::Backward);
        });
        nn::addWeightGradient(dQuery, a.norm1, weights.dQuery);
        nn::addWeightGradient(dKey, a.norm1, weights.dKey);
        nn::addWeightGradient(dValue, a.norm1, weights.dValue);
        at::mm_out(dNorm, dQuery, weights.query);
        dNorm.addmm_(dKey, weights.key);
        dNorm.addmm_(dValue, weights.value);
        normBackward(dNorm, a.input, weights.norm1, a.rstd1, slope, weights.dNorm1);
    }
    byType(slope, [&](auto t) {
        using T = decltype(t);
        nn::embeddingBackward(elements<T>(slope), batch.ids.data(), tokens, m_spec.hiddenSize,
            elements<float>(m_parameters->gradient("model.embed_tokens.weight")));
    });
}

KeyValueCache Decoder::makeCache(std::int64_t capacity) const {
    KeyValueCache cache;
    const auto options = at::TensorOptions(m_embedding.scalar_type());
    for (std::int64_t i = 0; i < m_spec.layers; ++i) {
        cache.keys.push_back(at::empty({capacity, m_spec.kvHeads * m_spec.headDimension}, options));
        cache.values.push_back(
            at::empty({capacity, m_spec.kvHeads * m_spec.headDimension}, options));
    }
    return cache;
}

at::Tensor Decoder::forwardCached(
    std::span<const TokenId> ids, KeyValueCache& cache, StopToken stop) {
    const auto tokens = std::int64_t(ids.size());
    const at::ScalarType type = m_embedding.scalar_type();
    ensureRotary(cache.length + tokens);
    std::vector<std::int32_t> positions(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i)
        positions[i] = std::int32_t(cache.length + std::int64_t(i));
    const nn::AttentionSegment segment{0, tokens, 0, cache.length + tokens};

    m_decoding.layers.resize(1);
    LayerViews a(m_decoding.layers[0], m_spec, tokens, type);
    at::Tensor stream = a.input;
    at::Tensor next = m_decoding.last.get(tokens, m_spec.hiddenSize, type);
    embed(ids, stream);
    for (std::int64_t i = 0; i < m_spec.layers; ++i) {
        if (stop.stop_requested())
            return {};
        const LayerWeights& weights = m_layers[std::size_t(i)];
        at::Tensor keys = cache.keys[std::size_t(i)];
        at::Tensor values = cache.values[std::size_t(i)];
        norm(stream, weights.norm1, a.norm1, a.rstd1);
        project(weights, a.norm1, positions.data(), a.query, keys.narrow(0, cache.length, tokens),
            values.narrow(0, cache.length, tokens));
        byType(a.query, [&](auto t) {
            using T = decltype(t);
            nn::attentionForward(elements<T>(a.query), elements<T>(keys), elements<T>(values),
                attentionShape(), std::span(&segment, 1), elements<T>(a.attention),
                static_cast<float*>(nullptr));
        });
        nn::linearAdd(stream, a.attention, weights.output, a.middle);
        norm(a.middle, weights.norm2, a.norm2, a.rstd2);
        mlp(weights, a.norm2, a.middle, a.gate, a.up, next);
        std::swap(stream, next);
    }
    cache.length += tokens;
    at::Tensor hidden = m_decoding.hidden.get(1, m_spec.hiddenSize, type);
    norm(
        stream.narrow(0, tokens - 1, 1), m_norm, hidden, m_decoding.lastRstd.get(1, 1, at::kFloat));
    return hidden;
}

} // namespace assay
