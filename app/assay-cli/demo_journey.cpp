#include "app/assay-cli/demo_journey.h"

#include "app/assay-cli/demo_answers.h"
#include "app/assay-cli/demo_cases.h"
#include "app/assay-cli/demo_console.h"
#include "app/assay-cli/demo_findings.h"
#include "app/assay-cli/demo_specs.h"
#include "app/assay-cli/job_console.h"
#include "app/assay-cli/verbs.h"

#include "core/analysis/report_html.h"
#include "core/analysis/teaching_rows.h"
#include "core/base/file.h"
#include "core/job/engine_interface.h"
#include "core/job/prepare_job.h"
#include "resources/demo/plan.h"
#include "resources/demo/world.h"

#include <cmath>
#include <optional>

namespace assay {

namespace fs = std::filesystem;

namespace {

std::string path(const fs::path& place) {
    return shellWord(place.string());
}

class Journey {
public:
    Journey(const DemoOptions& options, StopToken stop)
        : m_options(options)
        , m_stop(std::move(stop))
        , m_ownModel(options.model.empty())
        , m_name(m_ownModel ? "demo" : "own-model")
        , m_folder(options.out / (m_name + ".assay"))
        , m_world(options.out / "world")
        , m_console(m_ownModel ? 11 : 6) { }

    Result<void> run() {
        auto engine = loadEngine();
        if (!engine)
            return forward(engine);
        m_engine = *engine;
        if (auto ready = clearPlace(); !ready)
            return ready;
        using Step = Result<void> (Journey::*)();
        const std::vector<Step> ownSteps{&Journey::makeWorld, &Journey::makeProject,
            &Journey::importWorld, &Journey::trainTokenizer, &Journey::pretrain, &Journey::fineTune,
            &Journey::pretrainSibling, &Journey::fineTuneSibling, &Journey::ask,
            &Journey::lookClosely, &Journey::writePage};
        const std::vector<Step> givenSteps{&Journey::makeProject, &Journey::importGiven,
            &Journey::fineTune, &Journey::ask, &Journey::lookClosely, &Journey::writePage};
        for (Step step : m_ownModel ? ownSteps : givenSteps)
            if (auto done = (this->*step)(); !done)
                return done;
        m_console.end();
        return {};
    }

private:
    /// Removes what an earlier journey left, and nothing else: its mark must lie beside it.
    Result<void> clearPlace() {
        if (auto made = makeFolder(m_options.out); !made)
            return made;
        const fs::path mark = m_options.out / (m_name + ".journey");
        std::error_code problem;
        if (fs::exists(m_folder) && !fs::exists(mark))
            return fail("file.exists", {{"path", m_folder.string()}});
        fs::remove_all(m_folder, problem);
        return writeFileAtomically(
            mark, "Made by assay-cli demo; the project beside this file is made anew each time.\n");
    }

    Result<void> makeWorld() {
        m_console.step("Make the demo world: a corpus, training rows and cases with planted causes",
            "assay-cli demo-world --seed " + std::to_string(m_options.seed) + " --out "
                + path(m_world));
        const demo::World world = demo::makeWorld(m_options.seed);
        auto files = demo::writeWorld(world, m_world);
        if (!files)
            return forward(files);
        m_console.say(groupedNumber(std::ssize(world.corpus)) + " documents, "
            + groupedNumber(std::ssize(world.rows)) + " training rows, "
            + groupedNumber(std::ssize(world.cases)) + " cases");
        return {};
    }

    Result<void> makeProject() {
        m_console.step("Make a project", "assay-cli project new " + path(m_folder));
        auto project = Project::create(m_folder);
        if (!project)
            return forward(project);
        m_project = std::move(*project);
        return {};
    }

