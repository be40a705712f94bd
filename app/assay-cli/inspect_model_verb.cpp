#include "app/assay-cli/model_verbs.h"

#include "core/models/describe_model.h"
#include "core/models/write_model.h"
#include "core/remote/hub_cache.h"

#include <cstdio>

namespace assay {

namespace {

struct InspectOptions {
    std::string path;
    bool json = false;
    bool tensors = false;
};

Result<void> inspect(const InspectOptions& options) {
    auto description = describeModel(resolveModelPath(options.path));
    if (!description)
        return forward(description);
    if (options.json)
        std::printf("%s\n", dumpJson(descriptionToJson(*description, options.tensors)).c_str());
    else
        std::printf("%s", descriptionText(*description, options.tensors).c_str());
    return {};
}

struct ConvertOptions {
    std::string from;
    std::string to;
    std::string format;
    std::string dtype = "keep";
};

Result<void> convert(const ConvertOptions& options) {
    auto type = storedTypeFromName(options.dtype);
    if (!type)
        return forward(type);
    auto model = openModel(resolveModelPath(options.from));
    if (!model)
        return forward(model);
    const auto progress = terminalProgress("Convert");
    return options.format == "gguf"
        ? writeGguf(*model, options.to, *type, progress, interruptToken())
        : writeHuggingFace(*model, options.to, *type, progress, interruptToken());
}

} // namespace

void addInspectModelVerb(CLI::App& program) {
    auto options = std::make_shared<InspectOptions>();
    CLI::App* verb = program.add_subcommand("inspect-model",
        "Describe a model: a folder, an adapter, a config.json, or a file of weights "
        "(safetensors, PyTorch, GGUF, llama2.c)");
    verb->add_option("PATH", options->path, "The model")->required();
    verb->add_flag("--json", options->json,
        "One object: kind, family, supported, shape, parameters, dtypes, tokenizer, template, "
        "adapter, missing, notes, metadata");
    verb->add_flag("--tensors", options->tensors, "List every tensor with shape and type");
    onRun(*verb, [options] { return inspect(*options); });
}

void addConvertVerb(CLI::App& program) {
    auto options = std::make_shared<ConvertOptions>();
    CLI::App* verb = program.add_subcommand(
        "convert", "Write a model as a Hugging Face folder or as one GGUF file");
    verb->add_option("IN", options->from, "The model, of any kind that inspect-model reads")
        ->required();
    verb->add_option("OUT", options->to, "The folder or file to write; it must not exist")
        ->required();
    verb->add_option("--to", options->format, "hf (a folder) or gguf (a file)")
        ->required()
        ->check(CLI::IsMember({"hf", "gguf"}));
    verb->add_option("--dtype", options->dtype,
            "How numbers are stored: keep (F32, F16 and BF16 stay, others become F32), f32, f16, "
            "bf16, or q8_0 (gguf only)")
        ->check(CLI::IsMember({"keep", "f32", "f16", "bf16", "q8_0"}))
        ->capture_default_str();
    onRun(*verb, [options] { return convert(*options); });
}

} // namespace assay
