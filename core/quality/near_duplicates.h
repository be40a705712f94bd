#pragma once

#include "core/base/progress.h"
#include "core/data/sample.h"

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace assay {

/// From this share of common pieces on two texts count as near duplicates.
constexpr double nearJaccard = 0.8;

/// What is compared: questions, answers and calls without the system prompt (of a pair the chosen
/// answer), in lower case, runs of digits as one 0, white space collapsed.
std::string textForNearness(const Sample& sample);

/// Hashes of the 5-character pieces of the text, sorted, each once; a shorter text is one piece.
std::vector<std::uint64_t> piecesOf(std::string_view text);

/// Common pieces among all of both; sorted input without repeats. 0 where both are empty.
double jaccard(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b);

/// MinHash of 128 values in 16 bands of 8 (A. Broder 1997; bands after Leskovec, Rajaraman, Ullman,
/// Mining of Massive Datasets, 3.4): texts of Jaccard s share a band with probability
/// 1 - (1 - s^8)^16, which is 0.95 at 0.8.
struct NearSignature {
    std::array<std::uint64_t, 16> bands{};
    bool some = false; ///< false of a text without any piece, which resembles nothing
};
NearSignature nearSignature(const std::vector<std::uint64_t>& pieces);

/// Finds the groups of texts that resemble each other: candidates share a band, and a member
/// resembles at least one other member (single linkage).
class NearDuplicates {
public:
    void add(std::int64_t id, const NearSignature& signature);

    /// The pieces of a text, read again where its signature alone does not decide.
    using Pieces = std::function<std::vector<std::uint64_t>(std::int64_t id)>;
    /// Groups of two and more ids, each sorted; in the order of their first ids. Ends early, with
    /// what it has, when asked to stop.
    std::vector<std::vector<std::int64_t>> groups(const Pieces& pieces, const StopToken& stop = {});

private:
    std::size_t root(std::size_t row);

    std::vector<std::int64_t> m_ids;
    std::vector<NearSignature> m_signatures;
    std::vector<std::size_t> m_parents;
};

} // namespace assay