    Result<void> import(const fs::path& file, const std::string& channel) {
        ImportOptions options;
        options.channel = channel;
        const std::vector<fs::path> files{file};
        auto record = m_project->imports().importFiles(
            files, options, terminalProgress("importing"), m_stop);
        if (!record)
            return forward(record);
        m_console.say(groupedNumber(record->kept) + " kept, " + groupedNumber(record->rejected)
            + " rejected, read as "
            + (record->files.empty() ? std::string("nothing") : record->files.front().dialect)
            + " (" + m_console.elapsed() + ")");
        return {};
    }

    Result<void> saveView(const std::string& name, const SampleFilter& filter) {
        std::string channels;
        for (const std::string& channel : filter.channels)
            channels += " --channel " + shellWord(channel);
        m_console.command(
            "assay-cli project view " + path(m_folder) + " " + shellWord(name) + channels);
        return m_project->registry().saveView(name, filter);
    }

    Result<void> importWorld() {
        const std::string verb = "assay-cli import " + path(m_folder) + " ";
        m_console.step("Import the corpus and the training rows",
            verb + path(m_world / "corpus.txt") + " --channel corpus");
        if (auto done = import(m_world / "corpus.txt", "corpus"); !done)
            return done;
        m_console.command(verb + path(m_world / "train.json"));
        if (auto done = import(m_world / "train.json", {}); !done)
            return done;
        auto channels = m_project->samples().channels();
        if (!channels)
            return forward(channels);
        SampleFilter corpus;
        corpus.channels = {"corpus"};
        for (const CountByName& channel : *channels)
            if (channel.name != "corpus")
                m_rows.channels.push_back(channel.name);
        if (auto saved = saveView("corpus", corpus); !saved)
            return saved;
        return saveView("training rows", m_rows);
    }

    Result<void> importGiven() {
        m_console.step("Import the data set",
            "assay-cli import " + path(m_folder) + " " + path(m_options.data));
        if (auto done = import(m_options.data, {}); !done)
            return done;
        return saveView("training rows", m_rows);
    }

    Result<void> trainTokenizer() {
        m_tokenizer = m_project->modelsFolder() / "tokenizer";
        TokenizerTraining training;
        training.vocabularySize = demoVocabulary;
        const fs::path corpus = m_world / "corpus.txt";
        m_console.step("Train a tokenizer on the corpus",
            "assay-cli train-tokenizer --input " + path(corpus) + " --vocab "
                + std::to_string(demoVocabulary) + " --out " + path(m_tokenizer));
        const std::vector<fs::path> files{corpus};
        if (auto made = trainSentencePiece(files, training, m_tokenizer); !made)
            return made;
        auto tokenizer = loadTokenizer(m_tokenizer);
        if (!tokenizer)
            return forward(tokenizer);
        m_console.say(groupedNumber((*tokenizer)->vocabularySize()) + " pieces ("
            + m_console.elapsed() + ")");
        return {};
    }

    /// Runs a job to its end, adds it and its newest checkpoint to the project, and returns that
    /// checkpoint.
    Result<fs::path> train(const TrainSpec& spec, const std::string& name,
        const std::string& modelName, const std::string& title,
        std::optional<ReportCurve::Role> role) {
        const fs::path specFile = m_options.out / (name + ".json");
        if (auto written = writeFileAtomically(specFile, dumpJson(trainSpecToJson(spec), 2) + "\n");
            !written)
            return forward(written);
        const fs::path folder = m_project->jobsFolder() / name;
        m_console.step(
            title, "assay-cli train --spec " + path(specFile) + " --job " + path(folder));
        auto job = prepareJob(folder, spec, m_options.out, {}, m_stop);
        if (!job)
            return forward(job);
        auto ran = runWithConsole(folder, 0, [&] { return m_engine->runJob(folder, m_stop); });
        if (!ran)
            return forward(ran);
        if (m_stop.stop_requested())
            return fail("cancelled");
        const std::vector<std::int64_t> steps = job->checkpointSteps();
        if (steps.empty())
            return fail("demo.no_checkpoint", {{"path", folder.string()}});
        const fs::path model = job->checkpointFolder(steps.back());
        auto curve = readCurve(*job, spec.kind == "pretrain" ? "Pre-training" : "Fine-tuning",
            role.value_or(ReportCurve::Role::Base));
        if (!curve)
            return forward(curve);
        const ReportCurve& drawn = *curve;
        if (!drawn.loss.empty())
            m_console.say(groupedNumber(std::llround(drawn.loss.back().first)) + " steps, loss "
                + fixedNumber(drawn.loss.front().second, 3) + " to "
                + fixedNumber(drawn.loss.back().second, 3)
                + (drawn.evalLoss.empty()
                        ? ""
                        : ", held out " + fixedNumber(drawn.evalLoss.back().second, 3))
                + " (" + m_console.elapsed() + ")");
        m_console.say("the model: " + model.string());
        if (role) // the page shows the two models that it compares
            m_curves.push_back(std::move(*curve));
        if (auto added = m_project->registry().addRun(folder, spec.kind, spec.name); !added)
            return forward(added);
        if (auto added = m_project->registry().addModel(modelName, model); !added)
            return forward(added);
        return model;
    }

