#include "core/base/utf8.h"
#include "core/text/jinja/syntax.h"

#include <algorithm>
#include <array>

namespace assay::jinja {

namespace {

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'
        || static_cast<unsigned char>(c) >= 0x80;
}

/// Line breaks become \n, and one at the very end is not part of the template.
std::string unified(std::string_view source) {
    std::string text;
    for (std::size_t i = 0; i < source.size(); ++i) {
        if (source[i] == '\r') {
            text += '\n';
            i += i + 1 < source.size() && source[i + 1] == '\n' ? 1 : 0;
        } else {
            text += source[i];
        }
    }
    if (text.ends_with('\n'))
        text.pop_back();
    return text;
}

class Lexer {
public:
    explicit Lexer(std::string_view source)
        : m_text(unified(source)) { }

    std::vector<Token> run() {
        while (m_at < m_text.size())
            nextStretch();
        add(TokenKind::End, {});
        return std::move(m_tokens);
    }

private:
    [[noreturn]] void fail(std::string reason) const {
        throw Failure{std::move(reason), m_line, column()};
    }
    int column() const { return int(m_at - m_lineStart) + 1; }
    void add(TokenKind kind, std::string text) {
        m_tokens.push_back({kind, std::move(text), m_line, column()});
    }
    void advance(std::size_t count) {
        for (; count > 0 && m_at < m_text.size(); --count, ++m_at)
            if (m_text[m_at] == '\n') {
                ++m_line;
                m_lineStart = m_at + 1;
            }
    }
    bool startsWith(std::string_view mark) const {
        return std::string_view(m_text).substr(m_at).starts_with(mark);
    }

    /// Text up to the next mark, and what the mark begins.
    void nextStretch() {
        std::size_t mark = m_at;
        while ((mark = m_text.find('{', mark)) != std::string::npos
            && (mark + 1 >= m_text.size()
                || (m_text[mark + 1] != '{' && m_text[mark + 1] != '%' && m_text[mark + 1] != '#')))
            ++mark;
        if (mark == std::string::npos) {
            addText(m_text.substr(m_at));
            advance(m_text.size() - m_at);
            return;
        }
        const char kind = m_text[mark + 1];
        const char sign = mark + 2 < m_text.size() ? m_text[mark + 2] : ' ';
        std::string text = m_text.substr(m_at, mark - m_at);
        if (sign == '-') {
            while (!text.empty() && isSpace(text.back()))
                text.pop_back();
        } else if (sign != '+' && kind != '{') {
            // White space between the start of the line and a block goes.
            const std::size_t lineStart = text.rfind('\n') + 1; // npos + 1 is 0
            if ((lineStart > 0 || m_lineStarting)
                && std::all_of(text.begin() + std::ptrdiff_t(lineStart), text.end(), isSpace))
                text.resize(lineStart);
        }
        addText(std::move(text));
        advance(mark - m_at);
        const std::size_t opening = sign == '-' || (sign == '+' && kind != '{') ? 3 : 2;
        if (kind == '#')
            skipComment(opening);
        else if (kind == '%' && isRaw(opening))
            readRaw();
        else
            readCode(kind, opening);
    }

    void addText(std::string text) {
        if (!text.empty())
            add(TokenKind::Text, std::move(text));
    }

    /// Behind the end of a tag: "-" takes all white space, a block's end one line break.
    void closeTag(char sign, bool trimsBreak) {
        const std::size_t begin = m_at;
        if (sign == '-') {
            while (m_at < m_text.size() && isSpace(m_text[m_at]))
                advance(1);
        } else if (sign != '+' && trimsBreak && startsWith("\n")) {
            advance(1);
        }
        m_lineStarting = m_at > begin && m_text[m_at - 1] == '\n';
    }

    void skipComment(std::size_t opening) {
        const std::size_t end = m_text.find("#}", m_at + opening);
        if (end == std::string::npos)
            fail("a comment has no end");
        const char sign = end > m_at + opening || opening == 3 ? m_text[end - 1] : ' ';
        advance(end + 2 - m_at);
        closeTag(sign, true);
    }

    bool isRaw(std::size_t opening) const {
        std::size_t at = m_at + opening;
        while (at < m_text.size() && isSpace(m_text[at]))
            ++at;
        if (m_text.compare(at, 3, "raw") != 0)
            return false;
        at += 3;
        while (at < m_text.size() && isSpace(m_text[at]))
            ++at;
        return m_text.compare(at, 2, "%}") == 0 || m_text.compare(at, 3, "-%}") == 0;
    }

    void readRaw() {
        const std::size_t close = m_text.find("%}", m_at);
        const char sign = m_text[close - 1];
        advance(close + 2 - m_at);
        closeTag(sign, true);
        for (std::size_t begin = m_at; (begin = m_text.find("{%", begin)) != std::string::npos;
             begin += 2) {
            std::size_t at = begin + 2;
            const bool strips = at < m_text.size() && m_text[at] == '-';
            while (at < m_text.size() && (isSpace(m_text[at]) || m_text[at] == '-'))
                ++at;
            if (m_text.compare(at, 6, "endraw") != 0)
                continue;
            const std::size_t end = m_text.find("%}", at);
            if (end == std::string::npos)
                break;
            std::string text = m_text.substr(m_at, begin - m_at);
            while (strips && !text.empty() && isSpace(text.back()))
                text.pop_back();
            addText(std::move(text));
            const char last = m_text[end - 1];
            advance(end + 2 - m_at);
            closeTag(last, true);
            return;
        }
        fail("a raw block has no end");
    }

