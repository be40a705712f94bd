#include "model/adapter.h"

#include "core/base/hash.h"
#include "core/base/rng.h"
#include "core/weights/safetensors.h"
#include "nn/tensors.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace assay {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t shownProblems = 20;
constexpr const char* wholePrefix = "base_model.model.";

/// The base's weight in fp32, [out, in]; a view where it is fp32 already.
at::Tensor weightOf(const Parameters& base, const std::string& name) {
    return base.weight(name).to(at::kFloat);
}

/// |W + s B A| of each row.
at::Tensor rowLengths(
    const at::Tensor& weight, const at::Tensor& down, const at::Tensor& up, double scale) {
    return at::linalg_vector_norm(at::addmm(weight, up, down, 1, scale), 2, {1});
}

std::vector<float> valuesOf(const TensorView& tensor) {
    std::vector<float> values(std::size_t(tensor.elements()));
    toFloats(tensor, values);
    return values;
}

Error several(const fs::path& path, std::vector<Error> problems) {
    Error all(
        "adapter.tensors", {{"path", path.string()}, {"count", std::to_string(problems.size())}});
    if (problems.size() > shownProblems)
        problems.resize(shownProblems);
    all.details = std::move(problems);
    return all;
}

} // namespace

std::string Adapter::tensorName(AdapterPart part, const Module& module) const {
    return adapterTensorName(part, module.name);
}

Result<std::shared_ptr<Adapter>> Adapter::lay(const AdapterConfig& config, const ModelPlan& plan,
    const std::vector<std::string>* names, ParameterUse use) {
    auto matcher = AdapterMatcher::of(config.targets);
    if (!matcher)
        return forward(matcher);
    auto adapter = std::make_shared<Adapter>();
    adapter->m_config = config;
    std::set<std::string> known;
    for (const LinearPlan& map : linearPlans(plan)) {
        const std::string name = map.module();
        known.insert(name.substr(name.rfind('.') + 1));
        const bool wanted
            = names ? std::ranges::find(*names, name) != names->end() : matcher->matches(name);
        if (!wanted || !adapter->m_byName.emplace(name, adapter->m_modules.size()).second)
            continue;
        adapter->m_modules.push_back(
            {name, map.weight, map.allRows, map.in, map.transposed, config.rankOf(name), {}});
    }
    if (adapter->m_modules.empty()) {
        std::string list;
        for (const std::string& name : known)
            list += (list.empty() ? "" : ", ") + name;
        return fail("adapter.no_target", {{"known", list}});
    }
    std::vector<Parameter> layout;
    const auto add = [&](AdapterPart part, const Module& module, std::vector<std::int64_t> shape) {
        Parameter parameter;
        parameter.name = adapterTensorName(part, module.name);
        parameter.count = 1;
        for (const std::int64_t size : shape)
            parameter.count *= size;
        parameter.shape = std::move(shape);
        layout.push_back(std::move(parameter));
    };
    for (const Module& module : adapter->m_modules) {
        add(AdapterPart::Down, module, {module.rank, module.in});
        add(AdapterPart::Up, module, {module.out, module.rank});
        if (config.decomposed)
            add(AdapterPart::Magnitude, module, {module.out});
    }
    adapter->m_parameters = std::make_shared<Parameters>(std::move(layout), Dtype::F32, use);
    return adapter;
}

