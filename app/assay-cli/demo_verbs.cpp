#include "app/assay-cli/demo_journey.h"
#include "app/assay-cli/verbs.h"

#include "core/analysis/investigate.h"
#include "core/analysis/teaching_rows.h"
#include "core/job/engine_interface.h"
#include "resources/demo/world.h"

#include <cstdio>
#include <memory>

namespace assay {

namespace {

void addDemoWorldVerb(CLI::App& program) {
    struct Options {
        std::uint64_t seed = 7;
        std::string out;
    };
    auto options = std::make_shared<Options>();
    CLI::App* verb = program.add_subcommand(
        "demo-world", "Write the demo world: corpus, training rows, cases");
    verb->add_option("--seed", options->seed, "Seed; the same seed gives the same bytes")
        ->capture_default_str();
    verb->add_option("--out", options->out, "Folder to write into")->required();
    onRun(*verb, [options]() -> Result<void> {
        const demo::World world = demo::makeWorld(options->seed);
        auto files = demo::writeWorld(world, options->out);
        if (!files)
            return forward(files);
        std::printf("%s: %zu documents, %zu training rows, %zu cases\n", options->out.c_str(),
            world.corpus.size(), world.rows.size(), world.cases.size());
        return {};
    });
}

void addDemoVerb(CLI::App& program) {
    auto options = std::make_shared<DemoOptions>();
    CLI::App* verb = program.add_subcommand("demo", "Walk the whole journey, from data to report");
    verb->add_option("--out", options->out, "Folder for the project and the report")->required();
    auto* model
        = verb->add_option("--model", options->model, "Fine-tune this model instead of making one")
              ->check(CLI::ExistingDirectory);
    auto* data = verb->add_option("--data", options->data, "Rows to fine-tune it on")
                     ->check(CLI::ExistingFile);
    model->needs(data);
    data->needs(model);
    verb->add_option("--template", options->chatTemplate,
        "Chat template for that model (default: its own, or alpaca)");
    verb->add_option("--seed", options->seed, "Seed of the demo world")->capture_default_str();
    verb->add_flag("--quick", options->quick,
        "A few steps of training only: everything runs, nothing is learnt");
    onRun(*verb, [options] { return runDemo(*options, interruptToken()); });
}

struct ReportVerbOptions {
    std::string base;
    std::string tuned;
    std::string project;
    std::string view;
    std::string templateName;
    std::string out;
    std::string title = "A case under two models";
    InvestigateOptions ask;
};

Result<void> makeReport(const ReportVerbOptions& options) {
    auto engine = loadEngine();
    if (!engine)
        return forward(engine);
    LoadOptions load;
    load.templateName = options.templateName;
    std::shared_ptr<ModelUnderTest> models[2];
    for (const auto& [index, folder] : {std::pair(0, options.base), std::pair(1, options.tuned)}) {
        auto loaded = (*engine)->loadModel(folder, load, interruptToken());
        if (!loaded)
            return forward(loaded);
        models[index] = std::move(*loaded);
    }
    auto report = investigate(*models[0], *models[1], options.ask, interruptToken());
    if (!report)
        return forward(report);
    if (!options.project.empty()) {
        auto project = Project::open(options.project, OpenMode::ReadOnly);
        if (!project)
            return forward(project);
        SampleFilter rows;
        if (!options.view.empty()) {
            auto view = project->registry().view(options.view);
            if (!view)
                return forward(view);
            rows = std::move(view->filter);
        }
        if (auto found = findTeachingRows(*project, rows, 12, *report); !found)
            return found;
    }
    report->title = options.title;
    if (auto written = writeReport(*report, options.out); !written)
        return written;
    std::printf("%s\n", options.out.c_str());
    return {};
}

void addReportVerb(CLI::App& program) {
    auto options = std::make_shared<ReportVerbOptions>();
    CLI::App* verb
        = program.add_subcommand("report", "Write one case under two models as an HTML page");
    verb->add_option("--base", options->base, "The base model's folder")->required();
    verb->add_option("--tuned", options->tuned, "The tuned model's folder")->required();
    verb->add_option("--prompt", options->ask.prompt, "What to ask")->required();
    verb->add_option("--reference", options->ask.reference, "What a right answer says");
    verb->add_option(
        "--project", options->project, "Project whose rows may have taught the answer");
    verb->add_option(
        "--view", options->view, "Saved view of that project to search; empty: all rows");
    verb->add_option("--template", options->templateName, "Chat template for both models");
    verb->add_option("--max-new", options->ask.maxNew, "Tokens an answer may have")
        ->capture_default_str();
    verb->add_option("--top", options->ask.topK, "Alternatives to keep for each token")
        ->capture_default_str();
    verb->add_option("--title", options->title, "Title of the page")->capture_default_str();
    verb->add_option("--out", options->out, "The page to write")->required();
    onRun(*verb, [options] { return makeReport(*options); });
}

} // namespace

void addDemoVerbs(CLI::App& program) {
    addDemoWorldVerb(program);
    addDemoVerb(program);
    addReportVerb(program);
}

} // namespace assay
