#pragma once

#include "app/assay-cli/verbs.h"

#include "core/store/project.h"

namespace assay {

void addProjectVerbs(CLI::App& program); ///< project
void addTransferVerbs(CLI::App& program); ///< import, export
void addListVerbs(CLI::App& program); ///< list, search, show
void addReviewVerbs(CLI::App& program); ///< review
void addTaskVerbs(CLI::App& program); ///< task
void addPairsVerbs(CLI::App& program); ///< pairs
void addQualityVerbs(CLI::App& program); ///< check
void addBenchProjectVerb(CLI::App& program); ///< bench-project

/// The options that choose samples, the same for every verb that takes some.
struct FilterOptions {
    std::vector<std::string> channels;
    std::vector<std::string> statuses;
    std::string text;
    std::string queryText;
    std::string answerText;
    bool expert = false;
    std::string file;
    std::int64_t importId = 0;
    bool edited = false;
    std::string view;

    bool any() const;
};
/// `search` also adds --text and its kin.
void addFilterOptions(CLI::App& verb, FilterOptions& options);
/// A saved view, narrowed by the other options.
Result<SampleFilter> filterOf(Project& project, const FilterOptions& options);

/// One JSON document on a line of stdout.
void printJson(const Json& json);
void printLine(const std::string& text);
/// Who decides when no --author is given: $ASSAY_AUTHOR or the user's name.
std::string defaultAuthor();
/// Cut to so many columns; CJK characters take two.
std::string fitted(const std::string& text, std::size_t columns);

} // namespace assay
