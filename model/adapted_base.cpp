#include "core/weights/tensor.h"
#include "model/adapter.h"
#include "nn/tensors.h"

#include <algorithm>

namespace assay {

namespace {

constexpr const char* headName = "lm_head.weight";

bool isTied(const ModelPlan& plan) {
    return plan.head == plan.embedding;
}

/// Whether a tensor may take the place of a parameter: the same shape, or a table of tokens with
/// another number of rows.
bool replaces(const TensorView& tensor, const Parameter& parameter, const ModelPlan& plan) {
    const bool perToken = parameter.name == plan.embedding || parameter.name == plan.head;
    return tensor.shape == parameter.fileShape()
        || (perToken && tensor.shape.size() == 2 && tensor.shape[1] == parameter.shape[1]);
}

/// The file's whole parameters in fp32, as they are computed with, by their names.
Result<std::map<std::string, at::Tensor>> wholeTensors(
    const AdapterFile& file, const ModelPlan& plan, const Parameters& base) {
    std::map<std::string, at::Tensor> whole;
    Error all("adapter.tensors", {{"path", file.weights.path().string()}});
    for (const AdapterTensor& tensor : file.tensors) {
        if (tensor.part != AdapterPart::Whole)
            continue;
        // The head of tied embeddings is a parameter of its own only here.
        const std::string known
            = tensor.module == headName && isTied(plan) ? plan.embedding : tensor.module;
        const auto parameter = std::ranges::find(base.layout(), known, &Parameter::name);
        const TensorView& view = file.view(tensor);
        at::Tensor values = at::empty(view.shape, at::kFloat);
        if (parameter == base.layout().end() || !replaces(view, *parameter, plan)
            || !toFloats(view, {nn::elements<float>(values), std::size_t(values.numel())})) {
            all.details.push_back(Error("adapter.foreign_tensor", {{"name", view.name}}));
            continue;
        }
        whole[tensor.module] = parameter->transposed ? values.t().contiguous() : values;
    }
    if (all.details.empty())
        return whole;
    all.arguments.emplace_back("count", std::to_string(all.details.size()));
    return fail(std::move(all));
}

} // namespace

Result<AdaptedBase> adaptedBase(
    const AdapterFile& file, const ModelSpec& spec, const std::shared_ptr<Parameters>& base) {
    const ModelPlan plan = modelPlan(spec);
    auto whole = wholeTensors(file, plan, *base);
    if (!whole)
        return forward(whole);
    AdaptedBase adapted{spec, base};
    if (whole->empty())
        return adapted;
    const auto embedding = whole->find(plan.embedding);
    if (isTied(plan) && (embedding != whole->end() || whole->contains(headName))) {
        const at::Tensor own = base->weight(plan.embedding).to(at::kFloat);
        const at::Tensor input = embedding != whole->end() ? embedding->second : own;
        const auto found = whole->find(headName);
        const at::Tensor output = found != whole->end() ? found->second : own;
        if (!input.equal(output)) {
            adapted.spec.tiedEmbeddings = false;
            whole->insert_or_assign(headName, output);
        } else {
            whole->erase(headName);
        }
        whole->insert_or_assign(plan.embedding, input);
    }
    if (const auto rows = whole->find(plan.embedding); rows != whole->end())
        adapted.spec.vocabularySize = rows->second.size(0);
    for (auto& [name, values] : *whole)
        values = values.to(nn::scalarType(base->dtype()));
    adapted.parameters = std::make_shared<Parameters>(base->withReplaced(std::move(*whole)));
    return adapted;
}

Result<void> takeWhole(const AdapterFile& file, const ModelPlan& plan, Parameters& base) {
    auto whole = wholeTensors(file, plan, base);
    if (!whole)
        return forward(whole);
    if (const auto head = whole->find(headName); isTied(plan) && head != whole->end()) {
        const auto embedding = whole->find(plan.embedding);
        if (embedding == whole->end() || !embedding->second.equal(head->second))
            return fail("adapter.untied", {{"path", file.weights.path().string()}});
        whole->erase(head);
    }
    for (const auto& [name, values] : *whole) {
        const Parameter& parameter = base.find(name);
        if (values.numel() != parameter.count)
            return fail("adapter.resized", {{"name", name}});
        const at::Tensor numbers = values.contiguous();
        base.set(parameter, {nn::elements<float>(numbers), std::size_t(numbers.numel())});
    }
    return {};
}

Result<AdaptedBase> mergedModel(
    const AdapterFile& file, const ModelSpec& spec, const std::shared_ptr<Parameters>& base) {
    auto adapted = adaptedBase(file, spec, base);
    if (!adapted)
        return adapted;
    auto adapter = Adapter::load(file, modelPlan(spec), *base, ParameterUse::Inference);
    if (!adapter)
        return forward(adapter);
    auto merged = std::make_shared<Parameters>(
        parameterLayout(adapted->spec), Dtype::F32, ParameterUse::Inference);
    merged->setOmittedPrefix(base->omittedPrefix());
    const auto put = [&](const Parameter& parameter, const at::Tensor& values) {
        const at::Tensor numbers = values.to(at::kFloat).contiguous();
        merged->set(parameter, {nn::elements<float>(numbers), std::size_t(numbers.numel())});
    };
    for (const Parameter& parameter : merged->layout())
        put(parameter, adapted->parameters->weight(parameter.name));
    const Parameters& own = *(*adapter)->parameters();
    for (const std::string& name : file.modules()) {
        const Parameter& parameter = merged->find(name + ".weight");
        at::Tensor values = at::addmm(merged->weight(parameter.name),
            own.weight(adapterTensorName(AdapterPart::Up, name)),
            own.weight(adapterTensorName(AdapterPart::Down, name)), 1, file.config.scaleOf(name));
        if (file.config.decomposed)
            values.mul_(own.weight(adapterTensorName(AdapterPart::Magnitude, name))
                            .div(at::linalg_vector_norm(values, 2, {1}))
                            .unsqueeze(1));
        put(parameter, values);
    }
    adapted->parameters = std::move(merged);
    return adapted;
}

} // namespace assay
