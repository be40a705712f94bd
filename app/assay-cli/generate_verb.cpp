#include "app/assay-cli/model_verbs.h"

#include "core/analysis/generated_text.h"
#include "core/analysis/records.h"
#include "core/analysis/request_checks.h"

#include <cstdio>

namespace assay {

namespace {

struct GenerateVerb {
    std::string model;
    std::optional<std::string> prompt;
    std::vector<TokenId> ids;
    std::string messages;
    GenerateOptions generate;
    bool ignoreEnd = false;
    std::optional<int> logprobs;
    bool json = false;
    ModelOptions options;
};

Result<ModelInput> inputOf(const GenerateVerb& verb) {
    ModelInput input;
    input.templateName = verb.options.templateName;
    if (!verb.messages.empty()) {
        auto messages = readMessagesFile(verb.messages);
        if (!messages)
            return forward(messages);
        input.messages = std::move(*messages);
    } else if (verb.prompt && !verb.options.templateName.empty()) {
        Message message;
        message.content = *verb.prompt;
        input.messages = {message};
    } else if (verb.prompt) {
        input.text = verb.prompt;
    } else {
        input.ids = verb.ids;
    }
    return input;
}

Result<void> run(const GenerateVerb& verb) {
    auto input = inputOf(verb);
    if (!input)
        return forward(input);
    auto model = loadForVerb(verb.model, verb.options, input->messages.has_value());
    if (!model)
        return forward(model);
    auto prompt = prepareInput(**model, *input, GenerationPrompt::Add);
    if (!prompt)
        return forward(prompt);
    GenerateOptions options = verb.generate;
    options.stopStrings.insert(
        options.stopStrings.end(), prompt->stopStrings.begin(), prompt->stopStrings.end());
    options.stopAtEnd = !verb.ignoreEnd;
    options.capture = verb.logprobs.has_value();
    options.captureTopK = verb.logprobs.value_or(0);
    if (auto fits = checkTopK(**model, options.captureTopK); !fits)
        return forward(fits);

    std::optional<GeneratedText> text;
    if (const auto tokenizer = (*model)->tokenizer())
        text.emplace(tokenizer, prompt->ids, options.stopStrings);
    const auto print = [](const std::string& part) {
        std::fputs(part.c_str(), stdout);
        std::fflush(stdout);
    };
    const auto onToken = [&](TokenId id, const TokenScore*, std::span<const Candidate>) {
        if (!verb.json)
            print(text ? text->add(id) : std::to_string(id) + " ");
    };
    auto generation = (*model)->generate(prompt->ids, options, interruptToken(), onToken);
    if (!generation)
        return forward(generation);
    if (verb.json)
        print(dumpJson(generationRecord(**model, *prompt, options, *generation)) + "\n");
    else
        print((text ? text->finish() : std::string()) + "\n");
    if (generation->ended == EndReason::Cancelled)
        return fail("cancelled");
    return {};
}

} // namespace

void addGenerateVerb(CLI::App& program) {
    auto verb = std::make_shared<GenerateVerb>();
    CLI::App& app = *program.add_subcommand("generate", "Let a model go on from a prompt");
    app.add_option("--model", verb->model, "Folder of a model, or of an adapter beside its model")
        ->required();
    CLI::Option_group& input = *app.add_option_group("input");
    input.add_option("--prompt", verb->prompt,
        "A text, continued as it stands; with --template it is the user's message");
    input.add_option("--ids", verb->ids, "Token ids, separated by commas")->delimiter(',');
    input.add_option("--messages", verb->messages, "A JSON file with a list of messages");
    input.require_option(1);
    app.add_option("--max-new", verb->generate.maxNew, "The most tokens to add")
        ->capture_default_str();
    CLI::Option* isGreedy
        = app.add_flag("--greedy")->description("Always take the most probable token (default)");
    app.add_option("--temperature", verb->generate.temperature, "Sample at this temperature")
        ->excludes(isGreedy);
    app.add_option("--seed", verb->generate.seed, "Seed of the sampling")->capture_default_str();
    app.add_option(
        "--top-k", verb->generate.topK, "Sample from the K most probable tokens (0: all)");
    app.add_option("--top-p", verb->generate.topP,
        "Sample from the most probable tokens that make up this share");
    app.add_option(
           "--stop", verb->generate.stopStrings, "A text that ends the answer; may be given again")
        ->allow_extra_args(false);
    app.add_flag("--ignore-end", verb->ignoreEnd, "Go on after the model's end token");
    app.add_option("--logprobs", verb->logprobs,
        "With --json: scores of each new token, and its K best rivals");
    app.add_flag("--json", verb->json, "One line of JSON in place of the text");
    addAdapterOption(app, verb->options);
    addModelOptions(app, verb->options);
    onRun(app, [verb]() -> Result<void> {
        std::vector<Error> problems = samplingProblems(verb->generate);
        if (!problems.empty())
            return fail(std::move(problems.front()));
        return run(*verb);
    });
}

} // namespace assay
