#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// Where a line of a file begins in the text made of it.
struct LineMark {
    std::uint32_t position = 0;
    std::uint32_t line = 0; ///< 1-based
};

/// Text as the phrase index holds it: Unicode NFC, runs of white space as one space, none at the
/// ends, bytes that are not UTF-8 (and NUL) as U+FFFD; case is kept. With `marks`, the places where
/// the lines of `text` begin, the first being number `line`.
std::string corpusText(
    std::string_view text, std::vector<LineMark>* marks = nullptr, std::uint32_t line = 1);

/// A phrase to look for: the same, but a space at an end stays, since it says that a word begins or
/// ends there.
std::string corpusPhrase(std::string_view phrase);

/// Words as windows count them: runs without white space, and every CJK character by itself.
std::uint32_t countWords(std::string_view corpusText);

/// Goes through corpus text and tells at each byte how many words have begun before it.
class WordCounter {
public:
    explicit WordCounter(std::string_view text)
        : m_text(text) { }
    /// Number of the word in which byte `position` lies, from 0; positions must not go back.
    std::uint32_t wordAt(std::size_t position);
    /// All words of the text.
    std::uint32_t total();

private:
    void advance(std::size_t to);
    std::string_view m_text;
    std::size_t m_at = 0;
    std::uint32_t m_begun = 0;
    bool m_inWord = false;
};

} // namespace assay
