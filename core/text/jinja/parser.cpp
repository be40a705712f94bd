#include "core/text/jinja/expression_parser.h"

#include <set>

namespace assay::jinja {

namespace {

/// Parses the blocks of a template: what stands between its expressions.
class Parser : public ExpressionParser {
public:
    using ExpressionParser::ExpressionParser;

    Block run() {
        std::string end;
        Block block = statements({}, end);
        return block;
    }

private:
    /// Up to a block that begins with one of `ends`, which is left in `end`, its tag still open.
    Block statements(const std::set<std::string>& ends, std::string& end) {
        const Deeper deeper(*this);
        Block block;
        for (;;) {
            const Token token = now();
            startExpressions();
            if (token.kind == TokenKind::End) {
                if (!ends.empty())
                    fail("the template ends before " + *ends.begin());
                return block;
            }
            take();
            Statement statement;
            statement.line = token.line;
            statement.column = token.column;
            if (token.kind == TokenKind::Text) {
                statement.text = token.text;
            } else if (token.kind == TokenKind::PrintBegin) {
                statement.action = Action::Print;
                statement.value = tuple();
                if (now().kind != TokenKind::PrintEnd)
                    fail("the expression should end here" + found());
                take();
            } else {
                if (now().kind == TokenKind::Name && ends.contains(now().text)) {
                    end = take().text;
                    return block;
                }
                readBlock(statement);
            }
            block.push_back(std::move(statement));
        }
    }
    Block bodyUntil(const char* end) {
        std::string found;
        Block body = statements({end}, found);
        endBlock();
        return body;
    }

    void readBlock(Statement& statement) {
        const Token begin = now();
        const std::string word = name();
        if (word == "if")
            readIf(statement);
        else if (word == "for")
            readFor(statement);
        else if (word == "set")
            readSet(statement);
        else if (word == "macro")
            readMacro(statement);
        else if (word == "call")
            readCall(statement);
        else if (word == "filter")
            readFilterBlock(statement);
        else if (word == "with")
            readWith(statement);
        else if (word == "generation") {
            statement.action = Action::Generation;
            endBlock();
            statement.body = bodyUntil("endgeneration");
        } else if (word == "break" || word == "continue") {
            if (m_loops == 0)
                fail(word + " stands outside of a loop");
            statement.action = word == "break" ? Action::Break : Action::Continue;
            endBlock();
        } else {
            throw Failure{"there is no block " + word + " here", begin.line, begin.column};
        }
    }

    void readIf(Statement& statement) {
        statement.action = Action::If;
        statement.value = tuple();
        endBlock();
        std::string end;
        statement.body = statements({"elif", "else", "endif"}, end);
        if (end == "elif") {
            const Deeper deeper(*this);
            Statement& next = statement.otherwise.emplace_back();
            next.line = now().line;
            next.column = now().column;
            readIf(next); // takes the endif
            return;
        }
        endBlock();
        if (end == "else")
            statement.otherwise = bodyUntil("endif");
    }

    void readFor(Statement& statement) {
        statement.action = Action::For;
        statement.names = targets();
        expectWord("in");
        statement.value = tupleNoCondition();
        if (skipWord("if"))
            statement.condition = expression();
        if (isWord("recursive"))
            fail("loops that call themselves (recursive) are not supported");
        endBlock();
        ++m_loops;
        std::string end;
        statement.body = statements({"else", "endfor"}, end);
        --m_loops;
        endBlock();
        if (end == "else")
            statement.otherwise = bodyUntil("endfor");
    }

    std::vector<std::string> targets() {
        std::vector<std::string> names;
        const bool brackets = skip("(");
        do {
            if (now().kind != TokenKind::Name || isWord("in"))
                break;
            names.push_back(name());
        } while (skip(","));
        if (brackets)
            expect(")");
        if (names.empty())
            fail("a name is missing" + found());
        return names;
    }

    void readSet(Statement& statement) {
        statement.action = Action::Set;
        statement.names = targets();
        if (statement.names.size() == 1 && skip("."))
            statement.attribute = name();
        if (skip("=")) {
            statement.value = tuple();
            endBlock();
            return;
        }
        statement.action = Action::SetBlock;
        if (is("|"))
            statement.value = filters(blockPlaceholder());
        endBlock();
        statement.body = bodyUntil("endset");
    }

    ExpressionPtr blockPlaceholder() const {
        ExpressionPtr placeholder = node(Op::Name);
        placeholder->name = blockText;
        return placeholder;
    }

    void parameters(Statement& statement) {
        while (!skip(")")) {
            if (!statement.names.empty())
                expect(",");
            if (skip(")"))
                return;
            statement.names.push_back(name());
            if (skip("="))
                statement.defaults.push_back(expression());
            else if (!statement.defaults.empty())
                fail("a parameter without a value follows one with a value");
        }
    }

    void readMacro(Statement& statement) {
        statement.action = Action::Macro;
        statement.text = name();
        expect("(");
        parameters(statement);
        endBlock();
        statement.body = functionBody("endmacro");
    }

    /// A loop around it is not the body's own.
    Block functionBody(const char* end) {
        const int loops = std::exchange(m_loops, 0);
        Block body = bodyUntil(end);
        m_loops = loops;
        return body;
    }

    void readCall(Statement& statement) {
        statement.action = Action::CallBlock;
        if (skip("("))
            parameters(statement);
        statement.value = expression();
        if (statement.value->op != Op::Call)
            fail("a call block needs a call");
        endBlock();
        statement.body = functionBody("endcall");
    }

    void readFilterBlock(Statement& statement) {
        statement.action = Action::FilterBlock;
        statement.value = filters(blockPlaceholder(), true);
        endBlock();
        statement.body = bodyUntil("endfilter");
    }

    void readWith(Statement& statement) {
        statement.action = Action::With;
        while (now().kind != TokenKind::BlockEnd) {
            if (!statement.names.empty())
                expect(",");
            statement.names.push_back(name());
            expect("=");
            statement.defaults.push_back(expression());
        }
        endBlock();
        statement.body = bodyUntil("endwith");
    }

    int m_loops = 0;
};

} // namespace

Block parse(std::string_view source) {
    return Parser(source).run();
}

} // namespace assay::jinja
