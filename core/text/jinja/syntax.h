#pragma once

#include "core/text/jinja/value.h"

namespace assay::jinja {

enum class Op {
    Literal,
    Name,
    List,
    Tuple,
    Dict, ///< keys and values in turn
    Attribute,
    Item,
    Slice, ///< target, start, stop, step; null where left out
    Call,
    Filter,
    Test,
    Not,
    Negative,
    And,
    Or,
    Condition, ///< value, condition, otherwise
    Compare, ///< operands; `operators` between them
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Remainder,
    Power,
    Join, ///< ~
};

struct Expression {
    Op op = Op::Literal;
    int line = 0;
    int column = 0;
    std::string name; ///< of the name, attribute, filter or test
    Value literal;
    std::vector<std::unique_ptr<Expression>> parts; ///< target first, then arguments
    std::vector<std::string> argumentNames; ///< of the arguments; empty: by position
    std::vector<std::string> operators;
    bool negated = false; ///< of a test
};
using ExpressionPtr = std::unique_ptr<Expression>;

enum class Action {
    Write, ///< text as it stands
    Print,
    If, ///< `value`, `body`, `otherwise`
    For, ///< `names` in `value` if `condition`
    Set, ///< `names`, or the attribute `attribute` of the namespace names[0]
    SetBlock, ///< `body` through the filters of `value`
    Macro,
    CallBlock, ///< `value` is the call, `names` and `defaults` its caller's parameters
    FilterBlock,
    With, ///< `names` = `defaults`
    Generation,
    Break,
    Continue,
};

struct Statement {
    Action action = Action::Write;
    int line = 0;
    int column = 0;
    std::string text; ///< of Write; the macro's name
    std::string attribute;
    ExpressionPtr value;
    ExpressionPtr condition;
    std::vector<std::string> names;
    std::vector<ExpressionPtr> defaults; ///< of the last names; aligned with all where With
    std::vector<Statement> body;
    std::vector<Statement> otherwise;
};
using Block = std::vector<Statement>;

enum class TokenKind {
    Text,
    PrintBegin,
    PrintEnd,
    BlockBegin,
    BlockEnd,
    Name,
    String,
    Integer,
    Float,
    Operator,
    End
};

struct Token {
    TokenKind kind = TokenKind::End;
    std::string text;
    int line = 0;
    int column = 0;
};

/// Cuts a template into tokens with trim_blocks and lstrip_blocks on, as transformers sets them.
std::vector<Token> tokensOf(std::string_view source);
/// Parses; ends with a Failure where the template is wrong.
Block parse(std::string_view source);

/// A filter's placeholder for the text of a block.
constexpr const char* blockText = "\n";

bool isFilter(const std::string& name);
bool isTest(const std::string& name);

} // namespace assay::jinja
