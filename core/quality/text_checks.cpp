#include "core/quality/checks.h"
#include "core/quality/text_measures.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace assay {

namespace {

constexpr std::size_t gopherWords = 50;

bool repeatsOnePhrase(const MeasuredText& text) {
    return topPhraseShare(text, 2) > 0.20 || topPhraseShare(text, 3) > 0.18
        || topPhraseShare(text, 4) > 0.16;
}

bool repeatsPhrases(const MeasuredText& text) {
    constexpr std::array limits = {0.15, 0.14, 0.13, 0.12, 0.11, 0.10};
    for (std::size_t i = 0; i < limits.size(); ++i)
        if (repeatedPhraseShare(text, 5 + i) > limits[i])
            return true;
    return false;
}

/// UTF-8 that was read as Latin-1 or Windows-1252 and written again.
bool isMojibake(std::string_view text) {
    int places = 0;
    for (const std::string_view mark : {"Ã©", "Ã¨", "Ã¼", "Ã¶", "Ã¤", "Ã±", "Ã§", "Ã³", "Ã¡", "â€™",
             "â€œ", "â€“", "â€”", "â€¦", "Â\u00a0", "ï¼Œ", "ã€‚", "Ã—"})
        for (std::size_t at = text.find(mark); at != std::string_view::npos;
             at = text.find(mark, at + mark.size()))
            if (++places >= 2)
                return true;
    return false;
}

bool hasControl(std::string_view text) {
    return std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == 0x7f || (byte < 0x20 && c != '\t' && c != '\n' && c != '\r');
    });
}

double shareOf(const MeasuredText& text, std::string_view these) {
    if (text.characters.empty())
        return 0;
    const auto count = std::ranges::count_if(
        text.text, [&](char c) { return these.find(c) != std::string_view::npos; });
    return double(count) / double(text.characters.size());
}

} // namespace

std::vector<const CheckInfo*> checkText(std::string_view answer) {
    std::vector<const CheckInfo*> found;
    const MeasuredText text(answer);
    const auto add = [&](bool wrong, const char* name) {
        if (wrong)
            found.push_back(findCheck(name));
    };
    add(answer.find("\uFFFD") != std::string_view::npos, "text-invalid");
    add(isMojibake(answer), "mojibake");
    add(hasControl(answer), "control-characters");
    // A number or a single mark is an answer too: shares say something of longer texts only.
    const bool some = text.characters.size() >= 20;
    add(some && !text.code && alphanumericShare(text) < 0.25, "alphanumeric-low");
    add(some && !text.code && specialShare(text) > 0.25, "special-high");
    add(characterRepetition(text, 10) > 0.5, "repetition-characters");
    if (text.hasWords()) {
        add(wordRepetition(text, 10) > 0.5, "repetition-words");
        if (text.words.size() >= gopherWords) {
            add(!text.code && repeatsOnePhrase(text), "repetition-top");
            add(!text.code && repeatsPhrases(text), "repetition-phrases");
        }
    }
    const RepeatedParts lines = repeatedParts(answer, "\n");
    add(!text.code && (lines.parts > 0.30 || lines.characters > 0.20), "duplicate-lines");
    const RepeatedParts paragraphs = repeatedParts(answer, "\n\n");
    add(!text.code && (paragraphs.parts > 0.30 || paragraphs.characters > 0.20),
        "duplicate-paragraphs");
    add(text.hasWords()
            && std::ranges::any_of(
                text.words, [](std::string_view word) { return word.size() > 1000; }),
        "word-long");
    if (text.hasWords() && text.words.size() >= 10) {
        const double mean = meanWordLength(text);
        add(!text.code && (mean < 3 || mean > 10), "word-length");
    }
    add(some
            && (linkShare(text) > 0.2 || shareOf(text, "0123456789") > 0.15
                || shareOf(text, "()") > 0.1),
        "urls-digits");
    return found;
}

std::string textEvidence(std::string_view check, std::string_view answer) {
    const MeasuredText text(answer);
    const auto figure = [](double value) {
        char buffer[32];
        std::snprintf(buffer, sizeof buffer, "%.2f", value);
        return std::string(buffer);
    };
    if (check == "alphanumeric-low")
        return figure(alphanumericShare(text));
    if (check == "special-high")
        return figure(specialShare(text));
    if (check == "repetition-characters")
        return figure(characterRepetition(text, 10));
    if (check == "repetition-words")
        return figure(wordRepetition(text, 10));
    if (check == "repetition-top")
        return figure(topPhraseShare(text, 2)) + " · " + figure(topPhraseShare(text, 3)) + " · "
            + figure(topPhraseShare(text, 4));
    if (check == "repetition-phrases")
        return figure(repeatedPhraseShare(text, 5));
    if (check == "duplicate-lines")
        return figure(repeatedParts(answer, "\n").parts);
    if (check == "duplicate-paragraphs")
        return figure(repeatedParts(answer, "\n\n").parts);
    if (check == "word-length")
        return figure(meanWordLength(text));
    if (check == "urls-digits")
        return figure(linkShare(text)) + " · " + figure(shareOf(text, "0123456789")) + " · "
            + figure(shareOf(text, "()"));
    if (check == "word-long")
        for (const std::string_view word : text.words)
            if (word.size() > 1000)
                return std::string(word.substr(0, 40)) + "…";
    return {};
}

} // namespace assay
