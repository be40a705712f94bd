#include "app/assay-cli/model_verbs.h"

#include "core/analysis/model_input.h"
#include "core/remote/hub_cache.h"

namespace assay {

void addModelVerbs(CLI::App& program) {
    addScoreVerb(program);
    addGenerateVerb(program);
    addCompareVerb(program);
    addCompareBatchVerb(program);
    addOnsetVerb(program);
    addForcedVerb(program);
    addJsonBreakVerb(program);
    addServeVerb(program);
    addInspectModelVerb(program);
    addConvertVerb(program);
    addDownloadVerb(program);
    addModelsVerb(program);
    addMergeVerb(program);
}

void addModelOptions(CLI::App& verb, ModelOptions& options) {
    verb.add_option("--dtype", options.dtype, "Compute in f32 or bf16")
        ->check(CLI::IsMember({"f32", "bf16"}))
        ->capture_default_str();
    verb.add_option("--template", options.templateName,
        "Chat template in place of the model's own: chatml, llama-2, alpaca or plain");
    verb.add_option("--threads", options.threads, "Threads to compute with (0: all)")
        ->check(CLI::NonNegativeNumber);
}

void addAdapterOption(CLI::App& verb, ModelOptions& options) {
    verb.add_option(
        "--adapter", options.adapter, "Folder of a LoRA adapter (PEFT), laid over the model");
}

Result<std::shared_ptr<ModelUnderTest>> loadForVerb(
    const std::string& folder, const ModelOptions& options, bool needsTemplate) {
    auto dtype = dtypeFromName(options.dtype);
    if (!dtype)
        return forward(dtype);
    auto engine = loadEngine();
    if (!engine)
        return forward(engine);
    LoadOptions load;
    load.dtype = *dtype;
    load.templateName = options.templateName;
    load.templateRequired = needsTemplate;
    load.threads = options.threads;
    load.adapter = options.adapter;
    return (*engine)->loadModel(resolveModelPath(folder), load, interruptToken());
}

Result<std::vector<Message>> readMessagesFile(const std::string& path) {
    auto document = readJsonFile(path);
    if (!document)
        return forward(document);
    return messagesFromDocument(*document, path);
}

} // namespace assay
