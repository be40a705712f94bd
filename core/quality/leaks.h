#pragma once

#include "core/data/sample.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace assay {

/// So many words in a row that two texts have in common are a leak (the n-gram of datatrove's
/// decontamination).
constexpr std::size_t leakWords = 12;

/// Words in lower case; of scripts without spaces each character is one. Punctuation is left out.
std::vector<std::string> wordsForLeaks(std::string_view text);

/// What a row has in common with a held-out row.
struct Leak {
    std::int64_t heldOut = 0; ///< id of the held-out row
    std::string words; ///< the words in common, as they stand in both after normalisation
    bool question = false; ///< the whole question is the same
};

/// The questions and answers of the rows that a model is to be judged by. System prompts are left
/// out: they stand in every row of their kind.
class LeakIndex {
public:
    void add(std::int64_t id, const Sample& sample);
    bool isEmpty() const { return m_rows == 0; }
    std::int64_t rows() const { return m_rows; }

    /// The first 12 words in a row that the sample's questions or answers share with a held-out
    /// row, or a whole question of 3 words and more that is shorter than that. Safe from several
    /// threads at once.
    std::optional<Leak> find(const Sample& sample) const;

private:
    std::unordered_map<std::uint64_t, std::int64_t> m_runs;
    std::unordered_map<std::uint64_t, std::int64_t> m_questions;
    std::int64_t m_rows = 0;
};

} // namespace assay
