#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// What a person says about two answers to one question.
enum class PairChoice { A, B, Tie, BothBad };
std::string_view pairChoiceName(PairChoice choice); ///< "a", "b", "tie", "both_bad"
std::optional<PairChoice> pairChoiceFromName(std::string_view name);

/// Which answer stands on the left: drawn anew for every person and sample, and always the same for
/// the same seed, so that going back shows what was seen. Neither knows it from the place of the
/// other.
bool firstStandsLeft(std::string_view sampleUid, std::string_view author, std::uint64_t seed);

struct Interval {
    double low = 0;
    double high = 1;
};
/// Wilson's score interval of a share (E. B. Wilson 1927), 95 % by default. 0..1 for count 0.
Interval wilsonInterval(std::int64_t successes, std::int64_t count, double z = 1.959963984540054);

struct PairVerdict {
    std::string author;
    PairChoice choice = PairChoice::Tie;
    bool firstLeft = true;
};

struct PairTally {
    std::string author; ///< empty for all of them
    std::int64_t a = 0;
    std::int64_t b = 0;
    std::int64_t ties = 0;
    std::int64_t bothBad = 0;
    /// Decided for the left side: far from half of them means that places, not answers, decide.
    std::int64_t left = 0;

    std::int64_t decided() const { return a + b; }
    std::int64_t all() const { return a + b + ties + bothBad; }
    /// Share of A among the decisions for one of the two; ties and both bad are counted apart.
    double winRate() const { return decided() ? double(a) / double(decided()) : 0; }
    Interval interval() const { return wilsonInterval(a, decided()); }
};
/// The total first, then one for each author in order of name.
std::vector<PairTally> tallyPairs(std::span<const PairVerdict> verdicts);
Json pairTalliesToJson(const std::vector<PairTally>& tallies);
/// A short report in Markdown: what was compared, the table, how to read it.
std::string pairReport(const std::string& title, const std::string& nameA, const std::string& nameB,
    const std::vector<PairTally>& tallies,
    const std::vector<std::pair<std::string, std::string>>& provenance);

} // namespace assay
