#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// A text taken apart once for all measures below. It must outlive this object.
struct MeasuredText {
    explicit MeasuredText(std::string_view text);

    std::string_view text;
    std::u32string characters;
    std::vector<std::string_view> words; ///< between white space
    std::int64_t letters = 0;
    std::int64_t digits = 0;
    std::int64_t spaces = 0;
    std::int64_t cjk = 0; ///< Han, Kana, Hangul
    bool code = false; ///< a fenced block, or lines that mostly end as code does

    /// Whether words are separated by spaces: measures of words say nothing about other scripts.
    bool hasWords() const { return !words.empty() && 3 * cjk < letters; }
};

/// Letters and digits among all characters; 1 for an empty text.
double alphanumericShare(const MeasuredText& text);
/// Neither letter, digit nor white space, among all characters.
double specialShare(const MeasuredText& text);
/// Data-Juicer's character_repetition: of all n-character pieces, the share of the sqrt(#different)
/// most frequent ones, as far as these occur more than once.
double characterRepetition(const MeasuredText& text, std::size_t n);
/// Data-Juicer's word_repetition: the share of n-word pieces that occur more than once.
double wordRepetition(const MeasuredText& text, std::size_t n);
/// Gopher (arXiv 2112.11446, A1): characters of the most frequent n words among all of the text.
double topPhraseShare(const MeasuredText& text, std::size_t n);
/// Gopher: characters in n-word pieces that stood before, each counted once, among all.
double repeatedPhraseShare(const MeasuredText& text, std::size_t n);

struct RepeatedParts {
    double parts = 0; ///< share of the lines or paragraphs that stood before
    double characters = 0; ///< share of the characters in them
};
/// Of lines ("\n") or paragraphs ("\n\n"); empty ones do not count.
RepeatedParts repeatedParts(std::string_view text, std::string_view separator);

/// Characters in http(s) addresses among all characters.
double linkShare(const MeasuredText& text);
/// Mean length of the words in characters; 0 without words.
double meanWordLength(const MeasuredText& text);

} // namespace assay
