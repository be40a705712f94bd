#include "app/assay-cli/data_verbs.h"

#include "core/base/utf8.h"

#include <cstdio>

namespace assay {

bool FilterOptions::any() const {
    return !channels.empty() || !statuses.empty() || !text.empty() || !queryText.empty()
        || !answerText.empty() || !file.empty() || importId != 0 || edited || !view.empty();
}

void addFilterOptions(CLI::App& verb, FilterOptions& options) {
    const char* group = "Which samples";
    verb.add_option("--channel", options.channels, "Only this channel (may be given several times)")
        ->allow_extra_args(false)
        ->group(group);
    verb.add_option("--status", options.statuses, "Only pending, accepted or rejected ones")
        ->allow_extra_args(false)
        ->check(CLI::IsMember({"pending", "accepted", "rejected"}))
        ->group(group);
    verb.add_option("--text", options.text,
            "Only samples with these words; \"in quotes\" a phrase, word* a beginning, -word "
            "absent")
        ->group(group);
    verb.add_option("--query-text", options.queryText, "The same, in the question only")
        ->group(group);
    verb.add_option("--answer-text", options.answerText, "The same, in the answer only")
        ->group(group);
    verb.add_flag("--expert", options.expert,
            "The words are an SQLite FTS5 expression (AND, OR, NOT, NEAR)")
        ->group(group);
    verb.add_option("--file", options.file, "Only samples from this source file, as recorded")
        ->group(group);
    verb.add_option(
            "--from-import", options.importId, "Only samples of the import with this number")
        ->group(group);
    verb.add_flag("--edited", options.edited, "Only samples whose text was edited")->group(group);
    verb.add_option("--view", options.view, "The samples of a saved view")->group(group);
}

Result<SampleFilter> filterOf(Project& project, const FilterOptions& options) {
    SampleFilter filter;
    if (!options.view.empty()) {
        auto view = project.registry().view(options.view);
        if (!view)
            return forward(view);
        filter = view->filter;
    }
    if (!options.channels.empty())
        filter.channels = options.channels;
    if (!options.statuses.empty()) {
        filter.statuses.clear();
        for (const std::string& name : options.statuses)
            if (const auto status = statusFromName(name))
                filter.statuses.push_back(*status);
    }
    if (!options.text.empty())
        filter.text = options.text;
    if (!options.queryText.empty())
        filter.queryText = options.queryText;
    if (!options.answerText.empty())
        filter.answerText = options.answerText;
    if (options.expert)
        filter.syntax = SearchSyntax::Expert;
    if (!options.file.empty())
        filter.file = options.file;
    if (options.importId != 0)
        filter.importId = options.importId;
    if (options.edited)
        filter.edited = true;
    return filter;
}

void printJson(const Json& json) {
    printLine(dumpJson(json));
}

void printLine(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fputc('\n', stdout);
}

std::string fitted(const std::string& text, std::size_t columns) {
    std::string out;
    std::size_t used = 0;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t length = utf8SequenceLength(rest);
        const std::string_view character = rest.substr(0, length > 0 ? length : 1);
        const std::size_t width = length > 1 && isCjk(utf8CodePoint(character)) ? 2 : 1;
        if (used + width > columns - 1 && rest.size() > character.size())
            return out + "…";
        if (length > 0)
            out += character;
        used += width;
        rest.remove_prefix(character.size());
    }
    return out + std::string(columns > used ? columns - used : 0, ' ');
}

void addDataVerbs(CLI::App& program) {
    addProjectVerbs(program);
    addTransferVerbs(program);
    addListVerbs(program);
    addReviewVerbs(program);
    addTaskVerbs(program);
    addPairsVerbs(program);
    addQualityVerbs(program);
    addBenchProjectVerb(program);
}

} // namespace assay