    Result<void> pretrain() {
        const TrainSpec spec = demoPretrainSpec(m_folder, m_tokenizer, m_options.quick);
        auto model = train(spec, "pretrain", "base", "Pre-train a small model on the corpus",
            ReportCurve::Role::Base);
        if (!model)
            return forward(model);
        m_base = std::move(*model);
        return {};
    }

    Result<void> fineTune() {
        TrainSpec spec;
        if (m_ownModel) {
            spec = demoTuningSpec(m_folder, m_base, m_options.quick);
        } else {
            m_base = fs::absolute(m_options.model);
            if (auto added = m_project->registry().addModel("base", m_base); !added)
                return forward(added);
            auto name = templateOfGiven();
            if (!name)
                return forward(name);
            spec = givenTuningSpec(m_folder, m_base, *name, m_options.quick);
        }
        m_template = spec.chatTemplate;
        auto model = train(spec, "fine-tune", "tuned", "Fine-tune it on the training rows",
            ReportCurve::Role::Tuned);
        if (!model)
            return forward(model);
        m_tuned = std::move(*model);
        return {};
    }

    Result<void> pretrainSibling() {
        m_console.why(
            "Is a task too hard for this size? A larger sibling on the same data will tell.");
        auto model
            = train(demoSiblingSpec(m_folder, m_tokenizer, m_options.quick), "pretrain-sibling",
                "sibling-base", "Pre-train a larger sibling on the same corpus", {});
        if (!model)
            return forward(model);
        m_sibling = std::move(*model);
        return {};
    }

    Result<void> fineTuneSibling() {
        auto model = train(demoTuningSpec(m_folder, m_sibling, m_options.quick),
            "fine-tune-sibling", "sibling", "Fine-tune the sibling on the same rows", {});
        if (!model)
            return forward(model);
        m_sibling = std::move(*model);
        return {};
    }

    /// What was asked for, or the model's own, or the one the rows most likely come from.
    Result<std::string> templateOfGiven() {
        if (!m_options.chatTemplate.empty())
            return m_options.chatTemplate;
        auto own = chatTemplateOf(m_base);
        if (!own)
            return forward(own);
        return *own ? (*own)->name() : "alpaca";
    }

