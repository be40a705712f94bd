#include "app/assay-cli/data_verbs.h"

#include <ctime>

namespace assay {

namespace {

std::string localTime(std::int64_t milliseconds) {
    const std::time_t seconds = std::time_t(milliseconds / 1000);
    std::tm parts{};
    localtime_r(&seconds, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts);
    return text;
}

Json countsToJson(const std::vector<CountByName>& counts) {
    Json json = Json::object();
    for (const CountByName& entry : counts)
        json[entry.name] = entry.count;
    return json;
}

/// What `project info` tells.
Result<Json> describe(Project& project) {
    auto total = project.samples().count();
    auto statuses = project.samples().statuses();
    auto channels = project.samples().channels();
    auto imports = project.imports().list();
    auto runs = project.registry().runs();
    auto models = project.registry().models();
    auto views = project.registry().views();
    auto events = project.decisions().count();
    if (!total)
        return forward(total);
    if (!statuses)
        return forward(statuses);
    if (!channels)
        return forward(channels);
    if (!imports)
        return forward(imports);
    if (!runs)
        return forward(runs);
    if (!models)
        return forward(models);
    if (!views)
        return forward(views);
    if (!events)
        return forward(events);
    Json json
        = {{"name", project.name()}, {"uid", project.uid()}, {"folder", project.folder().string()},
            {"samples", *total}, {"statuses", countsToJson(*statuses)},
            {"channels", countsToJson(*channels)}, {"decisions", *events}};
    json["imports"] = Json::array();
    for (const ImportRecord& import : *imports) {
        Json files = Json::array();
        for (const ImportedFile& file : import.files)
            files.push_back({{"file", file.path}, {"dialect", file.dialect}, {"kept", file.kept},
                {"rejected", file.rejected}, {"remarks", file.remarks}, {"bytes", file.bytes}});
        json["imports"].push_back(
            {{"import", import.id}, {"created_ms", import.createdMs}, {"kept", import.kept},
                {"rejected", import.rejected}, {"remarks", import.remarks}, {"files", files}});
    }
    json["runs"] = Json::array();
    for (const RunRecord& run : *runs)
        json["runs"].push_back({{"run", run.id}, {"kind", run.kind}, {"name", run.name},
            {"folder", run.folder}, {"created_ms", run.createdMs}, {"summary", run.summary}});
    json["models"] = Json::array();
    for (const ModelRecord& model : *models)
        json["models"].push_back(
            {{"name", model.name}, {"path", model.path}, {"info", model.info}});
    json["views"] = Json::array();
    for (const SavedView& view : *views)
        json["views"].push_back({{"name", view.name}, {"filter", filterToJson(view.filter)}});
    return json;
}

void printDescription(const Json& json) {
    printLine(json["name"].get<std::string>() + "  (" + json["folder"].get<std::string>() + ")");
    printLine("samples    " + json["samples"].dump());
    for (const auto& [name, count] : json["statuses"].items())
        printLine("  " + fitted(name, 20) + " " + count.dump());
    printLine("channels");
    for (const auto& [name, count] : json["channels"].items())
        printLine("  " + fitted(name, 20) + " " + count.dump());
    printLine("decisions  " + json["decisions"].dump());
    for (const Json& import : json["imports"]) {
        printLine("import " + import["import"].dump() + "   "
            + localTime(import["created_ms"].get<std::int64_t>()) + "  kept "
            + import["kept"].dump() + ", rejected " + import["rejected"].dump());
        for (const Json& file : import["files"])
            printLine("  " + file["file"].get<std::string>() + " ("
                + file["dialect"].get<std::string>() + ")");
    }
    for (const Json& run : json["runs"])
        printLine("run " + run["run"].dump() + "  " + run["kind"].get<std::string>() + "  "
            + run["name"].get<std::string>() + "  " + run["folder"].get<std::string>());
    for (const Json& model : json["models"])
        printLine(
            "model " + model["name"].get<std::string>() + "  " + model["path"].get<std::string>());
    for (const Json& view : json["views"])
        printLine("view " + view["name"].get<std::string>() + "  " + view["filter"].dump());
}

struct ProjectOptions {
    std::string folder;
    std::string target;
    std::string name;
    bool json = false;
    bool check = false;
    FilterOptions filter;
};

void addNew(CLI::App& project) {
    auto options = std::make_shared<ProjectOptions>();
    CLI::App* verb = project.add_subcommand("new", "Make an empty project");
    verb->add_option(
            "DIR", options->folder, "Folder to make; .assay is appended where it is missing")
        ->required();
    verb->add_option("--name", options->name, "Title; the folder's name when absent");
    verb->add_flag("--json", options->json, "Print {folder, name, uid}");
    onRun(*verb, [options]() -> Result<void> {
        auto made = Project::create(options->folder, options->name);
        if (!made)
            return forward(made);
        if (options->json)
            printJson(Json{
                {"folder", made->folder().string()}, {"name", made->name()}, {"uid", made->uid()}});
        else
            printLine("made " + made->folder().string());
        return {};
    });
}

void addInfo(CLI::App& project) {
    auto options = std::make_shared<ProjectOptions>();
    CLI::App* verb = project.add_subcommand("info", "What a project holds");
    verb->add_option("DIR", options->folder, "The project")->required();
    verb->add_flag("--json", options->json, "One JSON object");
    verb->add_flag("--check", options->check, "Also read the whole database and look for damage");
    onRun(*verb, [options]() -> Result<void> {
        auto opened = Project::open(options->folder, OpenMode::ReadOnly);
        if (!opened)
            return forward(opened);
        if (options->check)
            if (auto checked = opened->check(); !checked)
                return checked;
        auto json = describe(*opened);
        if (!json)
            return forward(json);
        if (options->json)
            printJson(*json);
        else
            printDescription(*json);
        return {};
    });
}

void addList(CLI::App& project) {
    auto options = std::make_shared<ProjectOptions>();
    options->folder = ".";
    CLI::App* verb = project.add_subcommand("list", "The projects in a folder");
    verb->add_option("DIR", options->folder, "The folder; the current one when absent");
    verb->add_flag("--json", options->json,
        "One JSON object a line: {folder, name, samples} or {folder, error}");
    onRun(*verb, [options]() -> Result<void> {
        auto folders = Project::find(options->folder);
        if (!folders)
            return forward(folders);
        for (const std::filesystem::path& folder : *folders) {
            // A project that cannot be opened is listed with the reason, and hides no other.
            auto opened = Project::open(folder, OpenMode::ReadOnly);
            auto count = opened ? opened->samples().count() : Result<std::int64_t>(forward(opened));
            if (options->json && count)
                printJson(Json{
                    {"folder", folder.string()}, {"name", opened->name()}, {"samples", *count}});
            else if (options->json)
                printJson(Json{{"folder", folder.string()}, {"error", message(count.error())}});
            else if (count)
                printLine(folder.string() + "  " + opened->name() + ", " + std::to_string(*count)
                    + " samples");
            else
                printLine(folder.string() + "  " + message(count.error()));
        }
        return {};
    });
}

void addCopy(CLI::App& project) {
    auto options = std::make_shared<ProjectOptions>();
    CLI::App* verb = project.add_subcommand("copy", "Copy a project, also while it is in use");
    verb->add_option("SRC", options->folder, "The project")->required();
    verb->add_option("DST", options->target, "Folder to make")->required();
    onRun(*verb, [options]() -> Result<void> {
        auto opened = Project::open(options->folder, OpenMode::ReadOnly);
        if (!opened)
            return forward(opened);
        auto copied = opened->copyTo(options->target, terminalProgress("copy"), interruptToken());
        if (!copied)
            return forward(copied);
        printLine("copied to " + copied->string());
        return {};
    });
}

void addView(CLI::App& project) {
    auto options = std::make_shared<ProjectOptions>();
    CLI::App* verb = project.add_subcommand("view", "Save a choice of samples under a name");
    verb->add_option("DIR", options->folder, "The project")->required();
    verb->add_option("NAME", options->name, "The view's name")->required();
    addFilterOptions(*verb, options->filter);
    onRun(*verb, [options]() -> Result<void> {
        auto opened = Project::open(options->folder);
        if (!opened)
            return forward(opened);
        auto filter = filterOf(*opened, options->filter);
        if (!filter)
            return forward(filter);
        auto count = opened->samples().count(*filter); // also tells whether the search can be read
        if (!count)
            return forward(count);
        if (auto saved = opened->registry().saveView(options->name, *filter); !saved)
            return saved;
        printLine("view " + options->name + ": " + std::to_string(*count) + " samples");
        return {};
    });
}

void addRebuild(CLI::App& project) {
    auto options = std::make_shared<ProjectOptions>();
    CLI::App* verb = project.add_subcommand("rebuild",
        "Make the state of all samples and the search index again from the recorded decisions");
    verb->add_option("DIR", options->folder, "The project")->required();
    onRun(*verb, [options]() -> Result<void> {
        auto opened = Project::open(options->folder);
        if (!opened)
            return forward(opened);
        return opened->decisions().rebuildProjection();
    });
}

} // namespace

void addProjectVerbs(CLI::App& program) {
    CLI::App* project = program.add_subcommand("project", "Make, describe, list and copy projects");
    project->require_subcommand(1);
    addNew(*project);
    addInfo(*project);
    addList(*project);
    addCopy(*project);
    addView(*project);
    addRebuild(*project);
}

} // namespace assay
