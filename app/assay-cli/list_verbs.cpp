#include "app/assay-cli/data_verbs.h"

#include <cstdio>

namespace assay {

namespace {

struct ListOptions {
    std::string project;
    std::string query;
    std::string id;
    std::int64_t limit = 50;
    std::int64_t offset = 0;
    bool json = false;
    bool reverse = false;
    bool relevance = false;
    FilterOptions filter;
};

void printRows(const std::vector<SampleRow>& rows, bool json) {
    for (const SampleRow& row : rows) {
        if (json) {
            printJson(sampleRowToJson(row));
            continue;
        }
        const std::string id = std::to_string(row.id);
        printLine(std::string(id.size() < 7 ? 7 - id.size() : 0, ' ') + id + "  "
            + fitted(std::string(statusName(row.status)), 8) + "  " + fitted(row.channel, 14) + "  "
            + fitted(row.queryPreview, 44) + "  " + fitted(row.answerPreview, 44));
    }
}

/// Rows to stdout, and where people read them how many there are in all.
Result<void> printPage(Project& project, const SampleFilter& filter, const ListOptions& options) {
    const SampleOrder order = options.relevance ? SampleOrder::Relevance
        : options.reverse                       ? SampleOrder::ImportedReverse
                                                : SampleOrder::Imported;
    auto rows = project.samples().page(filter, options.limit, options.offset, order);
    if (!rows)
        return forward(rows);
    printRows(*rows, options.json);
    if (options.json)
        return {};
    auto count = project.samples().count(filter);
    if (!count)
        return forward(count);
    std::fprintf(stderr, "%zu of %lld samples\n", rows->size(), static_cast<long long>(*count));
    return {};
}

const char* const rowsHelp = "One JSON object a line: id, uid, channel, kind, status, turns, "
                             "query_chars, answer_chars, revision, "
                             "edited, adjudicated, rating, comments, spans, file, line, and query "
                             "and answer, each cut to its start";

void addList(CLI::App& program) {
    auto options = std::make_shared<ListOptions>();
    CLI::App* verb = program.add_subcommand("list", "List the samples of a project");
    verb->add_option("PROJECT", options->project, "The project")->required();
    verb->add_option("--limit", options->limit, "How many rows; -1 for all")->capture_default_str();
    verb->add_option("--offset", options->offset, "How many rows to pass over")
        ->check(CLI::NonNegativeNumber);
    verb->add_flag("--reverse", options->reverse, "Newest first");
    verb->add_flag("--json", options->json, rowsHelp);
    addFilterOptions(*verb, options->filter);
    onRun(*verb, [options]() -> Result<void> {
        auto project = Project::open(options->project, OpenMode::ReadOnly);
        if (!project)
            return forward(project);
        auto filter = filterOf(*project, options->filter);
        if (!filter)
            return forward(filter);
        return printPage(*project, *filter, *options);
    });
}

void addSearch(CLI::App& program) {
    auto options = std::make_shared<ListOptions>();
    CLI::App* verb = program.add_subcommand(
        "search", "Find samples by their words; Chinese is found by the character");
    verb->add_option("PROJECT", options->project, "The project")->required();
    verb->add_option("QUERY", options->query,
            "Words that must all occur; \"in quotes\" a phrase, word* a beginning, -word absent "
            "(after --)")
        ->required();
    verb->add_option("--limit", options->limit, "How many rows; -1 for all")->capture_default_str();
    verb->add_option("--offset", options->offset, "How many rows to pass over")
        ->check(CLI::NonNegativeNumber);
    verb->add_flag(
        "--relevance", options->relevance, "Best match first, in place of the order of import");
    verb->add_flag("--json", options->json, rowsHelp);
    addFilterOptions(*verb, options->filter);
    verb->remove_option(verb->get_option("--text"));
    onRun(*verb, [options]() -> Result<void> {
        auto project = Project::open(options->project, OpenMode::ReadOnly);
        if (!project)
            return forward(project);
        options->filter.text = options->query;
        auto filter = filterOf(*project, options->filter);
        if (!filter)
            return forward(filter);
        if (options->query.find_first_not_of(' ') == std::string::npos)
            return fail("store.search_words", {{"query", options->query}});
        return printPage(*project, *filter, *options);
    });
}

void addShow(CLI::App& program) {
    auto options = std::make_shared<ListOptions>();
    CLI::App* verb = program.add_subcommand("show", "Print one sample whole, as JSON");
    verb->add_option("PROJECT", options->project, "The project")->required();
    verb->add_option("ID", options->id, "Number of the sample, its uid, or the beginning of it")
        ->required();
    onRun(*verb, [options]() -> Result<void> {
        auto project = Project::open(options->project, OpenMode::ReadOnly);
        if (!project)
            return forward(project);
        auto id = project->samples().findId(options->id);
        if (!id)
            return forward(id);
        auto sample = project->samples().sample(*id);
        if (!sample)
            return forward(sample);
        Json json = {{"id", sample->id}, {"revision", sample->revision},
            {"status", statusName(sample->status)}};
        json["sample"] = sampleToJson(sample->sample);
        printLine(dumpJson(json, 2));
        return {};
    });
}

} // namespace

void addListVerbs(CLI::App& program) {
    addList(program);
    addSearch(program);
    addShow(program);
}

} // namespace assay
