#include "core/text/split/gpt_split.h"

#include "core/text/split/char_class.h"

namespace assay {

namespace {

constexpr std::string_view gpt2Expression
    = R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";
constexpr std::string_view llama3Expression
    = R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";
constexpr std::string_view qwen2Expression
    = R"((?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+)";

constexpr std::uint8_t notSign = CharLetter | CharNumber | CharSpace;

class Scanner {
public:
    Scanner(const GptPattern& pattern, const unsigned char* classes, const char* end)
        : m_pattern(pattern)
        , m_classes(classes)
        , m_end(end) { }

    const char* wordEnd(const char* at) const {
        if (*at == '\'')
            if (const char* end = contraction(at))
                return end;
        const CharAt first = charAt(at);
        const std::uint8_t kind = m_classes[first.codePoint];
        const char* next = at + first.size;
        if (kind & CharLetter)
            return runOf(CharLetter, next);
        const bool mayLead
            = m_pattern.anyLead ? !(kind & CharNumber) && *at != '\r' && *at != '\n' : *at == ' ';
        const std::uint8_t nextKind
            = next < m_end ? m_classes[charAt(next).codePoint] : std::uint8_t(CharSpace);
        if (mayLead && (nextKind & CharLetter))
            return runOf(CharLetter, next);
        if (kind & CharNumber)
            return number(next);
        if (*at == ' ') {
            if ((nextKind & CharNumber) && m_pattern.maxDigits == 0)
                return runOf(CharNumber, next);
            if (!(nextKind & notSign))
                return signs(next);
        }
        return kind & CharSpace ? space(at) : signs(next);
    }

private:
    const char* contraction(const char* at) const {
        const auto left = m_end - at;
        if (left < 2)
            return nullptr;
        const auto lower = [this](char c) {
            return m_pattern.contractionsOfAnyCase && c >= 'A' && c <= 'Z' ? char(c + 32) : c;
        };
        const char a = lower(at[1]);
        if (a == 's' || a == 't' || a == 'm' || a == 'd')
            return at + 2;
        if (left < 3)
            return nullptr;
        const char b = lower(at[2]);
        if (((a == 'r' || a == 'v') && b == 'e') || (a == 'l' && b == 'l'))
            return at + 3;
        // The long s is an s to a pattern that ignores case.
        if (m_pattern.contractionsOfAnyCase && at[1] == '\xc5' && at[2] == '\xbf')
            return at + 3;
        return nullptr;
    }

    const char* runOf(std::uint8_t mask, const char* at) const {
        while (at < m_end) {
            const CharAt c = charAt(at);
            if (!(m_classes[c.codePoint] & mask))
                break;
            at += c.size;
        }
        return at;
    }

    const char* number(const char* at) const {
        if (m_pattern.maxDigits == 0)
            return runOf(CharNumber, at);
        for (int digits = 1; digits < m_pattern.maxDigits && at < m_end; ++digits) {
            const CharAt c = charAt(at);
            if (!(m_classes[c.codePoint] & CharNumber))
                break;
            at += c.size;
        }
        return at;
    }

    const char* signs(const char* at) const {
        while (at < m_end) {
            const CharAt c = charAt(at);
            if (m_classes[c.codePoint] & notSign)
                break;
            at += c.size;
        }
        if (m_pattern.breaksAtLines)
            while (at < m_end && (*at == '\r' || *at == '\n'))
                ++at;
        return at;
    }

    const char* space(const char* at) const {
        const char* end = runOf(CharSpace, at);
        if (m_pattern.breaksAtLines)
            for (const char* last = end; last > at; --last)
                if (last[-1] == '\r' || last[-1] == '\n')
                    return last;
        if (end == m_end)
            return end;
        // The last one goes with what follows.
        const char* last = charBefore(end);
        return last > at ? last : end;
    }

    const GptPattern& m_pattern;
    const unsigned char* m_classes;
    const char* m_end;
};

} // namespace

std::string_view expressionOf(const GptPattern& pattern) {
    if (pattern == gpt2Pattern)
        return gpt2Expression;
    return pattern == llama3Pattern ? llama3Expression : qwen2Expression;
}

std::optional<GptPattern> gptPatternOf(std::string_view expression) {
    for (const GptPattern& pattern : {gpt2Pattern, llama3Pattern, qwen2Pattern})
        if (expressionOf(pattern) == expression)
            return pattern;
    return std::nullopt;
}

const char* gptWordEnd(
    const GptPattern& pattern, const unsigned char* classes, const char* at, const char* end) {
    return Scanner(pattern, classes, end).wordEnd(at);
}

} // namespace assay