Result<std::shared_ptr<Adapter>> Adapter::make(const AdapterConfig& config, const ModelPlan& plan,
    const Parameters& base, ParameterUse use, std::uint64_t seed) {
    auto adapter = lay(config, plan, nullptr, use);
    if (!adapter)
        return adapter;
    Rng rng(seed ^ 0x6164'6170'7465'72ULL);
    std::vector<float> values;
    Parameters& parameters = *(*adapter)->m_parameters;
    for (const Module& module : (*adapter)->m_modules) {
        const Parameter& down = parameters.find((*adapter)->tensorName(AdapterPart::Down, module));
        const double bound = 1 / std::sqrt(double(module.in));
        values.resize(std::size_t(down.count));
        for (float& value : values)
            value = float(bound * (2 * rng.uniform() - 1));
        parameters.set(down, values);
        if (!config.decomposed)
            continue;
        const at::Tensor lengths
            = at::linalg_vector_norm(weightOf(base, module.weight), 2, {1}).contiguous();
        parameters.set(parameters.find((*adapter)->tensorName(AdapterPart::Magnitude, module)),
            {nn::elements<float>(lengths), std::size_t(lengths.numel())});
    }
    (*adapter)->refresh(base);
    return adapter;
}

Result<std::shared_ptr<Adapter>> Adapter::load(
    const AdapterFile& file, const ModelPlan& plan, const Parameters& base, ParameterUse use) {
    const std::vector<std::string> names = file.modules();
    auto adapter = lay(file.config, plan, &names, use);
    if (!adapter)
        return adapter;
    std::vector<Error> problems;
    for (const std::string& name : names)
        if (!(*adapter)->m_byName.contains(name))
            problems.push_back(Error("adapter.foreign_module", {{"name", name}}));
    Parameters& parameters = *(*adapter)->m_parameters;
    for (const Module& module : (*adapter)->m_modules)
        for (const AdapterPart part :
            {AdapterPart::Down, AdapterPart::Up, AdapterPart::Magnitude}) {
            if (part == AdapterPart::Magnitude && !file.config.decomposed)
                continue;
            const Parameter& parameter = parameters.find((*adapter)->tensorName(part, module));
            const TensorView* view = file.find(part, module.name);
            if (!view || view->shape != parameter.shape || !holdsNumbers(view->type))
                problems.push_back(Error("model.tensor_shape",
                    {{"name", parameter.name}, {"found", view ? shapeText(view->shape) : "none"},
                        {"expected", shapeText(parameter.shape)}}));
            else
                parameters.set(parameter, valuesOf(*view));
        }
    if (!problems.empty())
        return fail(several(file.weights.path(), std::move(problems)));
    (*adapter)->refresh(base);
    return adapter;
}

std::shared_ptr<const LowRank> Adapter::termOf(const LinearPlan& plan) const {
    const auto found = m_byName.find(plan.module());
    if (found == m_byName.end())
        return nullptr;
    const Module& module = m_modules[found->second];
    LowRank::Tensors tensors;
    const std::string down = tensorName(AdapterPart::Down, module);
    const std::string up = tensorName(AdapterPart::Up, module);
    const std::string magnitude = tensorName(AdapterPart::Magnitude, module);
    tensors.down = m_parameters->weight(down);
    tensors.up = m_parameters->weight(up);
    const bool training = m_parameters->gradients().defined();
    if (training) {
        tensors.dDown = m_parameters->gradient(down);
        tensors.dUp = m_parameters->gradient(up);
    }
    if (m_config.decomposed) {
        tensors.magnitude = m_parameters->weight(magnitude);
        tensors.lengths = module.lengths;
        if (training)
            tensors.dMagnitude = m_parameters->gradient(magnitude);
    }
    const LowRank whole(std::move(tensors), m_config.scaleOf(module.name), m_config.dropout,
        hash64(module.name), m_noise);
    return std::make_shared<LowRank>(whole.rows(plan.firstRow, plan.out));
}

void Adapter::refresh(const Parameters& base) {
    if (!m_config.decomposed)
        return;
    for (Module& module : m_modules) {
        const at::Tensor lengths = rowLengths(weightOf(base, module.weight),
            m_parameters->weight(tensorName(AdapterPart::Down, module)),
            m_parameters->weight(tensorName(AdapterPart::Up, module)),
            m_config.scaleOf(module.name));
        if (module.lengths.defined())
            module.lengths.copy_(lengths); // terms hold views of it
        else
            module.lengths = lengths.contiguous();
    }
}

void Adapter::setNoise(std::uint64_t seed) {
    m_noise->seed = seed;
    m_noise->on = true;
}

void Adapter::setNoiseOff() {
    m_noise->on = false;
}

Result<void> Adapter::save(
    const fs::path& folder, const ModelPlan& plan, const Parameters& base) const {
    std::vector<TensorToWrite> tensors;
    const float* numbers = nn::elements<float>(m_parameters->master());
    for (const Parameter& parameter : m_parameters->layout())
        tensors.push_back({parameter.name, TensorType::F32, parameter.shape,
            std::as_bytes(std::span(numbers + parameter.offset, std::size_t(parameter.count)))});
    std::vector<at::Tensor> whole; // outlives the writing
    for (const std::string& name : wholeParameters(m_config, plan)) {
        const Parameter& parameter = base.find(name);
        const at::Tensor values = base.masterWeight(name);
        whole.push_back((parameter.transposed ? values.t() : values).contiguous());
        TensorToWrite tensor{wholePrefix + name, TensorType::F32, parameter.fileShape(),
            {nn::elements<std::byte>(whole.back()), std::size_t(whole.back().nbytes())}};
        tensors.push_back(tensor);
        if (name == plan.embedding && plan.head == plan.embedding) {
            tensor.name = wholePrefix + std::string("lm_head.weight"); // the same numbers
            tensors.push_back(tensor);
        }
    }
    const bool transposed = std::ranges::any_of(m_modules, &Module::transposed);
    if (auto done = writeFileAtomically(folder / "adapter_config.json",
            dumpJson(adapterConfigToJson(m_config, transposed), 2) + "\n");
        !done)
        return done;
    return writeSafetensors(folder / "adapter_model.safetensors", tensors);
}

} // namespace assay
