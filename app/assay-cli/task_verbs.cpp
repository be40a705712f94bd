#include "app/assay-cli/data_verbs.h"

#include "core/base/file.h"

namespace assay {

namespace {

struct TaskOptions {
    std::string project;
    std::string file;
    std::string author;
    int version = 0;
    bool list = false;
    bool json = false;
};

Json guidelineToJson(const Guideline& guideline) {
    return {{"version", guideline.version}, {"hash", guideline.hash}, {"author", guideline.author},
        {"changed_ms", guideline.changedMs}, {"text", guideline.text}};
}

std::string joined(const std::vector<std::string>& names) {
    std::string line;
    for (const std::string& name : names)
        line += (line.empty() ? "" : ", ") + name;
    return line.empty() ? "none" : line;
}

Result<void> show(const TaskOptions& options) {
    auto project = Project::open(options.project, OpenMode::ReadOnly);
    if (!project)
        return forward(project);
    auto task = project->task().definition();
    if (!task)
        return forward(task);
    auto guideline = project->task().guideline();
    if (!guideline)
        return forward(guideline);
    if (options.json) {
        // The form that "task set" takes.
        printJson(taskToJson(*task));
        return {};
    }
    for (const Criterion& criterion : task->criteria) {
        std::string answers = "1 to " + std::to_string(criterion.scale);
        if (!criterion.labels.empty())
            answers += " (" + joined(criterion.labels) + ")";
        printLine("criterion       " + criterion.name + ": " + answers
            + (criterion.about.empty() ? "" : ". " + criterion.about));
    }
    printLine("reject reasons  " + joined(task->rejectReasons));
    printLine("span labels     " + joined(task->spanLabels));
    printLine("annotators      " + joined(task->annotators));
    printLine("guideline       "
        + (guideline->version == 0
                ? std::string("none")
                : "version " + std::to_string(guideline->version) + ", " + guideline->hash));
    return {};
}

Result<void> set(const TaskOptions& options) {
    auto json = readJsonFile(options.file);
    if (!json)
        return forward(json);
    auto task = taskFromJson(*json, options.file);
    if (!task)
        return forward(task);
    auto project = Project::open(options.project);
    if (!project)
        return forward(project);
    return project->task().define(*task, options.author);
}

void printGuideline(const Guideline& guideline, bool json) {
    if (json)
        return printJson(guidelineToJson(guideline));
    printLine("version " + std::to_string(guideline.version) + "  " + guideline.hash + "  "
        + guideline.author);
}

Result<void> guideline(const TaskOptions& options) {
    auto project = Project::open(
        options.project, options.file.empty() ? OpenMode::ReadOnly : OpenMode::ReadWrite);
    if (!project)
        return forward(project);
    if (!options.file.empty()) {
        auto text = readFile(options.file);
        if (!text)
            return forward(text);
        auto now = project->task().setGuideline(*text, options.author);
        if (!now)
            return forward(now);
        printGuideline(*now, options.json);
        return {};
    }
    auto versions = project->task().guidelines();
    if (!versions)
        return forward(versions);
    if (options.list) {
        for (const Guideline& version : *versions)
            printGuideline(version, options.json);
        return {};
    }
    for (const Guideline& version : *versions) {
        if (options.version != 0 && version.version != options.version)
            continue;
        if (options.json)
            printJson(guidelineToJson(version));
        else
            printLine(version.text);
        return {};
    }
    return fail("usage",
        {{"what",
            options.version == 0 ? "No guideline was written yet; --set FILE takes one in."
                                 : "There is no such version; --list shows them."}});
}

} // namespace

void addTaskVerbs(CLI::App& program) {
    CLI::App* task = program.add_subcommand(
        "task", "What the people of a project are asked to judge, and the guideline");
    task->require_subcommand(1);
    const auto verb
        = [task](const char* name, const char* about, const std::shared_ptr<TaskOptions>& options) {
              options->author = defaultAuthor();
              CLI::App* added = task->add_subcommand(name, about);
              added->add_option("PROJECT", options->project, "The project")->required();
              return added;
          };

    auto shown = std::make_shared<TaskOptions>();
    CLI::App* showVerb
        = verb("show", "Criteria, reject reasons, span labels, annotators, guideline", shown);
    showVerb->add_flag("--json", shown->json, "As JSON, in the form that \"task set\" takes");
    onRun(*showVerb, [shown] { return show(*shown); });

    auto changed = std::make_shared<TaskOptions>();
    CLI::App* setVerb = verb("set", "Replace the definition; earlier ones are kept", changed);
    setVerb->add_option("FILE", changed->file, "JSON as \"task show --json\" prints it")
        ->required();
    setVerb->add_option("--author", changed->author, "Who changes it");
    onRun(*setVerb, [changed] { return set(*changed); });

    auto text = std::make_shared<TaskOptions>();
    CLI::App* guidelineVerb
        = verb("guideline", "Print the guideline, or make a new version of it", text);
    guidelineVerb->add_option("--set", text->file, "Markdown file with the new text");
    guidelineVerb->add_option("--version", text->version, "Print this version");
    guidelineVerb->add_flag("--list", text->list, "List all versions, newest first");
    guidelineVerb->add_flag("--json", text->json, "One JSON object a version");
    guidelineVerb->add_option("--author", text->author, "Who changes it");
    onRun(*guidelineVerb, [text] { return guideline(*text); });
}

} // namespace assay
