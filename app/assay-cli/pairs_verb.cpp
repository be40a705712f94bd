#include "app/assay-cli/data_verbs.h"

#include "core/analysis/pair_statistics.h"

#include <map>

namespace assay {

namespace {

struct PairsVerb {
    std::string project;
    std::string key;
    std::string sample;
    std::string choice;
    std::string author;
    bool json = false;
};

std::string textAt(const Json& json, const char* key) {
    return json.is_object() && json.contains(key) && json[key].is_string()
        ? json[key].get<std::string>()
        : std::string();
}

/// Each person's newest decision about each sample, for the pairs of the data or one batch of
/// answers.
Result<void> results(const PairsVerb& verb) {
    auto project = Project::open(verb.project, OpenMode::ReadOnly);
    if (!project)
        return forward(project);
    auto events = project->decisions().preferences();
    if (!events)
        return forward(events);
    std::map<std::pair<std::int64_t, std::string>, PairVerdict> newest;
    std::string nameA = "chosen";
    std::string nameB = "rejected";
    for (const auto& [sample, event] : *events) {
        const auto choice = pairChoiceFromName(textAt(event.after, "choice"));
        if (!choice || textAt(event.after, "key") != verb.key)
            continue;
        newest[{sample, event.author}]
            = {event.author, *choice, textAt(event.after, "left") == "a"};
        nameA = textAt(event.after, "a");
        nameB = textAt(event.after, "b");
    }
    std::vector<PairVerdict> verdicts;
    for (const auto& [key, verdict] : newest)
        verdicts.push_back(verdict);
    const auto tallies = tallyPairs(verdicts);
    if (verb.json) {
        printJson({{"a", nameA}, {"b", nameB}, {"tallies", pairTalliesToJson(tallies)}});
        return {};
    }
    printLine(pairReport(project->name(), nameA, nameB, tallies,
        {{"pairs", verb.key.empty() ? std::string("preference rows") : verb.key}}));
    return {};
}

Result<void> decide(const PairsVerb& verb) {
    if (!pairChoiceFromName(verb.choice))
        return fail("usage", {{"what", "--choice is a, b, tie or both_bad"}});
    auto project = Project::open(verb.project);
    if (!project)
        return forward(project);
    auto id = project->samples().findId(verb.sample);
    if (!id)
        return forward(id);
    auto stored = project->samples().sample(*id);
    if (!stored)
        return forward(stored);
    if (!stored->sample.chosen || !stored->sample.rejected)
        return fail("usage", {{"what", "Sample " + verb.sample + " is no preference pair"}});
    Decision decision;
    decision.kind = EventKind::Preference;
    decision.samples = {*id};
    decision.author = verb.author.empty() ? defaultAuthor() : verb.author;
    // On the command line nothing is hidden: A is the chosen answer.
    decision.value = {{"choice", verb.choice}, {"a", "chosen"}, {"b", "rejected"}, {"left", "a"},
        {"about", "pair"}, {"key", ""}, {"revision", stored->revision}};
    decision.saw = {{"blind", false}};
    auto event = project->decisions().record(decision);
    if (!event)
        return forward(event);
    printJson(eventToJson(*event));
    return {};
}

} // namespace

void addPairsVerbs(CLI::App& program) {
    auto verb = std::make_shared<PairsVerb>();
    CLI::App& app = *program.add_subcommand(
        "pairs", "Which of two answers is better: what people decided, and deciding");
    app.require_subcommand(1);
    CLI::App& tally = *app.add_subcommand(
        "results", "Wins, ties and the win rate with its interval, for each annotator");
    tally.add_option("PROJECT", verb->project, "The project")->required();
    tally.add_option("--answers", verb->key,
        "The batch of answers that was judged (the name of its file in exports/, without .jsonl), "
        "in place of the preference rows");
    tally.add_flag("--json", verb->json, "One JSON document");
    onRun(tally, [verb] { return results(*verb); });
    CLI::App& one = *app.add_subcommand("decide", "Record a decision about a preference row");
    one.add_option("PROJECT", verb->project, "The project")->required();
    one.add_option("SAMPLE", verb->sample, "Id of the sample")->required();
    one.add_option("--choice", verb->choice, "a (the chosen answer), b, tie or both_bad")
        ->required();
    one.add_option("--author", verb->author, "Who decides");
    onRun(one, [verb] { return decide(*verb); });
}

} // namespace assay
