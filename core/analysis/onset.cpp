#include "core/analysis/onset.h"

#include "core/analysis/json_leaves.h"
#include "core/analysis/normalised_text.h"

#include <algorithm>

namespace assay {

std::string_view departureStrength(float gap) {
    return gap < nearTieGap ? "near-tie" : gap <= firmGap ? "soft" : "firm";
}

GreedyDepartures greedyDepartures(
    const SequenceScores& scores, std::span<const TokenId> reference, std::size_t first) {
    GreedyDepartures departures;
    departures.length = reference.size();
    for (std::size_t i = 0; i < reference.size(); ++i) {
        const TokenScore& score = scores.tokens[first + i - 1];
        if (score.argmax == reference[i])
            continue;
        departures.all.push_back(i);
        if (!departures.first)
            departures.first = GreedyDeparture{i, reference[i], score.argmax, -score.margin,
                score.argmaxLogprob, score.logprob, score.rank, score.entropy};
    }
    return departures;
}

namespace {

/// The first leaf of the answer that the reference has not, or has otherwise; else the first that
/// only the reference has, placed at the answer's end. Order of keys does not count.
std::optional<TextDeparture> leafDeparture(const std::vector<JsonLeaf>& answer,
    const std::vector<JsonLeaf>& reference, std::int64_t answerEnd, std::int64_t referenceEnd) {
    const auto find = [](const std::vector<JsonLeaf>& leaves, const std::string& pointer) {
        return std::ranges::find(leaves, pointer, &JsonLeaf::pointer);
    };
    for (const JsonLeaf& leaf : answer) {
        const auto same = find(reference, leaf.pointer);
        if (same == reference.end())
            return TextDeparture{leaf.range.begin, referenceEnd, "goes on", leaf.pointer};
        if (same->value != leaf.value)
            return TextDeparture{leaf.range.begin, same->range.begin, "differs", leaf.pointer};
    }
    for (const JsonLeaf& leaf : reference)
        if (find(answer, leaf.pointer) == answer.end())
            return TextDeparture{answerEnd, leaf.range.begin, "ends early", leaf.pointer};
    return std::nullopt;
}

} // namespace

std::optional<TextDeparture> textDeparture(
    std::string_view answer, std::string_view reference, const TextDepartureOptions& options) {
    const NormalisedText a = normaliseForComparison(answer, options.ignoreCase);
    const NormalisedText r = normaliseForComparison(reference, options.ignoreCase);
    if (a.text == r.text)
        return std::nullopt;
    if (options.json) {
        const auto answerLeaves = jsonLeaves(answer);
        const auto referenceLeaves = answerLeaves ? jsonLeaves(reference) : std::nullopt;
        if (answerLeaves && referenceLeaves)
            return leafDeparture(*answerLeaves, *referenceLeaves,
                std::max<std::int64_t>(0, a.origin.back() - 1), r.origin.back() - 1);
    }
    const std::size_t shared
        = std::size_t(std::ranges::mismatch(a.text, r.text).in1 - a.text.begin());
    const std::string_view kind = shared == a.text.size() ? "ends early"
        : shared == r.text.size()                         ? "goes on"
                                                          : "differs";
    return TextDeparture{a.origin[shared], r.origin[shared], kind, std::nullopt};
}

std::size_t tokenAtByte(std::span<const ByteRange> ranges, std::int64_t byte) {
    // Tokens without text have empty ranges, which cover nothing.
    const auto found = std::ranges::find_if(
        ranges, [byte](const ByteRange& range) { return range.begin <= byte && byte < range.end; });
    return std::size_t(found - ranges.begin());
}

} // namespace assay
