#pragma once

#include "core/text/tokenizer.h"

#include <array>

namespace assay {

/// A token beside the vocabulary and how it is found in a text.
struct AddedTokenRule {
    TokenId id = -1;
    std::string content;
    bool special = false;
    /// White space to its left or right becomes part of it.
    bool stripLeft = false;
    bool stripRight = false;
    /// Only where no letter or digit touches it.
    bool singleWord = false;
    /// Looked for in the normalised text; else in the text as it was written.
    bool normalised = false;
};

/// One place where an added token stands.
struct AddedMatch {
    TokenId id = -1;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// Finds added tokens in text: leftmost, and of several the longest.
class AddedTokenFinder {
public:
    void add(const AddedTokenRule& rule);
    bool empty() const { return m_rules.empty(); }
    /// Ascending, not overlapping.
    std::vector<AddedMatch> find(std::string_view text) const;

private:
    std::vector<AddedTokenRule> m_rules; ///< longest first
    std::array<bool, 256> m_begins{};
};

} // namespace assay
