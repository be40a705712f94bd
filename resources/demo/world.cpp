#include "resources/demo/world.h"

#include "core/base/file.h"
#include "core/base/json.h"
#include "resources/demo/corpus.h"
#include "resources/demo/rows.h"

#include <map>

namespace assay::demo {

World makeWorld(std::uint64_t seed) {
    const Plan plan(seed);
    // A stream of its own for each part: a change of one leaves the others as they are.
    Rng corpusRng(seed + 1);
    Rng rowRng(seed + 2);
    Rng caseRng(seed + 3);
    World world;
    world.seed = seed;
    world.corpus = makeCorpus(plan, corpusRng);
    world.rows = makeRows(plan, rowRng);
    world.cases = makeCases(plan, caseRng);
    return world;
}

namespace {

std::string corpusText(const World& world) {
    std::string text;
    for (const std::string& document : world.corpus)
        text += document + "\n\n";
    return text;
}

std::string rowsText(const World& world) {
    Json rows = Json::array();
    for (const TrainRow& row : world.rows)
        rows.push_back({{"instruction", row.instruction}, {"input", ""}, {"output", row.output},
            {"channel", row.channel}});
    return dumpJson(rows, 1) + "\n";
}

std::string casesText(const World& world) {
    std::string text;
    for (const EvalCase& one : world.cases) {
        Json line = {{"id", one.id}, {"topic", one.topic}, {"prompt", one.prompt},
            {"reference", one.reference}, {"max_new", one.maxNew}, {"causes", one.causes}};
        if (one.control)
            line["control"] = {{"prompt", one.control->prompt},
                {"reference", one.control->reference}, {"max_new", one.control->maxNew}};
        text += dumpJson(line) + "\n";
    }
    return text;
}

std::string aboutText(const World& world) {
    std::map<std::string, int> channels;
    for (const TrainRow& row : world.rows)
        ++channels[row.channel];
    std::map<std::string, int> causes;
    for (const EvalCase& one : world.cases) {
        for (const std::string& name : one.causes)
            ++causes[name];
        if (one.causes.empty())
            ++causes["none"];
        if (one.causes.size() > 1)
            ++causes["two at once"];
    }
    return dumpJson({{"seed", world.seed}, {"documents", world.corpus.size()},
                        {"rows", world.rows.size()}, {"cases", world.cases.size()},
                        {"rows_by_channel", channels}, {"cases_by_cause", causes}},
               2)
        + "\n";
}

} // namespace

Result<WorldFiles> writeWorld(const World& world, const std::filesystem::path& folder) {
    if (auto made = makeFolder(folder); !made)
        return forward(made);
    const WorldFiles files{
        folder / "corpus.txt", folder / "train.json", folder / "eval.jsonl", folder / "world.json"};
    for (const auto& [path, text] :
        {std::pair(files.corpus, corpusText(world)), std::pair(files.rows, rowsText(world)),
            std::pair(files.cases, casesText(world)), std::pair(files.about, aboutText(world))})
        if (auto written = writeFileAtomically(path, text); !written)
            return forward(written);
    return files;
}

} // namespace assay::demo
