#include "app/assay-cli/model_verbs.h"

#include "core/analysis/score_file.h"

namespace assay {

namespace {

struct ScoreVerb {
    std::string model;
    std::string input;
    std::string output;
    int top = 0;
    ModelOptions options;
};

Result<void> run(const ScoreVerb& verb) {
    // A mistake in the input is found before a large model is loaded.
    auto lines = checkScoreFile(verb.input);
    if (!lines)
        return forward(lines);
    auto model = loadForVerb(verb.model, verb.options, lines->messages);
    if (!model)
        return forward(model);
    return scoreFile(**model, verb.input, verb.output, {verb.top, verb.options.templateName},
        interruptToken(), terminalProgress("scoring"));
}

} // namespace

void addScoreVerb(CLI::App& program) {
    auto verb = std::make_shared<ScoreVerb>();
    CLI::App& app = *program.add_subcommand(
        "score", "Score texts token by token: log-probability, rank, entropy, varentropy, margin");
    app.add_option("--model", verb->model, "Folder of a model, or of an adapter beside its model")
        ->required();
    app.add_option(
           "--input", verb->input, "JSONL of {\"ids\": ..}, {\"text\": ..} or {\"messages\": ..}")
        ->required();
    app.add_option("--output", verb->output, "JSONL to write, one record a line")->required();
    app.add_option("--top", verb->top, "Also the K most probable tokens at each position")
        ->check(CLI::NonNegativeNumber);
    addAdapterOption(app, verb->options);
    addModelOptions(app, verb->options);
    onRun(app, [verb] { return run(*verb); });
}

} // namespace assay
