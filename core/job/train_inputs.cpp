#include "core/job/train_inputs.h"

#include "core/job/trained_parameters.h"
#include "core/text/own_template.h"

#include <algorithm>

namespace assay {

namespace fs = std::filesystem;

namespace {

ModelSpec specOfShape(
    const TrainSpec::Model::Shape& shape, const Tokenizer* tokenizer, TokenId largestId) {
    ModelSpec spec;
    spec.vocabularySize = tokenizer ? tokenizer->vocabularySize() : largestId + 1;
    spec.hiddenSize = shape.hiddenSize;
    spec.intermediateSize = shape.intermediateSize;
    spec.layers = shape.layers;
    spec.heads = shape.heads;
    spec.kvHeads = shape.kvHeads;
    spec.headDimension = shape.hiddenSize / shape.heads;
    spec.maxPositions = shape.maxPositions;
    spec.normEps = shape.normEps;
    spec.tiedEmbeddings = shape.tiedEmbeddings;
    spec.rope.theta = shape.ropeTheta;
    if (tokenizer) {
        spec.bosId = tokenizer->bosId();
        if (tokenizer->eosId() >= 0)
            spec.endIds = {tokenizer->eosId()};
    }
    return spec;
}

/// A template's end-of-turn token ends generation too, where the vocabulary owns it.
void addTemplateEnds(ModelSpec& spec, const TrainInputs& inputs) {
    if (!inputs.tokenizer || !inputs.chatTemplate)
        return;
    for (const std::string& stop : inputs.chatTemplate->stopStrings())
        if (const TokenId id = inputs.tokenizer->idOf(stop);
            id >= 0 && std::ranges::find(spec.endIds, id) == spec.endIds.end())
            spec.endIds.push_back(id);
}

Result<std::shared_ptr<const ChatTemplate>> templateOf(const TrainSpec& spec) {
    if (!spec.chatTemplate.empty() && spec.chatTemplate != ownTemplateName)
        return chatTemplateByName(spec.chatTemplate);
    // A random start takes the template that its tokenizer's folder brings along.
    const fs::path folder
        = spec.model.path.empty() ? tokenizerFolder(spec) : fs::path(spec.model.path);
    if (folder.empty())
        return std::shared_ptr<const ChatTemplate>();
    auto stored = chatTemplateOf(folder);
    if (!stored && spec.kind == "pretrain") // plain text is never rendered
        return std::shared_ptr<const ChatTemplate>();
    return stored;
}

} // namespace

fs::path tokenizerFolder(const TrainSpec& spec) {
    return spec.model.tokenizer.empty() ? fs::path(spec.model.path)
                                        : fs::path(spec.model.tokenizer);
}

Result<TrainInputs> trainInputs(const TrainSpec& spec) {
    TrainInputs inputs;
    if (!tokenizerFolder(spec).empty()) {
        auto tokenizer = loadTokenizer(tokenizerFolder(spec));
        if (!tokenizer && spec.data.tokenized.empty()) // ready ids do without
            return forward(tokenizer);
        if (tokenizer)
            inputs.tokenizer = *tokenizer;
    }
    auto chatTemplate = templateOf(spec);
    if (!chatTemplate)
        return forward(chatTemplate);
    inputs.chatTemplate = *chatTemplate;
    return inputs;
}

Result<ModelSpec> trainedModelSpec(
    const TrainSpec& spec, const TrainInputs& inputs, TokenId largestId) {
    ModelSpec modelSpec;
    if (spec.model.path.empty()) {
        modelSpec = specOfShape(*spec.model.shape, inputs.tokenizer.get(), largestId);
    } else {
        auto read = readModelSpec(spec.model.path);
        if (!read)
            return forward(read);
        modelSpec = std::move(*read);
    }
    if (largestId >= modelSpec.vocabularySize)
        return fail("model.id_outside",
            {{"id", std::to_string(largestId)},
                {"size", std::to_string(modelSpec.vocabularySize)}});
    if (spec.data.maxLength > modelSpec.maxPositions)
        return fail("train.length_over_model",
            {{"length", std::to_string(spec.data.maxLength)},
                {"limit", std::to_string(modelSpec.maxPositions)}});
    addTemplateEnds(modelSpec, inputs);
    if (auto done = checkModuleNames(spec, modelPlan(modelSpec)); !done)
        return forward(done);
    return modelSpec;
}

} // namespace assay
