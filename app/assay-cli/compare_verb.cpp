#include "app/assay-cli/model_verbs.h"

#include "core/analysis/compare_report.h"

#include <cstdio>

namespace assay {

namespace {

struct CompareVerb {
    std::string base;
    std::string tuned;
    std::string adapter; ///< over the base, in place of `tuned`
    std::string messages;
    std::vector<TokenId> ids;
    std::vector<TokenId> referenceIds;
    std::optional<std::string> prompt;
    CompareRequest request;
    bool json = false;
    ModelOptions options;
};

Result<void> run(CompareVerb& verb) {
    CompareRequest& request = verb.request;
    request.prompt.templateName = verb.options.templateName;
    if (!verb.messages.empty()) {
        auto messages = readMessagesFile(verb.messages);
        if (!messages)
            return forward(messages);
        request.prompt.messages = std::move(*messages);
    } else if (verb.prompt) {
        request.prompt.text = verb.prompt;
    } else {
        request.prompt.ids = verb.ids;
    }
    if (!verb.referenceIds.empty())
        request.referenceIds = verb.referenceIds;
    // The tuned model's template is the one asked with, so the base model needs none.
    ModelOptions withAdapter = verb.options;
    withAdapter.adapter = verb.adapter;
    auto tuned = loadForVerb(verb.adapter.empty() ? verb.tuned : verb.base, withAdapter,
        request.prompt.messages.has_value());
    if (!tuned)
        return forward(tuned);
    auto base = loadForVerb(verb.base, verb.options, false);
    if (!base)
        return forward(base);
    auto report = compareReport(**base, **tuned, request, interruptToken());
    if (!report)
        return forward(report);
    std::printf("%s\n", verb.json ? dumpJson(*report).c_str() : compareTable(*report).c_str());
    return {};
}

} // namespace

void addCompareVerb(CLI::App& program) {
    auto verb = std::make_shared<CompareVerb>();
    CLI::App& app = *program.add_subcommand("compare",
        "Two models on one prompt: what each says, where they part, every token under both");
    app.add_option("--base", verb->base, "Folder of the model before tuning")->required();
    CLI::Option_group& tuned = *app.add_option_group("tuned");
    tuned.add_option("--tuned", verb->tuned, "Folder of the model, or adapter, after tuning");
    tuned.add_option("--adapter", verb->adapter,
        "Folder of a LoRA adapter (PEFT): the tuned model is the base with it");
    tuned.require_option(1);
    CLI::Option_group& input = *app.add_option_group("input");
    input.add_option("--prompt", verb->prompt,
        "The user's message where a template is named or stored with the tuned model, else a text "
        "to continue");
    input.add_option("--messages", verb->messages, "A JSON file with a list of messages");
    input.add_option("--ids", verb->ids, "Token ids, separated by commas")->delimiter(',');
    input.require_option(1);
    CLI::Option* reference = app.add_option(
        "--reference", verb->request.reference, "The right answer; onset is measured against it");
    app.add_option("--reference-ids", verb->referenceIds, "The same as token ids")
        ->delimiter(',')
        ->excludes(reference);
    app.add_flag("--raw", verb->request.raw,
        "Continue the prompt as it stands, whatever template is stored");
    app.add_option("--max-new", verb->request.maxNew, "The most tokens each model adds")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    app.add_flag("--json", verb->json, "One line of JSON in place of the table");
    addModelOptions(app, verb->options);
    onRun(app, [verb] { return run(*verb); });
}

} // namespace assay
