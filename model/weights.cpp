#include "core/weights/safetensors.h"
#include "model/parameters.h"
#include "nn/tensors.h"

#include <set>

namespace assay {

namespace fs = std::filesystem;

namespace {

/// What other programs store beside the weights.
bool isIgnored(const std::string& name, const ModelSpec& spec) {
    if (spec.tiedEmbeddings && name == "lm_head.weight")
        return true;
    if (spec.family == "gpt2") // causal masks, not parameters
        return name.ends_with(".attn.bias") || name.ends_with(".attn.masked_bias");
    return name.ends_with("rotary_emb.inv_freq");
}

/// Every tensor that is missing, surplus or of the wrong form.
std::vector<Error> tensorProblems(
    const Weights& weights, const ModelSpec& spec, const Parameters& parameters) {
    std::vector<Error> problems;
    std::set<std::string> wanted;
    for (const Parameter& parameter : parameters.layout()) {
        const std::string name = parameters.fileName(parameter);
        wanted.insert(name);
        const TensorView* tensor = weights.find(name);
        const std::vector<std::int64_t> shape = parameter.fileShape();
        if (!tensor)
            problems.push_back(
                Error("model.tensor_missing", {{"name", name}, {"shape", shapeText(shape)}}));
        else if (tensor->shape != shape)
            problems.push_back(Error("model.tensor_shape",
                {{"name", name}, {"found", shapeText(tensor->shape)},
                    {"expected", shapeText(shape)}}));
        else if (!holdsNumbers(tensor->type))
            problems.push_back(
                Error("model.tensor_type", {{"name", name}, {"type", tensor->typeName}}));
    }
    for (const TensorView& tensor : weights.tensors())
        if (!wanted.contains(tensor.name) && !isIgnored(tensor.name, spec))
            problems.push_back(Error("model.tensor_surplus", {{"name", tensor.name}}));
    return problems;
}

/// [rows, columns] to [columns, rows].
std::vector<float> transposed(
    std::span<const float> values, std::int64_t rows, std::int64_t columns) {
    std::vector<float> result(values.size());
    for (std::int64_t r = 0; r < rows; ++r)
        for (std::int64_t c = 0; c < columns; ++c)
            result[std::size_t(c * rows + r)] = values[std::size_t(r * columns + c)];
    return result;
}

/// The first part of the names that this upload leaves out, or nothing.
std::string omittedPrefixOf(const Weights& weights, const Parameters& parameters) {
    const std::string& first = parameters.layout().front().name;
    const std::string prefix = first.substr(0, first.find('.') + 1);
    const bool omitted = !weights.find(first) && weights.find(first.substr(prefix.size()));
    return omitted ? prefix : std::string();
}

} // namespace

Result<void> loadWeights(const Weights& weights, const ModelSpec& spec, Parameters& parameters,
    const ProgressFunction& progress, StopToken stop) {
    parameters.setOmittedPrefix(omittedPrefixOf(weights, parameters));
    if (auto problems = tensorProblems(weights, spec, parameters); !problems.empty()) {
        Error all("model.tensors",
            {{"path", weights.path().string()}, {"count", std::to_string(problems.size())}});
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
        const TensorView& tensor = *weights.find(parameters.fileName(parameter));
        toFloats(tensor, values);
        if (parameter.transposed)
            parameters.set(parameter, transposed(values, parameter.shape[1], parameter.shape[0]));
        else
            parameters.set(parameter, values);
        done += parameter.count;
        if (progress)
            progress({done, parameters.count()});
    }
    return {};
}

Result<void> loadWeights(const fs::path& folder, const ModelSpec& spec, Parameters& parameters,
    const ProgressFunction& progress, StopToken stop) {
    auto weights = openWeights(folder);
    if (!weights)
        return forward(weights);
    return loadWeights(*weights, spec, parameters, progress, stop);
}

Result<void> saveWeights(const fs::path& folder, const Parameters& parameters) {
    std::vector<TensorToWrite> tensors;
    std::vector<std::vector<float>> turned; // outlives the writing
    const float* master = nn::elements<float>(parameters.master());
    for (const Parameter& parameter : parameters.layout()) {
        std::span<const float> values(master + parameter.offset, std::size_t(parameter.count));
        if (parameter.transposed) {
            turned.push_back(transposed(values, parameter.shape[0], parameter.shape[1]));
            values = turned.back();
        }
        tensors.push_back({parameters.fileName(parameter), TensorType::F32, parameter.fileShape(),
            std::as_bytes(values)});
    }
    return writeSafetensors(folder / "model.safetensors", tensors);
}

} // namespace assay
