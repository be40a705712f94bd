#include "model/decoder.h"

#include "nn/embedding.h"
#include "nn/noise.h"

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
    , m_plan(modelPlan(m_spec))
    , m_parameters(std::move(parameters)) {
    for (const RopePlan& rope : m_plan.ropes)
        m_ropes.push_back(std::make_unique<Rope>(rope));
    for (const LayerPlan& layer : m_plan.layers) {
        const int rope = layer.attention.rope;
        m_layers.emplace_back(
            layer, *m_parameters, rope < 0 ? nullptr : m_ropes[std::size_t(rope)].get());
    }
    m_norm = Norm(m_plan.norm, *m_parameters);
    m_embedding = m_parameters->weight(m_plan.embedding);
    if (!m_plan.positions.empty())
        m_positions = m_parameters->weight(m_plan.positions);
    m_head = m_parameters->weight(m_plan.head);
}

std::vector<Linear*> Decoder::linears() {
    std::vector<Linear*> all;
    for (Layer& layer : m_layers)
        for (Linear* linear : layer.linears())
            all.push_back(linear);
    return all;
}

void Decoder::attach(const std::shared_ptr<const Adapter>& adapter) {
    m_adapter = adapter;
    for (Linear* linear : linears())
        linear->attach(adapter ? adapter->termOf(linear->plan()) : nullptr);
}

void Decoder::setNoise(double alpha, std::uint64_t seed) {
    m_noiseAlpha = alpha;
    m_noiseSeed = seed;
}

void Decoder::addNoise(const PackedBatch& batch, const at::Tensor& embedded) const {
    if (m_noiseAlpha <= 0)
        return;
    for (const nn::AttentionSegment& segment : batch.segments) {
        const std::int64_t rows = segment.queryEnd - segment.queryBegin;
        const auto amplitude
            = float(m_noiseAlpha / std::sqrt(double(rows) * double(m_plan.hiddenSize)));
        const std::int64_t first = segment.queryBegin * m_plan.hiddenSize;
        byType(embedded, [&](auto type) {
            using T = decltype(type);
            nn::addUniformNoise(m_noiseSeed, amplitude, first, rows * m_plan.hiddenSize,
                elements<T>(embedded) + first);
        });
    }
}

std::size_t Decoder::lowestLearning() {
    if (m_parameters->gradient(m_plan.embedding).defined()
        || (!m_plan.positions.empty() && m_parameters->gradient(m_plan.positions).defined()))
        return 0;
    std::size_t lowest = 0;
    while (lowest < m_layers.size() && !m_layers[lowest].learns())
        ++lowest;
    return lowest;
}

void Decoder::embed(
    std::span<const std::int32_t> ids, const Pass& pass, const at::Tensor& out) const {
    const auto rowsOf = [&](const at::Tensor& table, const std::int32_t* rows, at::Tensor target) {
        byType(target, [&](auto type) {
            using T = decltype(type);
            nn::embeddingForward(
                elements<T>(table), rows, pass.tokens, m_plan.hiddenSize, elements<T>(target));
        });
    };
    at::Tensor target = out;
    rowsOf(m_embedding, ids.data(), target);
    if (m_plan.embeddingScale != 1) // rounded to the type computed in, as the reference does
        target.mul_(at::scalar_tensor(m_plan.embeddingScale, target.options()));
    if (m_positions.defined()) {
        const at::Tensor places = at::empty_like(target);
        rowsOf(m_positions, pass.positions.data(), places);
        target.add_(places);
    }
}

bool Decoder::run(Pass& pass, Activations& activations, const StopToken& stop) {
    const auto hidden
        = [&](nn::Buffer& buffer) { return buffer.get(pass.tokens, m_plan.hiddenSize, pass.type); };
    const std::size_t count = m_layers.size();
    // With a cache, and with checkpointing, all layers work in the same memory.
    const bool shared = pass.cache || m_checkpointing;
    for (std::size_t i = 0; i < count; ++i) {
        if (stop.stop_requested())
            return false;
        Layer::Saved& saved = activations.layers[shared ? 0 : i];
        nn::Buffer& next = i + 1 == count ? activations.last
            : shared                      ? saved.input
                                          : activations.layers[i + 1].input;
        pass.layer = std::int64_t(i);
        if (m_checkpointing && !pass.cache)
            hidden(activations.inputs[i]).copy_(hidden(saved.input));
        m_layers[i].forward(pass, hidden(next), saved, m_scratch);
    }
    return true;
}

at::Tensor Decoder::forward(const PackedBatch& batch, Activations& activations, StopToken stop) {
    Pass pass{batch.tokens(), m_embedding.scalar_type(), batch.positions, batch.segments};
    activations.layers.resize(m_checkpointing ? 1 : m_layers.size());
    activations.inputs.resize(m_checkpointing ? m_layers.size() : 0);
    const auto hidden
        = [&](nn::Buffer& buffer) { return buffer.get(pass.tokens, m_plan.hiddenSize, pass.type); };
    embed(batch.ids, pass,
        hidden(m_layers.empty() ? activations.last : activations.layers.front().input));
    addNoise(batch, hidden(m_layers.empty() ? activations.last : activations.layers.front().input));
    if (!run(pass, activations, stop))
        return {};
    const at::Tensor out = hidden(activations.hidden);
    m_norm.forward(hidden(activations.last), out, activations.lastStatistics);
    return out;
}

