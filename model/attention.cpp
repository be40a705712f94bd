#include "model/attention.h"

namespace assay {

using nn::byType;
using nn::elements;

Attention::Attention(const AttentionPlan& plan, const Parameters& parameters, Rope* rope)
    : m_plan(plan)
    , m_shape{plan.heads, plan.kvHeads, plan.headDimension, float(plan.scale), float(plan.softcap),
          plan.window}
    , m_query(plan.query, parameters)
    , m_key(plan.key, parameters)
    , m_value(plan.value, parameters)
    , m_output(plan.output, parameters)
    , m_queryNorm(plan.queryNorm, parameters)
    , m_keyNorm(plan.keyNorm, parameters)
    , m_rope(rope) { }

void Attention::rotate(const Pass& pass, const at::Tensor& query, const at::Tensor& key,
    nn::RotaryDirection direction) {
    if (!m_rope)
        return;
    m_rope->rotate(query, pass, m_plan.heads, m_plan.headDimension, direction);
    m_rope->rotate(key, pass, m_plan.kvHeads, m_plan.headDimension, direction);
}

void Attention::forward(const Pass& pass, const at::Tensor& x, const at::Tensor& residual,
    const at::Tensor& y, Saved& saved) {
    const std::int64_t tokens = pass.tokens;
    const at::Tensor query = saved.query.get(tokens, queryWidth(), pass.type);
    at::Tensor keys, values; // all that queries see
    at::Tensor key, value; // of these tokens
    if (pass.cache) {
        keys = pass.cache->keys[std::size_t(pass.layer)];
        values = pass.cache->values[std::size_t(pass.layer)];
        key = keys.narrow(0, pass.cached, tokens);
        value = values.narrow(0, pass.cached, tokens);
    } else {
        keys = key = saved.key.get(tokens, keyWidth(), pass.type);
        values = value = saved.value.get(tokens, keyWidth(), pass.type);
    }
    const auto projected = [&](const Linear& map, const Norm& norm, nn::Buffer& raw,
                               nn::Buffer& statistics, const at::Tensor& out) {
        if (!norm.exists()) {
            map.forward(x, out);
            return;
        }
        const at::Tensor before = raw.get(tokens, out.size(1), pass.type);
        map.forward(x, before);
        norm.forward(before, out, statistics);
    };
    projected(m_query, m_queryNorm, saved.rawQuery, saved.queryStatistics, query);
    projected(m_key, m_keyNorm, saved.rawKey, saved.keyStatistics, key);
    m_value.forward(x, value);
    rotate(pass, query, key, nn::RotaryDirection::Forward);

    const at::Tensor mixed = saved.mixed.get(tokens, queryWidth(), pass.type);
    float* logSumExp = pass.cache
        ? nullptr
        : elements<float>(saved.logSumExp.get(tokens, m_plan.heads, at::kFloat));
    byType(query, [&](auto type) {
        using T = decltype(type);
        nn::attentionForward(elements<T>(query), elements<T>(keys), elements<T>(values), m_shape,
            pass.segments, elements<T>(mixed), logSumExp);
    });
    if (residual.defined())
        m_output.forwardAdd(residual, mixed, y);
    else
        m_output.forward(mixed, y);
}

void Attention::backward(const Pass& pass, const at::Tensor& dy, const at::Tensor& x, Saved& saved,
    Scratch& scratch, const at::Tensor& dx) {
    const std::int64_t tokens = pass.tokens;
    const at::Tensor query = saved.query.get(tokens, queryWidth(), pass.type);
    const at::Tensor key = saved.key.get(tokens, keyWidth(), pass.type);
    const at::Tensor value = saved.value.get(tokens, keyWidth(), pass.type);
    const at::Tensor mixed = saved.mixed.get(tokens, queryWidth(), pass.type);
    const at::Tensor logSumExp = saved.logSumExp.get(tokens, m_plan.heads, at::kFloat);
    const at::Tensor dMixed = scratch.dMixed.get(tokens, queryWidth(), pass.type);
    const at::Tensor dQuery = scratch.dQuery.get(tokens, queryWidth(), pass.type);
    const at::Tensor dKey = scratch.dKey.get(tokens, keyWidth(), pass.type);
    const at::Tensor dValue = scratch.dValue.get(tokens, keyWidth(), pass.type);

    m_output.inputGradient(dy, dMixed, Into::Replace);
    m_output.weightGradient(dy, mixed);
    byType(query, [&](auto type) {
        using T = decltype(type);
        nn::attentionBackward(elements<T>(query), elements<T>(key), elements<T>(value),
            elements<T>(mixed), elements<T>(dMixed), elements<float>(logSumExp), m_shape,
            pass.segments, elements<T>(dQuery), elements<T>(dKey), elements<T>(dValue));
    });
    rotate(pass, dQuery, dKey, nn::RotaryDirection::Backward);
    // Back through the norm, where there is one: the gradient of what the map itself gave.
    const auto raw = [&](const Norm& norm, const at::Tensor& slope, nn::Buffer& before,
                         nn::Buffer& statistics, nn::Buffer& target) {
        if (!norm.exists())
            return slope;
        at::Tensor out = target.get(tokens, slope.size(1), pass.type);
        norm.backward(slope, before.get(tokens, slope.size(1), pass.type), statistics, out.zero_());
        return out;
    };
    const at::Tensor dRawQuery
        = raw(m_queryNorm, dQuery, saved.rawQuery, saved.queryStatistics, scratch.dRawQuery);
    const at::Tensor dRawKey
        = raw(m_keyNorm, dKey, saved.rawKey, saved.keyStatistics, scratch.dRawKey);
    m_query.weightGradient(dRawQuery, x);
    m_key.weightGradient(dRawKey, x);
    m_value.weightGradient(dValue, x);
    m_query.inputGradient(dRawQuery, dx, Into::Replace);
    m_key.inputGradient(dRawKey, dx, Into::Add);
    m_value.inputGradient(dValue, dx, Into::Add);
}

} // namespace assay
