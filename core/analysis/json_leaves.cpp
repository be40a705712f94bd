#include "core/analysis/json_leaves.h"

namespace assay {

namespace {

/// Walks a text that is known to be valid JSON; nlohmann does not tell where a value stands.
class LeafWalker {
public:
    explicit LeafWalker(std::string_view text)
        : m_text(text) { }

    std::vector<JsonLeaf> walk() {
        skipSpace();
        value({});
        return std::move(m_leaves);
    }

private:
    // Deeper texts are treated as plain text by jsonLeaves, so the recursion is bounded.
    void value(const std::string& pointer) {
        const char first = m_text[m_at];
        if (first != '{' && first != '[') {
            leaf(pointer, scalarEnd());
            return;
        }
        const std::size_t begin = m_at;
        const char close = first == '{' ? '}' : ']';
        ++m_at;
        skipSpace();
        if (m_text[m_at] == close) {
            m_at = begin;
            leaf(pointer, m_text.find(close, begin) + 1);
            return;
        }
        for (std::size_t index = 0;; ++index) {
            std::string step = "/" + std::to_string(index);
            if (first == '{') {
                const std::size_t end = stringEnd(m_at);
                step = "/"
                    + escaped(Json::parse(m_text.substr(m_at, end - m_at)).get<std::string>());
                m_at = end;
                skipSpace();
                ++m_at; // the colon
                skipSpace();
            }
            value(pointer + step);
            skipSpace();
            if (m_text[m_at++] == close)
                return;
            skipSpace();
        }
    }

    void leaf(const std::string& pointer, std::size_t end) {
        m_leaves.push_back({pointer, {std::int64_t(m_at), std::int64_t(end)},
            Json::parse(m_text.substr(m_at, end - m_at))});
        m_at = end;
    }

    std::size_t stringEnd(std::size_t at) const {
        for (++at; m_text[at] != '"'; ++at)
            if (m_text[at] == '\\')
                ++at;
        return at + 1;
    }
    std::size_t scalarEnd() const {
        if (m_text[m_at] == '"')
            return stringEnd(m_at);
        return std::min(m_text.find_first_of(" \t\r\n,]}", m_at), m_text.size());
    }
    void skipSpace() { m_at = std::min(m_text.find_first_not_of(" \t\r\n", m_at), m_text.size()); }

    static std::string escaped(const std::string& key) {
        std::string out;
        for (char c : key)
            out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
        return out;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::vector<JsonLeaf> m_leaves;
};

bool tooDeep(std::string_view text) {
    constexpr int deepest = 200;
    int depth = 0;
    for (char c : text) {
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        if (depth > deepest)
            return true;
    }
    return false;
}

} // namespace

std::optional<std::vector<JsonLeaf>> jsonLeaves(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos || (text[first] != '{' && text[first] != '[')
        || tooDeep(text) || !Json::accept(text))
        return std::nullopt;
    return LeafWalker(text).walk();
}

} // namespace assay
