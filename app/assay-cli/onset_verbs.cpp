#include "app/assay-cli/model_verbs.h"

#include "core/analysis/forced_request.h"
#include "core/analysis/json_break_file.h"
#include "core/analysis/json_lines.h"
#include "core/analysis/onset_file.h"

#include <cstdio>

namespace assay {

namespace {

void print(const Json& json) {
    std::printf("%s\n", dumpJson(json).c_str());
}

/// A grader in a file, or by its name.
Result<std::optional<Grader>> graderOf(const std::string& given) {
    if (given.empty())
        return std::optional<Grader>();
    Json spec = given;
    std::error_code ignored;
    if (std::filesystem::exists(given, ignored)) {
        auto read = readJsonFile(given);
        if (!read)
            return forward(read);
        spec = std::move(*read);
    }
    auto grader = Grader::read(spec, given);
    if (!grader)
        return forward(grader);
    return std::optional(std::move(*grader));
}

struct OnsetVerb {
    std::string model;
    std::string input;
    std::string output;
    std::string rules = "R0,R1,R2,R3";
    std::string grader;
    OnsetOptions how;
    ModelOptions options;
};

Result<void> runOnset(OnsetVerb& verb) {
    OnsetFileOptions file;
    file.rules = verb.how;
    if (auto read = readOnsetRules(verb.rules, file.rules); !read)
        return read;
    auto grader = graderOf(verb.grader);
    if (!grader)
        return forward(grader);
    file.grader = std::move(*grader);
    file.templateName = verb.options.templateName;
    auto model = loadForVerb(verb.model, verb.options, false);
    if (!model)
        return forward(model);
    if (file.rules.r4)
        std::fprintf(stderr, "R4 generates at most %lld tokens a case\n",
            static_cast<long long>(rolloutTokens(file.rules)));
    auto summary = findOnsets(**model, verb.input, verb.output, file, interruptToken(),
        terminalProgress("finding onsets"));
    if (!summary)
        return forward(summary);
    print(*summary);
    return {};
}

struct ForcedVerb {
    std::string model;
    std::string prompt;
    std::string messages;
    std::string prefix;
    std::vector<TokenId> prefixIds;
    std::string reference;
    std::string grader;
    std::size_t backOff = 0;
    int maxNew = 64;
    ModelOptions options;
};

Result<void> runForced(const ForcedVerb& verb) {
    ModelInput input;
    input.templateName = verb.options.templateName;
    if (verb.messages.empty()) {
        input.text = verb.prompt;
    } else {
        auto messages = readMessagesFile(verb.messages);
        if (!messages)
            return forward(messages);
        input.messages = std::move(*messages);
    }
    auto chosen = graderOf(verb.grader);
    if (!chosen)
        return forward(chosen);
    auto loaded = loadForVerb(verb.model, verb.options, input.messages.has_value());
    if (!loaded)
        return forward(loaded);
    ModelUnderTest& model = **loaded;
    ForcedPrefixRequest request;
    request.input = input;
    request.prefix = verb.prefix;
    request.prefixIds = verb.prefixIds;
    request.reference = verb.reference;
    request.grader = std::move(*chosen);
    request.backOff = verb.backOff;
    request.maxNew = verb.maxNew;
    auto answer = answerForcedPrefix(model, request, interruptToken());
    if (!answer)
        return forward(answer);
    print(*answer);
    return {};
}

struct JsonVerb {
    std::string input;
    std::string output;
    std::string schema;
    std::string model;
    JsonBreakOptions how;
    ModelOptions options;
};

Result<void> runJsonBreak(const JsonVerb& verb) {
    JsonBreakFileOptions file;
    file.how = verb.how;
    file.templateName = verb.options.templateName;
    if (!verb.schema.empty()) {
        auto schema = JsonSchema::read(verb.schema);
        if (!schema)
            return forward(schema);
        file.how.schema = std::move(*schema);
    }
    std::shared_ptr<ModelUnderTest> model;
    if (!verb.model.empty()) {
        auto loaded = loadForVerb(verb.model, verb.options, false);
        if (!loaded)
            return forward(loaded);
        model = std::move(*loaded);
    }
    std::optional<JsonLinesWriter> writer;
    if (!verb.output.empty()) {
        auto opened = JsonLinesWriter::open(verb.output);
        if (!opened)
            return forward(opened);
        writer = std::move(*opened);
    }
    auto summary = findJsonBreaks(
        model.get(), verb.input, file,
        [&](const Json& record) -> Result<void> {
            if (writer)
                return writer->append(record);
            print(record);
            return {};
        },
        interruptToken(), terminalProgress("reading answers"));
    if (!summary)
        return forward(summary);
    if (writer)
        if (auto finished = writer->finish(); !finished)
            return finished;
    // Records and summary are kept apart: one of them on each stream.
    std::fprintf(writer ? stdout : stderr, "%s\n", dumpJson(*summary).c_str());
    return {};
}

} // namespace

void addOnsetVerb(CLI::App& program) {
    auto verb = std::make_shared<OnsetVerb>();
    CLI::App& app = *program.add_subcommand(
        "onset", "At which token an answer leaves its reference, and whether that token decides");
    app.add_option("--model", verb->model, "Model folder")->required();
    app.add_option("--input", verb->input,
           "JSONL of cases: prompt or messages (or ids), reference, optional answer and grader")
        ->required();
    app.add_option("--output", verb->output, "JSONL to write, one result a case")->required();
    app.add_option("--rules", verb->rules,
           "R0 text, R1 greedy departure, R2 forced dip, R3 repair test, R4 roll-outs")
        ->capture_default_str();
    app.add_option("--grader", verb->grader,
        "What is right, where a case does not say: a grader's name, or a JSON file with one");
    OnsetOptions& how = verb->how;
    app.add_option("--max-new", how.maxNew, "The most tokens of an answer")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    app.add_option("--rollouts", how.rollouts, "R4: continuations from each place")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    app.add_option("--positions", how.positions, "R4: the most places")
        ->check(CLI::Range(1, 10))
        ->capture_default_str();
    app.add_option("--temperature", how.temperature, "R4: of the continuations")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    app.add_option("--seed", how.seed, "R4: of the first continuation")->capture_default_str();
    addModelOptions(app, verb->options);
    onRun(app, [verb] { return runOnset(*verb); });
}

void addForcedVerb(CLI::App& program) {
    auto verb = std::make_shared<ForcedVerb>();
    CLI::App& app = *program.add_subcommand("forced",
        "Give a model the beginning of an answer and see how it goes on; with a reference, how "
        "much of it must be given until the model finishes correctly");
    app.add_option("--model", verb->model, "Model folder")->required();
    CLI::Option_group& input = *app.add_option_group("prompt");
    input.add_option("--prompt", verb->prompt, "A text");
    input.add_option("--messages", verb->messages, "A file with a list of messages");
    input.require_option(1);
    CLI::Option_group& given = *app.add_option_group("given");
    given.add_option("--prefix", verb->prefix, "Beginning of the answer, as text");
    given.add_option("--prefix-ids", verb->prefixIds, "The same as token ids")->delimiter(',');
    given.add_option("--reference", verb->reference, "A right answer");
    given.require_option(1);
    app.add_option("--grader", verb->grader, "What is right: a grader's name, or a JSON file");
    app.add_option("--back-off", verb->backOff,
           "With --prefix: tokens at its end that the model may choose again")
        ->capture_default_str();
    app.add_option("--max-new", verb->maxNew, "The most tokens that follow")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    addModelOptions(app, verb->options);
    onRun(app, [verb] { return runForced(*verb); });
}

void addJsonBreakVerb(CLI::App& program) {
    auto verb = std::make_shared<JsonVerb>();
    CLI::App& app = *program.add_subcommand("json-break",
        "Where answers that should be JSON break: byte, token, and what else the model could say");
    app.add_option("--input", verb->input,
           "JSONL of answers (answer, or a text alone), with prompt or messages for --model")
        ->required();
    app.add_option("--output", verb->output, "JSONL to write in place of printing");
    app.add_option("--schema", verb->schema, "A JSON Schema that the answers should fit");
    app.add_option("--model", verb->model,
        "Model folder: probability of a valid continuation at the break, and repair");
    app.add_option("--snippet", verb->how.snippet,
        "Fed at the break; without it the most probable valid token");
    app.add_option("--repairs", verb->how.mostRepairs, "The most tokens fed, one at each break")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    app.add_option("--max-new", verb->how.maxNew, "The most tokens that follow a repair")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    addModelOptions(app, verb->options);
    onRun(app, [verb] { return runJsonBreak(*verb); });
}

} // namespace assay