void Decoder::backward(const PackedBatch& batch, Activations& activations, at::Tensor dHidden) {
    Pass pass{batch.tokens(), m_embedding.scalar_type(), batch.positions, batch.segments};
    const auto hidden
        = [&](nn::Buffer& buffer) { return buffer.get(pass.tokens, m_plan.hiddenSize, pass.type); };
    // The gradient of the residual stream, carried from the last layer to the first.
    at::Tensor slope = hidden(m_slope);
    m_norm.backward(dHidden, hidden(activations.last), activations.lastStatistics, slope.zero_());
    const at::Tensor dNorm = dHidden; // its content is used up; its memory serves every layer
    const std::size_t lowest = lowestLearning();
    for (std::size_t i = m_layers.size(); i-- > lowest;) {
        pass.layer = std::int64_t(i);
        Layer::Saved& saved = activations.layers[m_checkpointing ? 0 : i];
        if (m_checkpointing) {
            hidden(saved.input).copy_(hidden(activations.inputs[i]));
            // What comes out is known already; its place is free by now.
            m_layers[i].forward(pass, hidden(activations.last), saved, m_scratch);
        }
        m_layers[i].backward(pass, slope, dNorm, saved, m_scratch);
    }
    const auto addRows = [&](const std::string& name, const std::int32_t* rows) {
        if (!m_parameters->gradient(name).defined())
            return;
        byType(slope, [&](auto type) {
            using T = decltype(type);
            nn::embeddingBackward(elements<T>(slope), rows, pass.tokens, m_plan.hiddenSize,
                elements<float>(m_parameters->gradient(name)));
        });
    };
    if (!m_plan.positions.empty())
        addRows(m_plan.positions, batch.positions.data());
    if (m_plan.embeddingScale != 1)
        slope.mul_(at::scalar_tensor(m_plan.embeddingScale, slope.options()));
    addRows(m_plan.embedding, batch.ids.data());
}

KeyValueCache Decoder::makeCache(std::int64_t capacity) const {
    KeyValueCache cache;
    const auto options = at::TensorOptions(m_embedding.scalar_type());
    for (const LayerPlan& layer : m_plan.layers) {
        const std::int64_t width = layer.attention.kvHeads * layer.attention.headDimension;
        cache.keys.push_back(at::empty({capacity, width}, options));
        cache.values.push_back(at::empty({capacity, width}, options));
    }
    return cache;
}

at::Tensor Decoder::forwardCached(
    std::span<const TokenId> ids, KeyValueCache& cache, StopToken stop) {
    const std::int64_t before = cache.length();
    const std::int64_t end = before + std::int64_t(ids.size());
    cache.ids.insert(cache.ids.end(), ids.begin(), ids.end());
    const bool outgrown
        = before > 0 && std::ranges::any_of(m_ropes, [&](const std::unique_ptr<Rope>& rope) {
              return rope->lengthClass(before) != rope->lengthClass(end);
          });
    const std::int64_t first = outgrown ? 0 : before;
    const std::span<const TokenId> read = std::span(cache.ids).subspan(std::size_t(first));

    Pass pass;
    pass.tokens = end - first;
    pass.type = m_embedding.scalar_type();
    std::vector<std::int32_t> positions(read.size());
    for (std::size_t i = 0; i < positions.size(); ++i)
        positions[i] = std::int32_t(first + std::int64_t(i));
    const nn::AttentionSegment segment{0, pass.tokens, 0, end};
    pass.positions = positions;
    pass.segments = std::span(&segment, 1);
    pass.cache = &cache;
    pass.cached = first;

    m_decoding.layers.resize(1);
    embed(
        read, pass, m_decoding.layers.front().input.get(pass.tokens, m_plan.hiddenSize, pass.type));
    if (!run(pass, m_decoding, stop)) {
        cache.ids.resize(std::size_t(before));
        return {};
    }
    const at::Tensor out = m_decoding.hidden.get(1, m_plan.hiddenSize, pass.type);
    m_norm.forward(m_decoding.last.get(pass.tokens, m_plan.hiddenSize, pass.type)
                       .narrow(0, pass.tokens - 1, 1),
        out, m_decoding.lastStatistics);
    return out;
}

void Decoder::logits(const at::Tensor& hidden, const at::Tensor& out) const {
    nn::linear(hidden, m_head, out);
    if (m_plan.headSoftcap > 0) {
        at::Tensor target = out;
        target.div_(m_plan.headSoftcap).tanh_().mul_(m_plan.headSoftcap);
    }
}

} // namespace assay
