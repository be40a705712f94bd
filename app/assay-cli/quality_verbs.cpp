#include "app/assay-cli/data_verbs.h"

#include "core/job/take_in_losses.h"
#include "core/store/check_project.h"

#include <cstdio>

namespace assay {

namespace {

struct CheckVerb {
    std::string project;
    std::string model;
    std::int64_t maxLength = 2048;
    std::string heldOutView;
    std::vector<std::string> heldOutChannels;
    bool json = false;
};

std::string percent(std::int64_t part, std::int64_t whole) {
    char text[32];
    std::snprintf(
        text, sizeof text, "%5.1f %%", whole > 0 ? 100.0 * double(part) / double(whole) : 0.0);
    return text;
}

void printFigures(const char* what, const LengthFigures& figures) {
    std::printf("%-24s p50 %lld, p95 %lld, p99 %lld, longest %lld, all %lld\n", what,
        static_cast<long long>(figures.median), static_cast<long long>(figures.p95),
        static_cast<long long>(figures.p99), static_cast<long long>(figures.largest),
        static_cast<long long>(figures.sum));
}

void printOverview(const Overview& overview) {
    const OverviewPart& all = overview.all;
    std::printf("%lld rows, %lld answers\n\n", static_cast<long long>(all.rows),
        static_cast<long long>(all.turns));
    printFigures("characters", all.characters);
    printFigures(overview.estimated ? "tokens (estimated)" : "tokens", all.tokens);
    if (overview.estimated)
        printLine("  estimated: one token for 4 characters, two for 3 Chinese, Japanese or Korean "
                  "ones; name a model with --model to count");
    else
        printLine("  counted with " + overview.tokenizer);
    std::printf("\nfindings (rules %d, cut beyond %lld tokens)\n", overview.rulesVersion,
        static_cast<long long>(overview.maxLength));
    for (const CheckInfo& check : checkList()) {
        const auto found = all.findings.find(check.name);
        if (found == all.findings.end())
            continue;
        std::printf("  %8lld  %s  %-8s %-24s %s\n", static_cast<long long>(found->second),
            percent(found->second, all.rows).c_str(),
            std::string(checkLevelName(check.level)).c_str(), check.name, check.title);
    }
    if (all.findings.empty())
        printLine("  none");
    if (overview.duplicateGroups > 0)
        std::printf("  exact duplicates stand in %lld groups; %lld rows are surplus\n",
            static_cast<long long>(overview.duplicateGroups),
            static_cast<long long>(overview.surplusRows));
    if (overview.nearGroups > 0)
        std::printf("  near duplicates stand in %lld groups\n",
            static_cast<long long>(overview.nearGroups));
    if (overview.heldOutRows > 0)
        std::printf("  held against %lld held-out rows (%s) for leaks\n",
            static_cast<long long>(overview.heldOutRows), overview.heldOutName.c_str());
    printLine("\nlanguages");
    for (const auto& [language, count] : all.languages)
        std::printf("  %8lld  %s  %s\n", static_cast<long long>(count),
            percent(count, all.rows).c_str(), language.c_str());
    std::printf(
        "\n%-24s %9s %9s %9s %9s %9s\n", "channel", "rows", "answers", "p50", "p95", "findings");
    for (const OverviewPart& part : overview.channels) {
        std::int64_t findings = 0;
        for (const auto& [name, count] : part.findings)
            findings += count;
        std::printf("%s %9lld %9lld %9lld %9lld %9lld\n", fitted(part.channel, 24).c_str(),
            static_cast<long long>(part.rows), static_cast<long long>(part.turns),
            static_cast<long long>(part.tokens.median), static_cast<long long>(part.tokens.p95),
            static_cast<long long>(findings));
    }
}

Result<std::optional<HeldOutRows>> heldOutOf(Project& project, const CheckVerb& verb) {
    if (verb.heldOutView.empty() && verb.heldOutChannels.empty())
        return std::optional<HeldOutRows>();
    HeldOutRows rows;
    rows.name = verb.heldOutView;
    if (!verb.heldOutView.empty()) {
        auto view = project.registry().view(verb.heldOutView);
        if (!view)
            return forward(view);
        rows.filter = view->filter;
    }
    for (const std::string& channel : verb.heldOutChannels) {
        rows.filter.channels.push_back(channel);
        rows.name += (rows.name.empty() ? "" : ", ") + channel;
    }
    return std::optional(rows);
}

Result<void> runCheck(const CheckVerb& verb) {
    auto project = Project::open(verb.project);
    if (!project)
        return forward(project);
    CheckOptions options;
    options.maxLength = verb.maxLength;
    if (!verb.model.empty()) {
        auto made = checkOptionsFor(verb.model, {}, verb.maxLength);
        if (!made)
            return forward(made);
        options = std::move(*made);
    }
    auto heldOut = heldOutOf(*project, verb);
    if (!heldOut)
        return forward(heldOut);
    auto overview
        = checkProject(*project, options, terminalProgress("check"), interruptToken(), *heldOut);
    if (!overview)
        return forward(overview);
    if (verb.json)
        printJson(overviewToJson(*overview));
    else
        printOverview(*overview);
    return {};
}

} // namespace

void addQualityVerbs(CLI::App& program) {
    auto options = std::make_shared<CheckVerb>();
    CLI::App& verb = *program.add_subcommand("check",
        "Look through all samples of a project: lengths, duplicates, conflicts, broken structure, "
        "odd text, languages");
    verb.add_option("PROJECT", options->project, "The project")->required();
    verb.add_option("--model", options->model,
        "Count tokens with the tokenizer and template of this model folder");
    verb.add_option("--max-length", options->maxLength, "Tokens beyond which an answer is cut")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    verb.add_option("--held-out-view", options->heldOutView,
        "Look for leaks: the rows of this saved view are what a model is judged by");
    verb.add_option("--held-out-channel", options->heldOutChannels,
        "Look for leaks: the rows of these channels are what a model is judged by");
    verb.add_flag("--json", options->json, "One JSON object");
    onRun(verb, [options] { return runCheck(*options); });

    struct LossVerb {
        std::string project;
        std::string job;
    };
    auto losses = std::make_shared<LossVerb>();
    CLI::App& take = *program.add_subcommand("losses",
        "Take the losses that a run noted into its project, to filter and sort samples by");
    take.add_option("PROJECT", losses->project, "The project")->required();
    take.add_option("JOBDIR", losses->job, "Job folder of the run")->required();
    onRun(take, [losses]() -> Result<void> {
        auto project = Project::open(losses->project);
        if (!project)
            return forward(project);
        auto taken
            = takeInLosses(*project, losses->job, terminalProgress("losses"), interruptToken());
        if (!taken)
            return forward(taken);
        printLine("losses of " + std::to_string(taken->samples) + " samples; "
            + std::to_string(taken->unknown) + " rows of the run are not in this project");
        return {};
    });
}

} // namespace assay