    void readCode(char kind, std::size_t opening) {
        const bool print = kind == '{';
        add(print ? TokenKind::PrintBegin : TokenKind::BlockBegin, {});
        advance(opening);
        const std::string_view close = print ? "}}" : "%}";
        int open = 0; // brackets: "}}" ends the tag only outside of them
        for (;;) {
            while (m_at < m_text.size() && isSpace(m_text[m_at]))
                advance(1);
            if (m_at >= m_text.size())
                fail(print ? "an expression has no }}" : "a block has no %}");
            const char c = m_text[m_at];
            const bool signedEnd
                = (c == '-' || (c == '+' && !print)) && m_text.compare(m_at + 1, 2, close) == 0;
            if (open == 0 && (signedEnd || startsWith(close))) {
                add(print ? TokenKind::PrintEnd : TokenKind::BlockEnd, {});
                advance(signedEnd ? 3 : 2);
                closeTag(signedEnd ? c : ' ', !print);
                return;
            }
            if (c == '(' || c == '[' || c == '{')
                ++open;
            else if (c == ')' || c == ']' || c == '}')
                open = std::max(0, open - 1);
            if (isNameStart(c))
                readName();
            else if (isDigit(c))
                readNumber();
            else if (c == '"' || c == '\'')
                readString(c);
            else
                readOperator();
        }
    }

    void readName() {
        std::size_t end = m_at;
        while (end < m_text.size() && (isNameStart(m_text[end]) || isDigit(m_text[end])))
            ++end;
        add(TokenKind::Name, m_text.substr(m_at, end - m_at));
        advance(end - m_at);
    }

    void readNumber() {
        std::size_t end = m_at;
        std::string digits;
        bool whole = true;
        const auto run = [&] {
            for (; end < m_text.size() && (isDigit(m_text[end]) || m_text[end] == '_'); ++end)
                if (m_text[end] != '_')
                    digits += m_text[end];
        };
        run();
        if (end + 1 < m_text.size() && m_text[end] == '.' && isDigit(m_text[end + 1])) {
            whole = false;
            digits += m_text[end++];
            run();
        }
        if (end < m_text.size() && (m_text[end] == 'e' || m_text[end] == 'E')) {
            const std::size_t sign
                = end + 1 < m_text.size() && (m_text[end + 1] == '+' || m_text[end + 1] == '-');
            if (end + 1 + sign < m_text.size() && isDigit(m_text[end + 1 + sign])) {
                whole = false;
                digits += 'e';
                if (sign)
                    digits += m_text[end + 1];
                end += 1 + sign;
                run();
            }
        }
        add(whole ? TokenKind::Integer : TokenKind::Float, digits);
        advance(end - m_at);
    }

    void readString(char mark) {
        std::string text;
        std::size_t at = m_at + 1;
        for (; at < m_text.size() && m_text[at] != mark; ++at) {
            if (m_text[at] != '\\' || at + 1 >= m_text.size()) {
                text += m_text[at];
                continue;
            }
            appendEscape(at, text);
        }
        if (at >= m_text.size())
            fail("a text in quotes has no end");
        add(TokenKind::String, std::move(text));
        advance(at + 1 - m_at);
    }

    /// `at` is at the backslash and is left at the last character used.
    void appendEscape(std::size_t& at, std::string& text) const {
        const char c = m_text[++at];
        static constexpr std::string_view from = "ntrabfv0";
        static constexpr std::string_view to("\n\t\r\a\b\f\v\0", 8);
        if (c == '\n')
            return;
        if (const std::size_t plain = from.find(c); plain != std::string_view::npos) {
            text += to[plain];
            return;
        }
        const std::size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
        const std::string code = m_text.substr(std::min(at + 1, m_text.size()), digits);
        if (digits == 0 || code.size() < digits
            || code.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) {
            if (c != '\\' && c != '\'' && c != '"')
                text += '\\';
            text += c;
            return;
        }
        at += digits;
        auto point = char32_t(std::stoul(code, nullptr, 16));
        // Two halves of a character of the upper planes.
        if (point >= 0xd800 && point < 0xdc00 && m_text.compare(at + 1, 2, "\\u") == 0) {
            const std::string second = m_text.substr(at + 3, 4);
            if (second.size() == 4
                && second.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos) {
                const auto low = char32_t(std::stoul(second, nullptr, 16));
                if (low >= 0xdc00 && low < 0xe000) {
                    point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
                    at += 6;
                }
            }
        }
        appendUtf8(text, point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? 0xfffd : point);
    }

    void readOperator() {
        static constexpr std::array<std::string_view, 6> two{"==", "!=", "<=", ">=", "//", "**"};
        for (const std::string_view one : two)
            if (startsWith(one)) {
                add(TokenKind::Operator, std::string(one));
                advance(2);
                return;
            }
        const char c = m_text[m_at];
        if (std::string_view("+-*/%~<>=.,:|()[]{};").find(c) == std::string_view::npos)
            fail(std::string("the character ") + c + " does not belong here");
        add(TokenKind::Operator, std::string(1, c));
        advance(1);
    }

    std::string m_text;
    std::size_t m_at = 0;
    int m_line = 1;
    std::size_t m_lineStart = 0;
    bool m_lineStarting = true;
    std::vector<Token> m_tokens;
};

} // namespace

std::vector<Token> tokensOf(std::string_view source) {
    return Lexer(source).run();
}

} // namespace assay::jinja