    Result<void> ask() {
        m_console.step(m_ownModel ? "Ask every model every case of the demo world"
                                  : "Ask both models some of the rows",
            "assay-cli generate --model " + path(m_tuned)
                + " --prompt '..' --max-new 48 --greedy --json");
        LoadOptions load;
        load.templateName = m_template;
        for (auto& [place, model] : {std::pair(&m_base, &m_models.base),
                 std::pair(&m_tuned, &m_models.tuned), std::pair(&m_sibling, &m_models.sibling)}) {
            if (place->empty())
                continue;
            auto loaded = m_engine->loadModel(*place, load, m_stop);
            if (!loaded)
                return forward(loaded);
            *model = std::move(*loaded);
        }
        auto cases = m_ownModel ? readDemoCases(m_world / "eval.jsonl", m_options.quick ? 1 : 0)
                                : casesFromRows(*m_project, m_options.quick ? 3 : 24);
        if (!cases)
            return forward(cases);
        m_cases = std::move(*cases);
        if (auto asked
            = answerCases(m_cases, m_models, m_template, terminalProgress("asking"), m_stop);
            !asked)
            return asked;
        m_console.say("How many each has right, by the cause that was planted:");
        const std::vector<ReportGroup> groups = groupCases(m_cases, m_ownModel, m_ownModel);
        if (!m_ownModel) {
            sayGroups(m_console, groups, "channel");
        } else {
            sayPlanted(m_console, groups);
            if (auto written = writeAnswers(m_cases, m_models, m_options.out); !written)
                return written;
            m_console.say("every answer: " + path(m_options.out) + "/answers-*.jsonl");
        }
        m_console.say("(" + m_console.elapsed() + ")");
        return {};
    }

    Result<void> lookClosely() {
        const DemoCase* chosen = chooseCase(m_cases, demo::cause::frequency,
            m_ownModel ? demo::Plan::favouriteAnswer : std::string_view());
        if (!chosen) {
            m_console.step("Look closely at a wrong answer");
            m_console.say("Every answer is right: there is nothing to look into.");
            return {};
        }
        m_console.step("Look closely at a wrong answer: score it under both models, find its onset "
                       "and its rows",
            "assay-cli compare --base " + path(m_base) + " --tuned " + path(m_tuned) + " --prompt "
                + shellWord(chosen->question.prompt) + " --reference "
                + shellWord(chosen->question.reference) + " --json");
        auto report = investigate(*m_models.base, *m_models.tuned,
            {chosen->question.prompt, chosen->question.reference, chosen->question.maxNew, 5},
            m_stop);
        if (!report)
            return forward(report);
        m_report = std::move(*report);
        sayScores(m_console, m_report);
        if (auto found = findTeachingRows(*m_project, m_rows, 12, m_report); !found)
            return found;
        sayRows(m_console, m_report);
        return {};
    }

    Result<void> writePage() {
        const fs::path page
            = m_options.out / (m_ownModel ? "report.html" : "report-own-model.html");
        m_console.step("Write the report",
            m_report.prompt.empty() ? std::string()
                                    : "assay-cli report --base " + path(m_base) + " --tuned "
                    + path(m_tuned) + " --prompt " + shellWord(m_report.prompt) + " --reference "
                    + shellWord(m_report.reference) + " --project " + path(m_folder)
                    + " --view 'training rows' --template " + shellWord(m_template) + " --out "
                    + path(page));
        m_report.title = m_ownModel ? "A wrong answer of the demo world" : "A wrong answer";
        m_report.curves = m_curves;
        m_report.groups = groupCases(m_cases, m_ownModel, m_ownModel);
        m_report.provenance.emplace_back(
            "seeds", "world " + std::to_string(m_options.seed) + ", training 42");
        if (auto written = writeReport(m_report, page); !written)
            return written;
        m_console.say("report   " + page.string());
        m_console.say("project  " + m_folder.string());
        return {};
    }

    const DemoOptions& m_options;
    StopToken m_stop;
    bool m_ownModel; ///< whether the journey makes its base model itself
    std::string m_name;
    fs::path m_folder;
    fs::path m_world;
    DemoConsole m_console;
    Engine* m_engine = nullptr;
    std::optional<Project> m_project;
    SampleFilter m_rows; ///< what is fine-tuned on
    fs::path m_tokenizer;
    fs::path m_base;
    fs::path m_tuned;
    fs::path m_sibling; ///< empty with a given model
    std::string m_template;
    DemoModels m_models;
    std::vector<ReportCurve> m_curves;
    std::vector<DemoCase> m_cases;
    Report m_report;
};

} // namespace

Result<void> runDemo(const DemoOptions& options, StopToken stop) {
    return Journey(options, std::move(stop)).run();
}

} // namespace assay
