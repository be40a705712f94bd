#pragma once

#include "core/analysis/model_under_test.h"

#include <optional>
#include <string>
#include <vector>

namespace assay {

/// Where an answer parts from a reference. Definitions and rule names: docs/analysis.md. Nothing
/// here says "error": that needs a person, or a reference known to be the only right answer.

/// Rule R1: on the forced reference, the first place where the most probable token is another one.
struct GreedyDeparture {
    std::size_t index = 0; ///< into the reference's ids
    TokenId expected = -1;
    TokenId chosen = -1; ///< what greedy decoding says there
    float gap = 0; ///< best logit minus the reference token's
    float chosenLogprob = 0;
    float expectedLogprob = 0;
    std::int32_t expectedRank = 0;
    float entropy = 0;
};

/// Below 0.5 nats a departure hangs on rounding and precision; above 2 it does not (our choice).
constexpr float nearTieGap = 0.5F;
constexpr float firmGap = 2.0F;
/// "near-tie", "soft" or "firm".
std::string_view departureStrength(float gap);

struct GreedyDepartures {
    /// None where greedy decoding says the whole reference.
    std::optional<GreedyDeparture> first;
    /// Indices of all departures on the forced reference, the first included.
    std::vector<std::size_t> all;
    std::size_t length = 0; ///< of the reference
};

/// `scores` are those of prompt + reference (or a longer text); the reference's ids stand at
/// [first, first + reference.size()), with first >= 1, since the first token of a sequence has no
/// prediction.
GreedyDepartures greedyDepartures(
    const SequenceScores& scores, std::span<const TokenId> reference, std::size_t first);

/// Rule R0: the first difference between two texts after normalisation.
struct TextDeparture {
    std::int64_t byte = 0; ///< into the answer
    std::int64_t referenceByte = 0; ///< into the reference
    /// How the texts part: "differs", "ends early" (the answer is a beginning of the reference) or
    /// "goes on" (the reference is a beginning of the answer).
    std::string_view kind;
    /// JSON pointer of the first differing leaf where both texts are JSON.
    std::optional<std::string> pointer;
};

struct TextDepartureOptions {
    bool ignoreCase = false;
    /// Where both texts are JSON, compare them leaf by leaf.
    bool json = true;
};

/// Normalisation: Unicode NFC, white space runs as one space, none at the ends. None when equal.
std::optional<TextDeparture> textDeparture(
    std::string_view answer, std::string_view reference, const TextDepartureOptions& options = {});

/// Index of the token whose range covers the byte; past the end, the number of ranges.
std::size_t tokenAtByte(std::span<const ByteRange> ranges, std::int64_t byte);

} // namespace assay
