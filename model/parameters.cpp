#include "model/parameters.h"

#include "core/base/rng.h"
#include "core/job/model_plan.h"
#include "nn/embedding.h"
#include "nn/tensors.h"

#include <cmath>

namespace assay {

Parameters::Parameters(
    std::vector<Parameter> layout, Dtype dtype, ParameterUse use, const Learns& learns)
    : m_layout(std::move(layout))
    , m_dtype(dtype) {
    const auto place = [&](bool learning) {
        for (std::size_t i = 0; i < m_layout.size(); ++i) {
            const bool own
                = use != ParameterUse::Inference && (!learns || learns(m_layout[i].name));
            if (own != learning)
                continue;
            m_layout[i].offset = m_count;
            m_count += m_layout[i].count;
        }
    };
    place(true);
    m_trained = m_count;
    place(false);
    for (std::size_t i = 0; i < m_layout.size(); ++i)
        m_byName.emplace(m_layout[i].name, i);
    if (dtype == Dtype::F32 || use == ParameterUse::Training)
        m_master = at::zeros({m_count}, at::kFloat);
    else if (m_trained > 0)
        m_master = at::zeros({m_trained}, at::kFloat);
    m_compute = dtype == Dtype::F32 ? m_master : at::zeros({m_count}, at::kBFloat16);
    if (m_trained > 0)
        m_gradients = at::zeros({m_trained}, at::kFloat);
}

const Parameter& Parameters::find(const std::string& name) const {
    return m_layout[m_byName.at(name)];
}

at::Tensor Parameters::weight(const std::string& name) const {
    if (const auto other = m_replaced.find(name); other != m_replaced.end())
        return other->second;
    const Parameter& parameter = find(name);
    return m_compute.narrow(0, parameter.offset, parameter.count).view(parameter.shape);
}

at::Tensor Parameters::gradient(const std::string& name) const {
    const Parameter& parameter = find(name);
    if (!learns(parameter))
        return {};
    return m_gradients.narrow(0, parameter.offset, parameter.count).view(parameter.shape);
}

at::Tensor Parameters::masterWeight(const std::string& name) const {
    const Parameter& parameter = find(name);
    if (!m_master.defined() || parameter.offset >= m_master.numel())
        return weight(name).to(at::kFloat);
    return m_master.narrow(0, parameter.offset, parameter.count).view(parameter.shape);
}

Parameters Parameters::withReplaced(std::map<std::string, at::Tensor> replaced) const {
    Parameters other = *this; // tensors are shared
    other.m_replaced = std::move(replaced);
    return other;
}

void Parameters::set(const Parameter& parameter, std::span<const float> values) {
    if (m_master.defined() && parameter.offset < m_master.numel())
        std::copy(values.begin(), values.end(), nn::elements<float>(m_master) + parameter.offset);
    if (m_dtype == Dtype::Bf16)
        nn::convert(
            values.data(), nn::elements<nn::Bf16>(m_compute) + parameter.offset, parameter.count);
}

std::vector<std::int64_t> Parameter::fileShape() const {
    std::vector<std::int64_t> result = shape;
    if (transposed)
        std::ranges::reverse(result);
    return result;
}

std::string Parameters::fileName(const Parameter& parameter) const {
    return parameter.name.starts_with(m_omittedPrefix)
        ? parameter.name.substr(m_omittedPrefix.size())
        : parameter.name;
}

std::vector<Parameter> parameterLayout(const ModelSpec& spec) {
    std::vector<Parameter> layout;
    for (ParameterShape& parameter : parameterShapes(modelPlan(spec))) {
        std::int64_t count = 1;
        for (const std::int64_t size : parameter.shape)
            count *= size;
        layout.push_back({std::move(parameter.name), std::move(parameter.shape),
            parameter.transposed, 0, count});
    }
    return layout;
}

void initialise(
    Parameters& parameters, const ModelSpec& spec, double standardDeviation, std::uint64_t seed) {
    Rng rng(seed);
    std::vector<float> values;
    for (const Parameter& parameter : parameters.layout()) {
        values.assign(std::size_t(parameter.count), 1.0F);
        if (parameter.isMatrix()) {
            const bool intoResidual = parameter.name.ends_with("o_proj.weight")
                || parameter.name.ends_with("down_proj.weight");
            const double deviation = intoResidual
                ? standardDeviation / std::sqrt(2.0 * double(spec.layers))
                : standardDeviation;
            for (float& value : values)
                value = float(deviation * rng.normal());
        }
        parameters.set(parameter, values);
    }
}

} // namespace assay
