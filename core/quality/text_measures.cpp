#include "core/quality/text_measures.h"

#include "core/base/hash.h"
#include "core/base/utf8.h"

#include <utf8proc.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace assay {

namespace {

bool isSpace(char32_t c) {
    return c == ' ' || (c >= 9 && c <= 13) || c == 0xa0 || c == 0x3000;
}

bool isLetter(char32_t c) {
    if (c < 128)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const utf8proc_category_t category = utf8proc_category(utf8proc_int32_t(c));
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_MC;
}

bool isDigit(char32_t c) {
    return c < 128 ? c >= '0' && c <= '9'
                   : utf8proc_category(utf8proc_int32_t(c)) == UTF8PROC_CATEGORY_ND;
}

std::int64_t codePoints(std::string_view text) {
    return std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; });
}

/// Most lines end as statements and blocks do, or a fence opens a block.
bool looksLikeCode(std::string_view text) {
    if (text.find("```") != std::string_view::npos)
        return true;
    std::int64_t lines = 0;
    std::int64_t codeLines = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        while (!line.empty() && isSpace(static_cast<unsigned char>(line.back())))
            line.remove_suffix(1);
        if (!line.empty()) {
            ++lines;
            codeLines += std::string_view("{};:").find(line.back()) != std::string_view::npos
                || line.starts_with("import ") || line.starts_with("#include");
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines >= 3 && 10 * codeLines >= 3 * lines;
}

/// The words [begin, begin + n) as they stand in the text, joined by what separates them there.
std::uint64_t phraseHash(const MeasuredText& text, std::size_t begin, std::size_t n) {
    std::uint64_t hash = n;
    for (std::size_t i = begin; i < begin + n; ++i)
        hash = hash64(text.words[i], hash);
    return hash;
}

std::int64_t phraseLength(const MeasuredText& text, std::size_t begin, std::size_t n) {
    std::int64_t length = std::int64_t(n) - 1; // spaces between
    for (std::size_t i = begin; i < begin + n; ++i)
        length += codePoints(text.words[i]);
    return length;
}

double share(std::int64_t part, std::size_t whole) {
    return whole == 0 ? 0 : double(part) / double(whole);
}

} // namespace

MeasuredText::MeasuredText(std::string_view given)
    : text(given) {
    characters.reserve(text.size());
    std::size_t wordBegin = std::string_view::npos;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = std::max<std::size_t>(1, utf8SequenceLength(text.substr(at)));
        const char32_t c = utf8SequenceLength(text.substr(at)) > 0 ? utf8CodePoint(text.substr(at))
                                                                   : char32_t(0xfffd);
        characters.push_back(c);
        if (isSpace(c)) {
            ++spaces;
            if (wordBegin != std::string_view::npos)
                words.push_back(text.substr(wordBegin, at - wordBegin));
            wordBegin = std::string_view::npos;
        } else {
            if (wordBegin == std::string_view::npos)
                wordBegin = at;
            letters += isLetter(c);
            digits += isDigit(c);
            cjk += isCjk(c);
        }
        at += length;
    }
    if (wordBegin != std::string_view::npos)
        words.push_back(text.substr(wordBegin));
    code = looksLikeCode(text);
}

double alphanumericShare(const MeasuredText& text) {
    return text.characters.empty() ? 1 : share(text.letters + text.digits, text.characters.size());
}

double specialShare(const MeasuredText& text) {
    return share(std::int64_t(text.characters.size()) - text.letters - text.digits - text.spaces,
        text.characters.size());
}

double characterRepetition(const MeasuredText& text, std::size_t n) {
    if (text.characters.size() < n)
        return 0;
    std::unordered_map<std::uint64_t, std::int64_t> counts;
    const std::size_t total = text.characters.size() - n + 1;
    for (std::size_t i = 0; i < total; ++i)
        ++counts[hash64(
            {reinterpret_cast<const char*>(text.characters.data() + i), n * sizeof(char32_t)})];
    std::vector<std::int64_t> sorted;
    for (const auto& [hash, count] : counts)
        if (count > 1)
            sorted.push_back(count);
    std::ranges::sort(sorted, std::greater());
    const auto most = std::min(std::size_t(std::sqrt(double(counts.size()))), sorted.size());
    std::int64_t repeated = 0;
    for (std::size_t i = 0; i < most; ++i)
        repeated += sorted[i];
    return share(repeated, total);
}

double wordRepetition(const MeasuredText& text, std::size_t n) {
    if (text.words.size() < n)
        return 0;
    std::unordered_map<std::uint64_t, std::int64_t> counts;
    const std::size_t total = text.words.size() - n + 1;
    for (std::size_t i = 0; i < total; ++i)
        ++counts[phraseHash(text, i, n)];
    std::int64_t repeated = 0;
    for (const auto& [hash, count] : counts)
        repeated += count > 1 ? count : 0;
    return share(repeated, total);
}

double topPhraseShare(const MeasuredText& text, std::size_t n) {
    if (text.words.size() < n)
        return 0;
    struct Phrase {
        std::int64_t count = 0;
        std::size_t first = 0;
    };
    std::unordered_map<std::uint64_t, Phrase> counts;
    for (std::size_t i = 0; i + n <= text.words.size(); ++i) {
        auto [found, isNew] = counts.try_emplace(phraseHash(text, i, n), Phrase{0, i});
        ++found->second.count;
    }
    Phrase top;
    for (const auto& [hash, phrase] : counts)
        if (phrase.count > top.count || (phrase.count == top.count && phrase.first < top.first))
            top = phrase;
    if (top.count < 2)
        return 0;
    return share(top.count * phraseLength(text, top.first, n), text.characters.size());
}

double repeatedPhraseShare(const MeasuredText& text, std::size_t n) {
    std::unordered_set<std::uint64_t> seen;
    std::int64_t repeated = 0;
    for (std::size_t i = 0; i + n <= text.words.size();) {
        if (seen.insert(phraseHash(text, i, n)).second) {
            ++i;
        } else {
            repeated += phraseLength(text, i, n) - std::int64_t(n) + 1; // words without spaces
            i += n;
        }
    }
    return share(repeated, text.characters.size());
}

RepeatedParts repeatedParts(std::string_view text, std::string_view separator) {
    std::unordered_set<std::string_view> seen;
    std::int64_t parts = 0;
    std::int64_t repeated = 0;
    std::int64_t repeatedCharacters = 0;
    std::string_view rest = text;
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(separator), rest.size());
        std::string_view part = rest.substr(0, end);
        while (!part.empty() && isSpace(static_cast<unsigned char>(part.front())))
            part.remove_prefix(1);
        while (!part.empty() && isSpace(static_cast<unsigned char>(part.back())))
            part.remove_suffix(1);
        if (!part.empty()) {
            ++parts;
            if (!seen.insert(part).second) {
                ++repeated;
                repeatedCharacters += codePoints(part);
            }
        }
        rest.remove_prefix(std::min(end + separator.size(), rest.size()));
    }
    return {share(repeated, std::size_t(parts)),
        share(repeatedCharacters, std::size_t(codePoints(text)))};
}

double linkShare(const MeasuredText& text) {
    std::int64_t inLinks = 0;
    for (const std::string_view word : text.words) {
        const std::size_t begin = std::min(word.find("http://"), word.find("https://"));
        if (begin != std::string_view::npos)
            inLinks += codePoints(word.substr(begin));
    }
    return share(inLinks, text.characters.size());
}

double meanWordLength(const MeasuredText& text) {
    return share(std::int64_t(text.characters.size()) - text.spaces, text.words.size());
}

} // namespace assay
