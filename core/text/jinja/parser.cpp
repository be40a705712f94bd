#include "core/text/jinja/syntax.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace assay::jinja {

namespace {

/// Deeper expressions and blocks are refused: the parser and the evaluator call themselves.
constexpr int deepestSyntax = 150;
/// Longer expressions are refused: sums hang on each other in a tree as deep as they are long.
constexpr int longestExpression = 5000;

class Parser {
public:
    explicit Parser(std::string_view source)
        : m_tokens(tokensOf(source)) { }

    Block run() {
        std::string end;
        Block block = statements({}, end);
        return block;
    }

private:
    struct Deeper {
        explicit Deeper(Parser& parser)
            : m_parser(parser) {
            if (++parser.m_depth > deepestSyntax)
                parser.fail("this is nested too deeply");
        }
        ~Deeper() { --m_parser.m_depth; }
        Deeper(const Deeper&) = delete;
        Deeper& operator=(const Deeper&) = delete;
        Parser& m_parser;
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
    ExpressionPtr node(Op op) const {
        auto expression = std::make_unique<Expression>();
        expression->op = op;
        expression->line = now().line;
        expression->column = now().column;
        return expression;
    }
    ExpressionPtr node(Op op, ExpressionPtr first) {
        if (++m_length > longestExpression)
            fail("this expression is too long");
        auto expression = node(op);
        expression->line = first->line;
        expression->column = first->column;
        expression->parts.push_back(std::move(first));
        return expression;
    }

