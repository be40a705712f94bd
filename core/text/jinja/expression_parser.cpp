#include "core/text/jinja/expression_parser.h"

#include <charconv>

namespace assay::jinja {

namespace {

/// Longer expressions are refused: sums hang on each other in a tree as deep as they are long.
constexpr int longestExpression = 5000;

} // namespace

bool ExpressionParser::endsTuple() const {
    return now().kind == TokenKind::PrintEnd || now().kind == TokenKind::BlockEnd || is(")")
        || isWord("in");
}

ExpressionPtr ExpressionParser::tuple() {
    return tupleOf([this] { return expression(); });
}

ExpressionPtr ExpressionParser::tupleNoCondition() {
    return tupleOf([this] { return disjunction(); });
}

ExpressionPtr ExpressionParser::expression() {
    const Deeper deeper(*this);
    ExpressionPtr value = disjunction();
    while (skipWord("if")) {
        value = node(Op::Condition, std::move(value));
        value->parts.push_back(disjunction());
        value->parts.push_back(skipWord("else") ? expression() : nullptr);
    }
    return value;
}

ExpressionPtr ExpressionParser::disjunction() {
    ExpressionPtr left = conjunction();
    while (skipWord("or")) {
        left = node(Op::Or, std::move(left));
        left->parts.push_back(conjunction());
    }
    return left;
}

ExpressionPtr ExpressionParser::conjunction() {
    ExpressionPtr left = negation();
    while (skipWord("and")) {
        left = node(Op::And, std::move(left));
        left->parts.push_back(negation());
    }
    return left;
}

ExpressionPtr ExpressionParser::negation() {
    const Deeper deeper(*this);
    if (!isWord("not"))
        return comparison();
    ExpressionPtr result = node(Op::Not);
    take();
    result->parts.push_back(negation());
    return result;
}

ExpressionPtr ExpressionParser::comparison() {
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

ExpressionPtr ExpressionParser::sum() {
    ExpressionPtr left = joined();
    while (is("+") || is("-")) {
        left = node(take().text == "+" ? Op::Add : Op::Subtract, std::move(left));
        left->parts.push_back(joined());
    }
    return left;
}

ExpressionPtr ExpressionParser::joined() {
    ExpressionPtr left = product();
    if (!is("~"))
        return left;
    left = node(Op::Join, std::move(left));
    while (skip("~"))
        left->parts.push_back(product());
    return left;
}

ExpressionPtr ExpressionParser::product() {
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

ExpressionPtr ExpressionParser::power() {
    ExpressionPtr left = unary(true);
    while (skip("**")) {
        left = node(Op::Power, std::move(left));
        left->parts.push_back(unary(true));
    }
    return left;
}

ExpressionPtr ExpressionParser::unary(bool withFilters) {
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

ExpressionPtr ExpressionParser::primary() {
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

ExpressionPtr ExpressionParser::postfix(ExpressionPtr value) {
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

ExpressionPtr ExpressionParser::subscript(ExpressionPtr target) {
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

void ExpressionParser::arguments(Expression& call) {
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

ExpressionPtr ExpressionParser::filters(ExpressionPtr value, bool bare) {
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

ExpressionPtr ExpressionParser::test(ExpressionPtr value) {
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

ExpressionPtr ExpressionParser::node(Op op) const {
    auto expression = std::make_unique<Expression>();
    expression->op = op;
    expression->line = now().line;
    expression->column = now().column;
    return expression;
}

ExpressionPtr ExpressionParser::node(Op op, ExpressionPtr first) {
    if (++m_length > longestExpression)
        fail("this expression is too long");
    auto expression = node(op);
    expression->line = first->line;
    expression->column = first->column;
    expression->parts.push_back(std::move(first));
    return expression;
}

} // namespace assay::jinja
