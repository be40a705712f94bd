#include "core/analysis/investigate.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace assay {

namespace {

constexpr std::array functionWords{"about", "also", "and", "any", "are", "been", "but", "can",
    "could", "did", "does", "each", "every", "for", "from", "give", "had", "has", "have", "her",
    "his", "how", "into", "its", "just", "like", "make", "may", "more", "most", "much", "must",
    "name", "not", "now", "off", "one", "only", "our", "out", "over", "said", "say", "shall", "she",
    "should", "some", "such", "tell", "than", "that", "the", "their", "them", "then", "there",
    "these", "they", "this", "those", "through", "too", "under", "very", "was", "were", "what",
    "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "with", "would",
    "you", "your"};

std::string lowered(std::string_view word) {
    std::string low(word);
    std::ranges::transform(
        low, low.begin(), [](char c) { return char(std::tolower(static_cast<unsigned char>(c))); });
    return low;
}

bool contains(const std::vector<std::string>& words, const std::string& word) {
    return std::ranges::any_of(
        words, [low = lowered(word)](const std::string& one) { return lowered(one) == low; });
}

/// Letters and digits; beyond ASCII everything but the punctuation blocks that text really has.
bool belongsToWord(char32_t c) {
    if (c < 0x80)
        return std::isalnum(int(c)) != 0;
    return !((c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F)
        || (c >= 0xFF00 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) || (c >= 0x80 && c <= 0xBF)
        || c == 0xFFFD);
}

} // namespace

std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> words;
    std::string word;
    const auto close = [&] {
        if (!word.empty() && !contains(words, word))
            words.push_back(word);
        word.clear();
    };
    const std::string valid = toValidUtf8(text);
    for (std::string_view rest = valid; !rest.empty();) {
        const std::size_t size = utf8SequenceLength(rest);
        if (belongsToWord(utf8CodePoint(rest)))
            word += rest.substr(0, size);
        else
            close();
        rest.remove_prefix(size);
    }
    close();
    return words;
}

std::vector<std::string> contentWords(std::string_view text) {
    std::vector<std::string> words = wordsOf(text);
    std::erase_if(words, [](const std::string& word) {
        return word.size() < 3
            || std::ranges::find(functionWords, lowered(word)) != functionWords.end();
    });
    return words;
}

std::vector<std::string> wordsOnlyIn(
    std::string_view text, const std::vector<std::string_view>& others) {
    std::vector<std::string> known;
    for (std::string_view other : others)
        for (std::string& word : wordsOf(other))
            known.push_back(std::move(word));
    std::vector<std::string> words = contentWords(text);
    std::erase_if(words, [&](const std::string& word) { return contains(known, word); });
    return words;
}

} // namespace assay