    /// Up to a block that begins with one of `ends`, which is left in `end`, its tag still open.
    Block statements(const std::set<std::string>& ends, std::string& end) {
        const Deeper deeper(*this);
        Block block;
        for (;;) {
            const Token token = now();
            m_length = 0;
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

    bool endsTuple() const {
        return now().kind == TokenKind::PrintEnd || now().kind == TokenKind::BlockEnd || is(")")
            || isWord("in");
    }
    ExpressionPtr tuple() {
        return tupleOf([this] { return expression(); });
    }
    ExpressionPtr tupleNoCondition() {
        return tupleOf([this] { return disjunction(); });
    }
    template <class F> ExpressionPtr tupleOf(F element) {
        ExpressionPtr first = element();
        if (!is(","))
            return first;
        ExpressionPtr all = node(Op::Tuple, std::move(first));
        while (skip(",")) {
            if (endsTuple())
                break;
            all->parts.push_back(element());
        }
        return all;
    }

    ExpressionPtr expression() {
        const Deeper deeper(*this);
        ExpressionPtr value = disjunction();
        while (skipWord("if")) {
            value = node(Op::Condition, std::move(value));
            value->parts.push_back(disjunction());
            value->parts.push_back(skipWord("else") ? expression() : nullptr);
        }
        return value;
    }
    ExpressionPtr disjunction() {
        ExpressionPtr left = conjunction();
        while (skipWord("or")) {
            left = node(Op::Or, std::move(left));
            left->parts.push_back(conjunction());
        }
        return left;
    }
    ExpressionPtr conjunction() {
        ExpressionPtr left = negation();
        while (skipWord("and")) {
            left = node(Op::And, std::move(left));
            left->parts.push_back(negation());
        }
        return left;
    }
    ExpressionPtr negation() {
        const Deeper deeper(*this);
        if (!isWord("not"))
            return comparison();
        ExpressionPtr result = node(Op::Not);
        take();
        result->parts.push_back(negation());
        return result;
    }
    ExpressionPtr comparison() {
        ExpressionPtr left = sum();
        ExpressionPtr all;
        for (;;) {
            std::string op;
            for (const char* one : {"==", "!=", "<", "<=", ">", ">="})
                if (is(one))
                    op = one;
            if (isWord("in"))
                op = "in";
            else if (isWord("not") && ahead().kind == TokenKind::Name && ahead().text == "in") {
                take();
                op = "not in";
            }
            if (op.empty())
                return all ? std::move(all) : std::move(left);
            take();
            if (!all)
                all = node(Op::Compare, std::move(left));
            all->operators.push_back(op);
            all->parts.push_back(sum());
        }
    }
    ExpressionPtr sum() {
        ExpressionPtr left = joined();
        while (is("+") || is("-")) {
            left = node(take().text == "+" ? Op::Add : Op::Subtract, std::move(left));
            left->parts.push_back(joined());
        }
        return left;
    }
    ExpressionPtr joined() {
        ExpressionPtr left = product();
        if (!is("~"))
            return left;
        left = node(Op::Join, std::move(left));
        while (skip("~"))
            left->parts.push_back(product());
        return left;
    }
    ExpressionPtr product() {
        ExpressionPtr left = power();
        while (is("*") || is("/") || is("//") || is("%")) {
            const std::string op = take().text;
            left = node(op == "*" ? Op::Multiply
                    : op == "/"   ? Op::Divide
                    : op == "%"   ? Op::Remainder
                                  : Op::FloorDivide,
                std::move(left));
            left->parts.push_back(power());
        }
        return left;
    }
    ExpressionPtr power() {
        ExpressionPtr left = unary(true);
        while (skip("**")) {
            left = node(Op::Power, std::move(left));
            left->parts.push_back(unary(true));
        }
        return left;
    }
    ExpressionPtr unary(bool withFilters) {
        const Deeper deeper(*this);
        ExpressionPtr value;
        if (is("-")) {
            value = node(Op::Negative);
            take();
            value->parts.push_back(unary(false));
        } else if (skip("+")) {
            value = unary(false);
        } else {
            value = postfix(primary());
        }
        return withFilters ? filters(std::move(value)) : std::move(value);
    }

    ExpressionPtr primary() {
        const Token token = now();
        ExpressionPtr value = node(Op::Literal);
        switch (token.kind) {
        case TokenKind::Name:
            take();
            if (token.text == "true" || token.text == "True" || token.text == "false"
                || token.text == "False")
                value->literal = Value(token.text == "true" || token.text == "True");
            else if (token.text == "none" || token.text == "None")
                value->literal = Value::None{};
            else {
                value->op = Op::Name;
                value->name = token.text;
            }
            return value;
        case TokenKind::String: {
            std::string text;
            while (now().kind == TokenKind::String)
                text += take().text;
            value->literal = Value::text(std::move(text));
            return value;
        }
        case TokenKind::Integer: {
            take();
            std::int64_t number = 0;
            if (std::from_chars(token.text.data(), token.text.data() + token.text.size(), number).ec
                != std::errc())
                throw Failure{"the number is too large", token.line, token.column};
            value->literal = Value(number);
            return value;
        }
        case TokenKind::Float: {
            take();
            double number = 0;
            std::from_chars(token.text.data(), token.text.data() + token.text.size(), number);
            value->literal = Value(number);
            return value;
        }
        default:
            break;
        }
        if (skip("(")) {
            if (skip(")")) {
                value->op = Op::Tuple;
                return value;
            }
            ExpressionPtr inner = tuple();
            expect(")");
            return inner;
        }
        if (skip("[")) {
            value->op = Op::List;
            while (!skip("]")) {
                if (!value->parts.empty()) {
                    expect(",");
                    if (skip("]"))
                        break;
                }
                value->parts.push_back(expression());
            }
            return value;
        }
        if (skip("{")) {
            value->op = Op::Dict;
            while (!skip("}")) {
                if (!value->parts.empty()) {
                    expect(",");
                    if (skip("}"))
                        break;
                }
                value->parts.push_back(expression());
                expect(":");
                value->parts.push_back(expression());
            }
            return value;
        }
        fail("a value is missing" + found());
    }

    ExpressionPtr postfix(ExpressionPtr value) {
        for (int length = 0;; ++length) {
            if (length > deepestSyntax)
                fail("this chain of attributes is too long");
            if (skip(".")) {
                const Token token = take();
                if (token.kind == TokenKind::Name) {
                    value = node(Op::Attribute, std::move(value));
                    value->name = token.text;
                } else if (token.kind == TokenKind::Integer) {
                    value = node(Op::Item, std::move(value));
                    auto index = node(Op::Literal);
                    index->literal = Value(std::int64_t(std::atoll(token.text.c_str())));
                    value->parts.push_back(std::move(index));
                } else {
                    fail("a name is missing behind the dot");
                }
            } else if (skip("[")) {
                value = subscript(std::move(value));
            } else if (is("(")) {
                value = node(Op::Call, std::move(value));
                arguments(*value);
            } else {
                return value;
            }
        }
    }

    ExpressionPtr subscript(ExpressionPtr target) {
        ExpressionPtr bounds[3];
        int colons = 0;
        while (!is("]")) {
            if (skip(":")) {
                if (++colons > 2)
                    fail("a slice has two colons at most");
                continue;
            }
            if (bounds[colons])
                fail("a ] is missing" + found());
            bounds[colons] = expression();
        }
        take();
        if (colons == 0 && !bounds[0])
            fail("an index is missing");
        ExpressionPtr value = node(colons > 0 ? Op::Slice : Op::Item, std::move(target));
        for (int i = 0; i < (colons > 0 ? 3 : 1); ++i)
            value->parts.push_back(std::move(bounds[i]));
        return value;
    }

    void arguments(Expression& call) {
        expect("(");
        for (bool first = true; !skip(")"); first = false) {
            if (!first) {
                expect(",");
                if (skip(")"))
                    return;
            }
            if (is("*") || is("**"))
                fail("unpacked arguments are not supported");
            std::string argument;
            if (now().kind == TokenKind::Name && ahead().kind == TokenKind::Operator
                && ahead().text == "=") {
                argument = take().text;
                take();
            } else if (!call.argumentNames.empty() && !call.argumentNames.back().empty()) {
                fail("an argument without a name follows one with a name");
            }
            call.argumentNames.push_back(argument);
            call.parts.push_back(expression());
        }
    }

    /// `bare` is for a filter block, whose first filter has no bar in front.
    ExpressionPtr filters(ExpressionPtr value, bool bare = false) {
        for (int length = 0;; ++length) {
            if (length > deepestSyntax)
                fail("this chain of filters is too long");
            if (bare || skip("|")) {
                bare = false;
                const Token token = now();
                value = node(Op::Filter, std::move(value));
                value->line = token.line;
                value->column = token.column;
                value->name = name();
                if (!isFilter(value->name))
                    throw Failure{"there is no filter " + value->name, token.line, token.column};
                if (is("("))
                    arguments(*value);
            } else if (isWord("is")) {
                value = test(std::move(value));
            } else if (is("(")) {
                value = node(Op::Call, std::move(value));
                arguments(*value);
            } else {
                return value;
            }
        }
    }

    ExpressionPtr test(ExpressionPtr value) {
        take();
        value = node(Op::Test, std::move(value));
        value->negated = skipWord("not");
        const Token token = now();
        value->name = is("==") || is("!=") ? take().text : name();
        if (!isTest(value->name))
            throw Failure{"there is no test " + value->name, token.line, token.column};
        if (is("(")) {
            arguments(*value);
            return value;
        }
        const bool word = now().kind == TokenKind::Name;
        if (now().kind == TokenKind::String || now().kind == TokenKind::Integer
            || now().kind == TokenKind::Float || is("[") || is("{")
            || (word && !isWord("else") && !isWord("or") && !isWord("and") && !isWord("if")
                && !isWord("is") && !isWord("not") && !isWord("in"))) {
            value->argumentNames.emplace_back();
            value->parts.push_back(postfix(primary()));
        }
        return value;
    }

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
    int m_length = 0; ///< of the expressions of this block
    int m_loops = 0;
};

} // namespace

Block parse(std::string_view source) {
    return Parser(source).run();
}

} // namespace assay::jinja
