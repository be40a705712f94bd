#include "core/corpus/corpus_text.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <cstdlib>
#include <utf8proc.h>

namespace assay {

namespace {

bool isAsciiSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool isAscii(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}

/// Bytes of the white space character at the start, or 0.
std::size_t spaceLength(std::string_view text) {
    if (isAsciiSpace(text.front()))
        return 1;
    // Only these sequences begin characters of white space outside ASCII: spare the rest a look-up.
    const auto lead = static_cast<unsigned char>(text.front());
    if (lead != 0xC2 && lead != 0xE1 && lead != 0xE2 && lead != 0xE3)
        return 0;
    const std::size_t length = utf8SequenceLength(text);
    if (length == 0)
        return 0;
    const char32_t c = utf8CodePoint(text);
    const bool space = c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A)
        || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
    return space ? length : 0;
}

/// NFC of a part without ASCII; what cannot change is not asked for.
void appendComposed(std::string& out, std::string_view part) {
    utf8proc_uint8_t* mapped = nullptr;
    const utf8proc_ssize_t size = utf8proc_map(
        reinterpret_cast<const utf8proc_uint8_t*>(part.data()), utf8proc_ssize_t(part.size()),
        &mapped, utf8proc_option_t(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    if (size < 0)
        out += part;
    else
        out.append(reinterpret_cast<const char*>(mapped), std::size_t(size));
    std::free(mapped);
}

/// Characters that composition leaves alone beside each other: CJK ideographs and punctuation,
/// full-width forms.
bool neverComposes(std::string_view text, std::size_t length) {
    if (length != 3)
        return false;
    const char32_t c = utf8CodePoint(text);
    return (c >= 0x2010 && c <= 0x2027) || (c >= 0x3001 && c <= 0x3029)
        || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xFF00 && c <= 0xFFEF);
}

} // namespace

std::string corpusText(std::string_view text, std::vector<LineMark>* marks, std::uint32_t line) {
    std::string out;
    out.reserve(text.size());
    if (marks)
        marks->push_back({0, line});
    bool space = false;
    std::size_t at = 0;
    const auto beginCharacter = [&] {
        if (space && !out.empty())
            out += ' ';
        space = false;
    };
    while (at < text.size()) {
        const char c = text[at];
        if (c == '\n' && marks)
            // The first byte of the next line follows the space that stands for this break.
            marks->push_back({std::uint32_t(out.size() + (out.empty() ? 0 : 1)), ++line});
        if (isAscii(c) && !isAsciiSpace(c) && c != '\0') {
            // A run of ASCII; its last character may take a mark that follows.
            std::size_t end = at + 1;
            while (end < text.size() && isAscii(text[end]) && !isAsciiSpace(text[end])
                && text[end] != '\0')
                ++end;
            const bool markFollows
                = end < text.size() && static_cast<unsigned char>(text[end]) >= 0xCC && end > at;
            beginCharacter();
            const std::size_t plain = markFollows ? end - 1 : end;
            out += text.substr(at, plain - at);
            at = plain;
            if (!markFollows)
                continue;
        } else if (const std::size_t length = spaceLength(text.substr(at)); length > 0) {
            space = true;
            at += length;
            continue;
        }
        // From here to the next white space, bad byte or plain ASCII: composed as one part.
        std::size_t end = at;
        bool plain = true;
        while (end < text.size()) {
            const std::string_view rest = text.substr(end);
            if (isAscii(rest.front())) {
                if (end > at || isAsciiSpace(rest.front()) || rest.front() == '\0')
                    break;
                plain = false;
                ++end;
                continue;
            }
            const std::size_t length = utf8SequenceLength(rest);
            if (length == 0 || spaceLength(rest) > 0)
                break;
            plain = plain && neverComposes(rest, length);
            end += length;
        }
        beginCharacter();
        if (end == at) {
            out += "\xEF\xBF\xBD";
            ++at;
            continue;
        }
        if (plain)
            out += text.substr(at, end - at);
        else
            appendComposed(out, text.substr(at, end - at));
        at = end;
    }
    return out;
}

std::string corpusPhrase(std::string_view phrase) {
    std::string out = corpusText(phrase);
    if (out.empty())
        return out;
    if (spaceLength(phrase) > 0)
        out.insert(out.begin(), ' ');
    // The last character may be white space of several bytes.
    std::size_t last = phrase.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(phrase[last]) & 0xC0U) == 0x80)
        --last;
    if (spaceLength(phrase.substr(last)) > 0)
        out += ' ';
    return out;
}

void WordCounter::advance(std::size_t to) {
    to = std::min(to, m_text.size());
    while (m_at < to) {
        const char c = m_text[m_at];
        if (c == ' ') {
            m_inWord = false;
            ++m_at;
            continue;
        }
        const std::size_t length
            = isAscii(c) ? 1 : std::max<std::size_t>(1, utf8SequenceLength(m_text.substr(m_at)));
        const bool alone = length == 3 && isCjk(utf8CodePoint(m_text.substr(m_at)));
        if (alone || !m_inWord)
            ++m_begun;
        m_inWord = !alone;
        m_at += length;
    }
}

std::uint32_t WordCounter::wordAt(std::size_t position) {
    // The word of a byte is known when its own character has been taken.
    advance(position + 1);
    return m_begun > 0 ? m_begun - 1 : 0;
}

std::uint32_t WordCounter::total() {
    advance(m_text.size());
    return m_begun;
}

std::uint32_t countWords(std::string_view corpusText) {
    return WordCounter(corpusText).total();
}

} // namespace assay
