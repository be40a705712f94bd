#include "core/text/added_tokens.h"

#include "core/text/split/char_class.h"

#include <algorithm>

namespace assay {

namespace {

bool isSpaceAt(std::string_view text, std::size_t at) {
    return charClasses()[charAt(text.data() + at).codePoint] & CharSpace;
}

bool isWordAt(std::string_view text, std::size_t at) {
    return isWordChar(charClasses()[charAt(text.data() + at).codePoint]);
}

std::size_t before(std::string_view text, std::size_t at) {
    return std::size_t(charBefore(text.data() + at) - text.data());
}

bool standsApart(std::string_view text, std::size_t begin, std::size_t end) {
    return (begin == 0 || !isWordAt(text, before(text, begin)))
        && (end == text.size() || !isWordAt(text, end));
}

} // namespace

void AddedTokenFinder::add(const AddedTokenRule& rule) {
    if (rule.content.empty())
        return;
    m_begins[static_cast<unsigned char>(rule.content[0])] = true;
    const auto place = std::upper_bound(
        m_rules.begin(), m_rules.end(), rule, [](const AddedTokenRule& a, const AddedTokenRule& b) {
            return a.content.size() > b.content.size();
        });
    m_rules.insert(place, rule);
}

std::vector<AddedMatch> AddedTokenFinder::find(std::string_view text) const {
    std::vector<AddedMatch> matches;
    if (m_rules.empty())
        return matches;
    std::size_t taken = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (!m_begins[static_cast<unsigned char>(text[at])]) {
            ++at;
            continue;
        }
        const auto rule = std::find_if(m_rules.begin(), m_rules.end(),
            [&](const auto& one) { return text.substr(at).starts_with(one.content); });
        if (rule == m_rules.end()) {
            ++at;
            continue;
        }
        AddedMatch match{rule->id, at, at + rule->content.size()};
        at = match.end;
        if (rule->singleWord && !standsApart(text, match.begin, match.end))
            continue;
        if (rule->stripLeft)
            while (match.begin > taken && isSpaceAt(text, before(text, match.begin)))
                match.begin = before(text, match.begin);
        if (rule->stripRight)
            while (match.end < text.size() && isSpaceAt(text, match.end))
                match.end += charAt(text.data() + match.end).size;
        at = taken = match.end;
        matches.push_back(match);
    }
    return matches;
}

} // namespace assay
