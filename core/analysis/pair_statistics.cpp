#include "core/analysis/pair_statistics.h"

#include "core/base/hash.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>

namespace assay {

namespace {

constexpr std::array<std::string_view, 4> choiceNames = {"a", "b", "tie", "both_bad"};

void count(PairTally& tally, const PairVerdict& verdict) {
    switch (verdict.choice) {
    case PairChoice::A:
        ++tally.a;
        tally.left += verdict.firstLeft;
        break;
    case PairChoice::B:
        ++tally.b;
        tally.left += !verdict.firstLeft;
        break;
    case PairChoice::Tie:
        ++tally.ties;
        break;
    case PairChoice::BothBad:
        ++tally.bothBad;
        break;
    }
}

std::string percent(double share) {
    char text[16];
    std::snprintf(text, sizeof text, "%.1f %%", 100 * share);
    return text;
}

} // namespace

std::string_view pairChoiceName(PairChoice choice) {
    return choiceNames[std::size_t(choice)];
}

std::optional<PairChoice> pairChoiceFromName(std::string_view name) {
    const auto found = std::ranges::find(choiceNames, name);
    if (found == choiceNames.end())
        return std::nullopt;
    return PairChoice(found - choiceNames.begin());
}

bool firstStandsLeft(std::string_view sampleUid, std::string_view author, std::uint64_t seed) {
    // Names may hold anything, so their lengths keep them apart.
    const std::string both = std::to_string(sampleUid.size()) + ':' + std::string(sampleUid) + ':'
        + std::string(author);
    return (hash64(both, seed) >> 17U & 1U) != 0;
}

Interval wilsonInterval(std::int64_t successes, std::int64_t n, double z) {
    if (n <= 0)
        return {};
    const double count = double(n);
    const double share = double(successes) / count;
    const double denominator = 1 + z * z / count;
    const double centre = (share + z * z / (2 * count)) / denominator;
    const double half
        = z * std::sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / denominator;
    return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

std::vector<PairTally> tallyPairs(std::span<const PairVerdict> verdicts) {
    PairTally total;
    std::map<std::string, PairTally> authors;
    for (const PairVerdict& verdict : verdicts) {
        count(total, verdict);
        PairTally& own = authors[verdict.author];
        own.author = verdict.author;
        count(own, verdict);
    }
    std::vector<PairTally> tallies{total};
    for (auto& [name, tally] : authors)
        tallies.push_back(std::move(tally));
    return tallies;
}

Json pairTalliesToJson(const std::vector<PairTally>& tallies) {
    Json list = Json::array();
    for (const PairTally& tally : tallies) {
        const Interval interval = tally.interval();
        list.push_back({{"author", tally.author.empty() ? Json() : Json(tally.author)},
            {"a", tally.a}, {"b", tally.b}, {"ties", tally.ties}, {"both_bad", tally.bothBad},
            {"win_rate_a", tally.decided() ? Json(tally.winRate()) : Json()},
            {"wilson_95", tally.decided() ? Json{interval.low, interval.high} : Json()},
            {"left", tally.left}});
    }
    return list;
}

std::string pairReport(const std::string& title, const std::string& nameA, const std::string& nameB,
    const std::vector<PairTally>& tallies,
    const std::vector<std::pair<std::string, std::string>>& provenance) {
    std::string out = "# " + title + "\n\nA: " + nameA + "  \nB: " + nameB + "\n\n";
    out += "| annotator | A | B | tie | both bad | win rate of A | 95 % interval | left chosen |\n"
           "|---|---|---|---|---|---|---|---|\n";
    for (const PairTally& tally : tallies) {
        const Interval interval = tally.interval();
        out += "| " + (tally.author.empty() ? std::string("all") : tally.author) + " | "
            + std::to_string(tally.a) + " | " + std::to_string(tally.b) + " | "
            + std::to_string(tally.ties) + " | " + std::to_string(tally.bothBad) + " | "
            + (tally.decided() ? percent(tally.winRate()) : "–") + " | "
            + (tally.decided() ? percent(interval.low) + " – " + percent(interval.high) : "–")
            + " | " + std::to_string(tally.left) + " of " + std::to_string(tally.decided())
            + " |\n";
    }
    out += "\nThe win rate counts decisions for one of the two; ties and both bad stand apart. "
           "Interval: Wilson's score interval. Sides were drawn for every annotator and sample, "
           "and judged blind.\n";
    if (!provenance.empty())
        out += "\n";
    for (const auto& [label, value] : provenance)
        out += "- " + label + ": " + value + "\n";
    return out;
}

} // namespace assay
