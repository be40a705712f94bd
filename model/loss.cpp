#include "model/loss.h"

#include "core/advice/train_estimate.h"
#include "core/text/chat_template.h"
#include "nn/loss.h"

#include <cstring>

namespace assay {

LossTargets lossTargets(
    const PackedBatch& batch, std::span<const TokenId> labels, std::span<const float> weights) {
    LossTargets targets;
    for (std::size_t s = 0; s < batch.segments.size(); ++s) {
        const nn::AttentionSegment& segment = batch.segments[s];
        for (std::int64_t row = segment.queryBegin; row + 1 < segment.queryEnd; ++row) {
            const TokenId label = labels[std::size_t(row + 1)];
            if (label == ignoredLabel || (!weights.empty() && weights[std::size_t(row + 1)] == 0))
                continue;
            targets.rows.push_back(row);
            targets.labels.push_back(label);
            targets.segments.push_back(std::int32_t(s));
            if (!weights.empty())
                targets.weights.push_back(weights[std::size_t(row + 1)]);
        }
    }
    return targets;
}

namespace {

/// How fast capped logits follow those before the cap: 1 - (logit / cap)^2, the slope of cap *
/// tanh(x / cap). Undefined where there is no cap or no gradient is asked for.
at::Tensor capSlopeOf(const Decoder& decoder, const at::Tensor& logits, nn::LossGradient gradient) {
    if (decoder.headSoftcap() <= 0 || gradient == nn::LossGradient::None)
        return {};
    return logits.div(decoder.headSoftcap()).square_().neg_().add_(1);
}

template <class OnChunk>
LossResult reduceChunks(Decoder& decoder, const at::Tensor& hidden, const LossTargets& targets,
    double scale, nn::LossGradient gradient, OnChunk&& onChunk) {
    const std::int64_t vocabulary = decoder.spec().vocabularySize;
    const auto count = std::int64_t(targets.rows.size());
    const std::int64_t chunk
        = std::min(logitsChunkRows(vocabulary), std::max<std::int64_t>(count, 1));
    const at::Tensor buffer = at::empty({chunk, vocabulary}, hidden.options());
    LossResult result;
    result.nll.resize(targets.rows.size());
    for (std::int64_t begin = 0; begin < count; begin += chunk) {
        const std::int64_t rows = std::min(chunk, count - begin);
        const at::Tensor index = at::from_blob(
            const_cast<std::int64_t*>(targets.rows.data()) + begin, {rows}, at::kLong);
        const at::Tensor states = hidden.index_select(0, index); // [rows, hidden]
        at::Tensor logits = buffer.narrow(0, 0, rows); // [rows, vocabulary]
        decoder.logits(states, logits);
        const at::Tensor capSlope = capSlopeOf(decoder, logits, gradient);
        nn::byType(logits, [&](auto type) {
            using T = decltype(type);
            nn::crossEntropy(nn::elements<T>(logits), targets.labels.data() + begin,
                targets.weights.empty() ? nullptr : targets.weights.data() + begin, rows,
                vocabulary, float(scale), gradient, result.nll.data() + begin);
        });
        if (capSlope.defined())
            logits.mul_(capSlope);
        onChunk(index, states, logits);
    }
    for (std::size_t i = 0; i < result.nll.size(); ++i) {
        const double weight = targets.weights.empty() ? 1.0 : double(targets.weights[i]);
        result.weightedSum += weight * double(result.nll[i]);
        result.weight += weight;
    }
    return result;
}

} // namespace

LossResult evaluateLoss(Decoder& decoder, const at::Tensor& hidden, const LossTargets& targets) {
    return reduceChunks(decoder, hidden, targets, 0, nn::LossGradient::None,
        [](const at::Tensor&, const at::Tensor&, const at::Tensor&) {});
}

LossResult lossAndGradient(Decoder& decoder, const at::Tensor& hidden, const LossTargets& targets,
    double scale, at::Tensor dHidden) {
    dHidden.zero_();
    at::Tensor dHead = decoder.headGradient();
    return reduceChunks(decoder, hidden, targets, scale, nn::LossGradient::ReplaceLogits,
        [&](const at::Tensor& index, const at::Tensor& states, const at::Tensor& logits) {
            if (dHead.defined())
                nn::addWeightGradient(logits, states, dHead);
            dHidden.index_copy_(0, index, at::mm(logits, decoder.head()));
        });
}

} // namespace assay
