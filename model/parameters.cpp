#include "model/parameters.h"

#include "core/base/rng.h"
#include "model/safetensors.h"
#include "nn/embedding.h"
#include "nn/tensors.h"

#include <cmath>

namespace assay {

namespace fs = std::filesystem;

Parameters::Parameters(std::vector<Parameter> layout, Dtype dtype, ParameterUse use)
    : m_layout(std::move(layout))
    , m_dtype(dtype) {
    for (std::size_t i = 0; i < m_layout.size(); ++i) {
        m_layout[i].offset = m_count;
        m_count += m_layout[i].count;
        m_byName.emplace(m_layout[i].name, i);
    }
    if (dtype == Dtype::F32 || use == ParameterUse::Training)
        m_master = at::zeros({m_count}, at::kFloat);
    m_compute = dtype == Dtype::F32 ? m_master : at::zeros({m_count}, at::kBFloat16);
    if (use == ParameterUse::Training)
        m_gradients = at::zeros({m_count}, at::kFloat);
}

const Parameter& Parameters::find(const std::string& name) const {
    return m_layout[m_byName.at(name)];
}

at::Tensor Parameters::weight(const std::string& name) const {
    const Parameter& parameter = find(name);
    return m_compute.narrow(0, parameter.offset, parameter.count).view(parameter.shape);
}

at::Tensor Parameters::gradient(const std::string& name) const {
    const Parameter& parameter = find(name);
    return m_gradients.narrow(0, parameter.offset, parameter.count).view(parameter.shape);
}

void Parameters::set(const Parameter& parameter, std::span<const float> values) {
    if (m_master.defined())
        std::copy(values.begin(), values.end(), nn::elements<float>(m_master) + parameter.offset);
    if (m_dtype == Dtype::Bf16)
        nn::convert(
            values.data(), nn::elements<nn::Bf16>(m_compute) + parameter.offset, parameter.count);
}

std::vector<Parameter> parameterLayout(const ModelSpec& spec) {
    std::vector<Parameter> layout;
    const auto add = [&](const std::string& name, std::vector<std::int64_t> shape) {
        std::int64_t count = 1;
        for (const std::int64_t size : shape)
            count *= size;
        layout.push_back({name, std::move(shape), 0, count});
    };
    const std::int64_t hidden = spec.hiddenSize;
    add("model.embed_tokens.weight", {spec.vocabularySize, hidden});
    for (std::int64_t i = 0; i < spec.layers; ++i) {
        const std::string scope = "model.layers." + std::to_string(i) + ".";
        add(scope + "input_layernorm.weight", {hidden});
        add(scope + "self_attn.q_proj.weight", {spec.heads * spec.headDimension, hidden});
        add(scope + "self_attn.k_proj.weight", {spec.kvHeads * spec.headDimension, hidden});
        add(scope + "self_attn.v_proj.weight", {spec.kvHeads * spec.headDimension, hidden});
        add(scope + "self_attn.o_proj.weight", {hidden, spec.heads * spec.headDimension});
        add(scope + "post_attention_layernorm.weight", {hidden});
        add(scope + "mlp.gate_proj.weight", {spec.intermediateSize, hidden});
        add(scope + "mlp.up_proj.weight", {spec.intermediateSize, hidden});
        add(scope + "mlp.down_proj.weight", {hidden, spec.intermediateSize});
    }
    add("model.norm.weight", {hidden});
    if (!spec.tiedEmbeddings)
        add("lm_head.weight", {spec.vocabularySize, hidden});
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

namespace {

std::string shapeText(const std::vector<std::int64_t>& shape) {
    std::string text;
    for (const std::int64_t size : shape)
        text += (text.empty() ? "" : ", ") + std::to_string(size);
    return "[" + text + "]";
}

bool isIgnored(const std::string& name, const ModelSpec& spec) {
    return name.ends_with("rotary_emb.inv_freq")
        || (spec.tiedEmbeddings && name == "lm_head.weight");
}

/// Every tensor that is missing, surplus or of the wrong form.
std::vector<Error> tensorProblems(
    const SafetensorsFile& file, const ModelSpec& spec, const Parameters& parameters) {
    std::vector<Error> problems;
    std::vector<std::string> wanted;
    for (const Parameter& parameter : parameters.layout()) {
        wanted.push_back(parameter.name);
        const TensorView* tensor = file.find(parameter.name);
        if (!tensor)
            problems.push_back(Error("model.tensor_missing",
                {{"name", parameter.name}, {"shape", shapeText(parameter.shape)}}));
        else if (tensor->shape != parameter.shape)
            problems.push_back(Error("model.tensor_shape",
                {{"name", parameter.name}, {"found", shapeText(tensor->shape)},
                    {"expected", shapeText(parameter.shape)}}));
        else if (tensor->type != TensorType::F32 && tensor->type != TensorType::F16
            && tensor->type != TensorType::Bf16)
            problems.push_back(
                Error("model.tensor_type", {{"name", parameter.name}, {"type", tensor->typeName}}));
    }
    std::ranges::sort(wanted);
    for (const auto& [name, tensor] : file.tensors())
        if (!std::ranges::binary_search(wanted, name) && !isIgnored(name, spec))
            problems.push_back(Error("model.tensor_surplus", {{"name", name}}));
    return problems;
}

} // namespace

Result<void> loadWeights(const fs::path& folder, const ModelSpec& spec, Parameters& parameters,
    const ProgressFunction& progress, StopToken stop) {
    const fs::path path = folder / "model.safetensors";
    if (!fs::exists(path) && fs::exists(folder / "model.safetensors.index.json"))
        return fail("model.unsupported",
            {{"what", "a model in several files (model.safetensors.index.json)"},
                {"supported", "one model.safetensors"}},
            folder.string());
    auto file = SafetensorsFile::open(path);
    if (!file)
        return forward(file);
    if (auto problems = tensorProblems(*file, spec, parameters); !problems.empty()) {
        Error all(
            "model.tensors", {{"path", path.string()}, {"count", std::to_string(problems.size())}});
        constexpr std::size_t shown = 20; // a wrong config makes hundreds of equal lines
        if (problems.size() > shown)
            problems.resize(shown);
        all.details = std::move(problems);
        return fail(std::move(all));
    }
    std::vector<float> values;
    std::int64_t done = 0;
    for (const Parameter& parameter : parameters.layout()) {
        if (stop.stop_requested())
            return fail("cancelled");
        values.resize(std::size_t(parameter.count));
        toFloats(*file->find(parameter.name), values);
        parameters.set(parameter, values);
        done += parameter.count;
        if (progress)
            progress({done, parameters.count()});
    }
    return {};
}

Result<void> saveWeights(const fs::path& folder, const Parameters& parameters) {
    std::vector<TensorToWrite> tensors;
    const auto* master = nn::elements<std::byte>(parameters.master());
    for (const Parameter& parameter : parameters.layout())
        tensors.push_back({parameter.name, TensorType::F32, parameter.shape,
            {master + parameter.offset * 4, std::size_t(parameter.count) * 4}});
    return writeSafetensors(folder / "model.safetensors", tensors);
}

} // namespace assay
