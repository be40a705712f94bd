#pragma once

#include "core/text/jinja/syntax.h"

#include <algorithm>

namespace assay::jinja {

/// Deeper expressions and blocks are refused: the parser and the evaluator call themselves.
constexpr int deepestSyntax = 150;

/// A place in the tokens of a template, and what parsers ask and take there.
class TokenReader {
public:
    explicit TokenReader(std::string_view source)
        : m_tokens(tokensOf(source)) { }

protected:
    struct Deeper {
        explicit Deeper(TokenReader& reader)
            : m_reader(reader) {
            if (++reader.m_depth > deepestSyntax)
                reader.fail("this is nested too deeply");
        }
        ~Deeper() { --m_reader.m_depth; }
        Deeper(const Deeper&) = delete;
        Deeper& operator=(const Deeper&) = delete;
        TokenReader& m_reader;
    };

    const Token& now() const { return m_tokens[m_at]; }
    const Token& ahead() const { return m_tokens[std::min(m_at + 1, m_tokens.size() - 1)]; }
    Token take() {
        Token token = now();
        if (token.kind != TokenKind::End)
            ++m_at;
        return token;
    }
    [[noreturn]] void fail(std::string reason) const {
        throw Failure{std::move(reason), now().line, now().column};
    }
    bool is(const char* op) const { return now().kind == TokenKind::Operator && now().text == op; }
    bool isWord(const char* name) const {
        return now().kind == TokenKind::Name && now().text == name;
    }
    bool skip(const char* op) {
        if (!is(op))
            return false;
        take();
        return true;
    }
    bool skipWord(const char* name) {
        if (!isWord(name))
            return false;
        take();
        return true;
    }
    void expect(const char* op) {
        if (!skip(op))
            fail(std::string("a ") + op + " is missing" + found());
    }
    void expectWord(const char* name) {
        if (!skipWord(name))
            fail(std::string("the word ") + name + " is missing" + found());
    }
    std::string found() const {
        return now().text.empty() || now().kind == TokenKind::Text ? std::string()
                                                                   : " before " + now().text;
    }
    void endBlock() {
        if (now().kind != TokenKind::BlockEnd)
            fail("the block should end here" + found());
        take();
    }
    std::string name() {
        if (now().kind != TokenKind::Name)
            fail("a name is missing" + found());
        return take().text;
    }

private:
    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
};

} // namespace assay::jinja
