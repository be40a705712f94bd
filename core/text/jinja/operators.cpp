#include "core/text/jinja/operators.h"

#include <algorithm>
#include <cmath>

namespace assay::jinja {

namespace {

/// By reference: the sum is there only once `overflowed` has been worked out.
std::int64_t checked(bool overflowed, const std::int64_t& value) {
    if (overflowed)
        failRender("a whole number grows too large");
    return value;
}

Value power(const Value& a, const Value& b) {
    if (a.isFloat() || b.isFloat() || b.integer() < 0)
        return Value(std::pow(a.number(), b.number()));
    std::int64_t result = 1;
    if (b.integer() > 64 && a.integer() != 0 && a.integer() != 1 && a.integer() != -1)
        checked(true, 0);
    for (std::int64_t i = 0, n = std::min<std::int64_t>(b.integer(), 64 + b.integer() % 2); i < n;
         ++i)
        result = checked(__builtin_mul_overflow(result, a.integer(), &result), result);
    return Value(result);
}

Value divided(Op op, const Value& a, const Value& b) {
    if (b.number() == 0)
        failRender("division by zero");
    if (op == Op::Divide)
        return Value(a.number() / b.number());
    if (a.isFloat() || b.isFloat()) {
        const double floor = std::floor(a.number() / b.number());
        return Value(op == Op::FloorDivide ? floor : a.number() - floor * b.number());
    }
    const std::int64_t x = a.integer();
    const std::int64_t y = b.integer();
    if (y == -1)
        return Value(op == Op::FloorDivide ? checked(x == INT64_MIN, x == INT64_MIN ? 0 : -x)
                                           : std::int64_t(0));
    const std::int64_t remainder = ((x % y) + y) % y; // Python's takes the divisor's sign
    return Value(op == Op::Remainder ? remainder : (x - remainder) / y);
}

Value repeated(const Value& sequence, std::int64_t times) {
    times = std::max<std::int64_t>(times, 0);
    if (sequence.isText()) {
        if (sequence.text().size() > 0
            && times > std::int64_t(largestText / sequence.text().size()))
            failRender("a text grows too large");
        Text text;
        for (std::int64_t i = 0; i < times && !sequence.text().empty(); ++i)
            text.append(sequence.text());
        return Value(std::move(text));
    }
    if (!sequence.list().empty() && times > std::int64_t(largestList / sequence.list().size()))
        failRender("a list grows too large");
    List list;
    for (std::int64_t i = 0; i < times && !sequence.list().empty(); ++i)
        list.insert(list.end(), sequence.list().begin(), sequence.list().end());
    return Value(std::move(list));
}

Value added(const Value& a, const Value& b) {
    if (a.isNumber() && b.isNumber()) {
        if (a.isFloat() || b.isFloat())
            return Value(a.number() + b.number());
        std::int64_t sum = 0;
        return Value(checked(__builtin_add_overflow(a.integer(), b.integer(), &sum), sum));
    }
    if (a.isText() && b.isText()) {
        if (a.text().size() + b.text().size() > largestText)
            failRender("a text grows too large");
        Text text = a.text();
        text.append(b.text());
        return Value(std::move(text));
    }
    if (a.isList() && b.isList() && a.isTuple() == b.isTuple()) {
        List list = a.list();
        if (list.size() + b.list().size() > largestList)
            failRender("a list grows too large");
        list.insert(list.end(), b.list().begin(), b.list().end());
        return a.isTuple() ? Value::tuple(std::move(list)) : Value(std::move(list));
    }
    failRender(a.typeName() + " and " + b.typeName() + " cannot be added");
}

} // namespace

Value negative(const Value& value) {
    if (!value.isNumber())
        failRender(value.typeName() + " has no negative");
    if (value.isFloat())
        return Value(-value.number());
    const bool overflows = value.integer() == INT64_MIN;
    return Value(checked(overflows, overflows ? 0 : -value.integer()));
}

Value calculated(Op op, const Value& a, const Value& b) {
    if (op == Op::Add)
        return added(a, b);
    if (op == Op::Multiply) {
        if ((a.isText() || a.isList()) && b.isNumber() && !b.isFloat())
            return repeated(a, b.integer());
        if ((b.isText() || b.isList()) && a.isNumber() && !a.isFloat())
            return repeated(b, a.integer());
    }
    if (!a.isNumber() || !b.isNumber())
        failRender("there is no such sum of " + a.typeName() + " and " + b.typeName());
    const bool real = a.isFloat() || b.isFloat();
    std::int64_t result = 0;
    switch (op) {
    case Op::Subtract:
        return real
            ? Value(a.number() - b.number())
            : Value(checked(__builtin_sub_overflow(a.integer(), b.integer(), &result), result));
    case Op::Multiply:
        return real
            ? Value(a.number() * b.number())
            : Value(checked(__builtin_mul_overflow(a.integer(), b.integer(), &result), result));
    case Op::Power:
        return power(a, b);
    default:
        return divided(op, a, b);
    }
}

bool contains(const Value& container, const Value& item) {
    if (container.isText()) {
        if (!item.isText())
            failRender("only a text can be looked for in a text, not " + item.typeName());
        return container.text().bytes().find(item.text().bytes()) != std::string::npos;
    }
    if (container.isDict())
        return container.find(item) != nullptr;
    const List list = items(container);
    return std::any_of(
        list.begin(), list.end(), [&](const Value& one) { return equal(one, item); });
}

} // namespace assay::jinja
