#include "app/assay-cli/model_verbs.h"

#include <cstdio>

namespace assay {

namespace {

struct MergeVerb {
    std::string model;
    std::string adapter;
    std::string out;
};

Result<void> run(const MergeVerb& verb) {
    auto engine = loadEngine();
    if (!engine)
        return forward(engine);
    auto report = (*engine)->merge(verb.model, verb.adapter, verb.out, interruptToken());
    if (!report)
        return forward(report);
    std::printf("%s: %lld maps merged, in fp32\n", verb.out.c_str(),
        static_cast<long long>(report->modules));
    if (report->untied)
        std::printf(
            "input and output embeddings are two tables now (tie_word_embeddings: false)\n");
    std::printf("largest difference of a logit to base and adapter: %.2g (logits reach %.3g)\n",
        report->largestDifference, report->largestLogit);
    return {};
}

} // namespace

void addMergeVerb(CLI::App& program) {
    auto verb = std::make_shared<MergeVerb>();
    CLI::App& app = *program.add_subcommand(
        "merge", "Work a LoRA adapter into its model's weights and write the model");
    app.add_option("--model", verb->model, "Folder of the base; left out: the one that it names");
    app.add_option("--adapter", verb->adapter, "Folder of the adapter (PEFT)")->required();
    app.add_option("--out", verb->out, "Folder to write; it must not exist or be empty")
        ->required();
    onRun(app, [verb] { return run(*verb); });
}

} // namespace assay
