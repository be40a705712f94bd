#pragma once

#include "core/text/jinja/token_reader.h"

namespace assay::jinja {

/// Parses the expressions of a template, by precedence from the loosest to the tightest.
class ExpressionParser : public TokenReader {
public:
    using TokenReader::TokenReader;

protected:
    bool endsTuple() const;
    ExpressionPtr tuple();
    ExpressionPtr tupleNoCondition();
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
    ExpressionPtr expression();
    ExpressionPtr disjunction();
    ExpressionPtr conjunction();
    ExpressionPtr negation();
    ExpressionPtr comparison();
    ExpressionPtr sum();
    ExpressionPtr joined();
    ExpressionPtr product();
    ExpressionPtr power();
    ExpressionPtr unary(bool withFilters);
    ExpressionPtr primary();
    ExpressionPtr postfix(ExpressionPtr value);
    ExpressionPtr subscript(ExpressionPtr target);
    void arguments(Expression& call);
    /// `bare` is for a filter block, whose first filter has no bar in front.
    ExpressionPtr filters(ExpressionPtr value, bool bare = false);
    ExpressionPtr test(ExpressionPtr value);
    ExpressionPtr node(Op op) const;
    ExpressionPtr node(Op op, ExpressionPtr first);
    /// Where a block or print begins: the length of its expressions is counted anew.
    void startExpressions() { m_length = 0; }

private:
    int m_length = 0; ///< of the expressions of this block
};

} // namespace assay::jinja
