#include "core/models/model_spec_of.h"

#include "core/job/model_plan.h"

namespace assay {

namespace {

/// The tensor of this name, or without its first part, which GPT-2's first files leave out.
const TensorView* tensorFor(const Weights& weights, const std::string& name) {
    const TensorView* tensor = weights.find(name);
    return tensor ? tensor : weights.find(std::string_view(name).substr(name.find('.') + 1));
}

} // namespace

Result<ModelSpec> modelSpecOf(const ModelFiles& model) {
    if (model.config.empty())
        return fail("models.no_config", {{"path", model.path.string()}});
    if (!model.folder.empty() && !isForeignModel(model.folder))
        return readModelSpec(model.folder);
    return modelSpecFromConfig(model.config, model.path.string());
}

std::vector<std::string> missingTensors(const ModelSpec& spec, const Weights& weights) {
    std::vector<std::string> lines;
    constexpr std::size_t most = 20; // a wrong config makes hundreds of equal lines
    for (const ParameterShape& wanted : parameterShapes(modelPlan(spec))) {
        if (lines.size() >= most)
            break;
        std::vector<std::int64_t> shape = wanted.shape;
        if (wanted.transposed && shape.size() == 2)
            std::swap(shape[0], shape[1]);
        const TensorView* tensor = tensorFor(weights, wanted.name);
        if (!tensor)
            lines.push_back("tensor " + wanted.name + " " + shapeText(shape));
        else if (tensor->shape != shape)
            lines.push_back("tensor " + wanted.name + " " + shapeText(shape) + ", which is "
                + shapeText(tensor->shape));
    }
    return lines;
}

Result<std::shared_ptr<const Tokenizer>> tokenizerAt(const std::filesystem::path& path) {
    if (!isForeignModel(path))
        return loadTokenizer(path);
    auto model = openModel(path);
    if (!model)
        return forward(model);
    return tokenizerOf(*model);
}

} // namespace assay
