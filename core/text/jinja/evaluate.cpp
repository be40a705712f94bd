#include "core/text/jinja/interpreter.h"
#include "core/text/jinja/operators.h"

#include <algorithm>

namespace assay::jinja {

Value Interpreter::attribute(const Value& target, const std::string& name) {
    if (target.isUndefined())
        failRender(target.undefinedName() + " is not defined, so it has no " + name);
    if (target.isNamespace()) {
        const Value* found = target.find(std::string_view(name));
        return found ? *found : Value::undefined(name);
    }
    if (Value method = methodOf(target, name); !method.isUndefined())
        return method;
    if (target.isDict())
        if (const Value* found = target.find(std::string_view(name)))
            return *found;
    return Value::undefined(name);
}

Value Interpreter::item(const Value& target, const Value& key) {
    if (target.isUndefined())
        failRender(target.undefinedName() + " is not defined, so it has no items");
    if (target.isDict() || target.isNamespace()) {
        if (const Value* found = target.find(key))
            return *found;
    } else if ((target.isList() || target.isText()) && key.isNumber() && !key.isFloat()) {
        const auto size = std::int64_t(
            target.isList() ? target.list().size() : characterCount(target.text().bytes()));
        const std::int64_t index = key.integer() < 0 ? key.integer() + size : key.integer();
        if (index < 0 || index >= size)
            return Value::undefined("an item behind the end");
        if (target.isList())
            return target.list()[std::size_t(index)];
        const std::string& bytes = target.text().bytes();
        const std::size_t begin = byteOfCharacter(bytes, std::size_t(index));
        return Value(target.text().part(
            begin, begin + byteOfCharacter(std::string_view(bytes).substr(begin), 1)));
    }
    if (key.isText())
        return methodOf(target, key.text().bytes());
    return Value::undefined(printed(key).bytes());
}

Arguments Interpreter::arguments(const Expression& expression, Scope& scope) {
    Arguments result;
    for (std::size_t i = 0; i < expression.argumentNames.size(); ++i) {
        Value value = evaluate(*expression.parts[i + 1], scope);
        if (expression.argumentNames[i].empty())
            result.positional.push_back(std::move(value));
        else
            result.named.emplace_back(expression.argumentNames[i], std::move(value));
    }
    return result;
}

Value Interpreter::evaluate(const Expression& expression, Scope& scope) {
    step();
    try {
        const Level level(*this);
        return evaluateInner(expression, scope);
    } catch (const Failure& failure) {
        finishAt(failure, expression.line, expression.column);
    }
    return {};
}

Value Interpreter::evaluateInner(const Expression& expression, Scope& scope) {
    const auto part = [&](std::size_t i) { return evaluate(*expression.parts[i], scope); };
    switch (expression.op) {
    case Op::Literal:
        return expression.literal;
    case Op::Name: {
        const Value* found = scope.find(expression.name);
        return found ? *found : Value::undefined(expression.name);
    }
    case Op::List:
    case Op::Tuple: {
        List list;
        for (std::size_t i = 0; i < expression.parts.size(); ++i)
            list.push_back(part(i));
        return expression.op == Op::List ? Value(std::move(list)) : Value::tuple(std::move(list));
    }
    case Op::Dict: {
        Dict dict;
        for (std::size_t i = 0; i < expression.parts.size(); i += 2) {
            Value key = part(i);
            Value value = part(i + 1);
            const auto found = std::find_if(dict.begin(), dict.end(),
                [&](const auto& entry) { return equal(entry.first, key); });
            if (found != dict.end())
                found->second = std::move(value);
            else
                dict.emplace_back(std::move(key), std::move(value));
        }
        return Value(std::move(dict));
    }
    case Op::Attribute:
        return attribute(part(0), expression.name);
    case Op::Item:
        return item(part(0), part(1));
    case Op::Slice:
        return slice(expression, scope);
    case Op::Call: {
        const Value callee = part(0);
        Arguments given = arguments(expression, scope);
        return call(callee, given);
    }
    case Op::Filter: {
        const Value value = part(0);
        Arguments given = arguments(expression, scope);
        return filter(expression.name, value, given);
    }
    case Op::Test: {
        const Value value = part(0);
        return Value(
            test(expression.name, value, arguments(expression, scope)) != expression.negated);
    }
    case Op::Not:
        return Value(!truth(part(0)));
    case Op::And: {
        Value left = part(0);
        return truth(left) ? part(1) : left;
    }
    case Op::Or: {
        Value left = part(0);
        return truth(left) ? left : part(1);
    }
    case Op::Condition:
        if (truth(part(1)))
            return part(0);
        return expression.parts[2] ? part(2) : Value::undefined("the value without an else");
    case Op::Compare:
        return compare(expression, scope);
    case Op::Join: {
        Text text;
        for (std::size_t i = 0; i < expression.parts.size(); ++i) {
            text.append(printed(part(i)));
            if (text.size() > largestText)
                failRender("a text grows too large");
        }
        step(std::int64_t(text.size() / 1024));
        return Value(std::move(text));
    }
    default:
        return binary(expression, scope);
    }
}

Value Interpreter::binary(const Expression& expression, Scope& scope) {
    const Value a = evaluate(*expression.parts[0], scope);
    if (a.isUndefined())
        failRender(a.undefinedName() + " is not defined");
    if (expression.op == Op::Negative)
        return negative(a);
    const Value b = evaluate(*expression.parts[1], scope);
    if (b.isUndefined())
        failRender(b.undefinedName() + " is not defined");
    Value result = calculated(expression.op, a, b);
    if (expression.op == Op::Add && result.isText())
        step(std::int64_t(result.text().size() / 1024)); // copying is work
    else if (expression.op == Op::Add && result.isList())
        step(std::int64_t(result.list().size() / 16));
    return result;
}

Value Interpreter::compare(const Expression& expression, Scope& scope) {
    Value left = evaluate(*expression.parts[0], scope);
    for (std::size_t i = 0; i < expression.operators.size(); ++i) {
        Value right = evaluate(*expression.parts[i + 1], scope);
        const std::string& op = expression.operators[i];
        const bool holds = op == "==" ? equal(left, right)
            : op == "!="              ? !equal(left, right)
            : op == "<"               ? less(left, right)
            : op == ">"               ? less(right, left)
            : op == "<="              ? !less(right, left)
            : op == ">="              ? !less(left, right)
            : op == "in"              ? contains(right, left)
                                      : !contains(right, left);
        if (!holds)
            return Value(false);
        left = std::move(right);
    }
    return Value(true);
}

Value Interpreter::slice(const Expression& expression, Scope& scope) {
    const Value target = evaluate(*expression.parts[0], scope);
    if (target.isUndefined())
        failRender(target.undefinedName() + " is not defined, so it has no items");
    if (!target.isList() && !target.isText())
        failRender(target.typeName() + " cannot be cut into slices");
    std::optional<std::int64_t> bounds[3];
    for (std::size_t i = 0; i < 3; ++i)
        if (expression.parts[i + 1]) {
            const Value value = evaluate(*expression.parts[i + 1], scope);
            if (value.isNone())
                continue;
            if (!value.isNumber() || value.isFloat())
                failRender("a slice needs whole numbers");
            bounds[i] = value.integer();
        }
    const std::int64_t step = bounds[2].value_or(1);
    if (step == 0)
        failRender("a slice cannot take steps of zero");
    const auto size = std::int64_t(
        target.isList() ? target.list().size() : characterCount(target.text().bytes()));
    const auto bound = [&](std::optional<std::int64_t> given, std::int64_t absent) {
        if (!given)
            return absent;
        const std::int64_t at = *given < 0 ? std::max(*given, -size) + size : *given;
        if (step > 0)
            return std::min(at, size);
        return *given < -size ? std::int64_t(-1) : std::min(at, size - 1);
    };
    const std::int64_t start = bound(bounds[0], step > 0 ? 0 : size - 1);
    const std::int64_t stop = bound(bounds[1], step > 0 ? size : -1);
    if (target.isText() && step == 1) {
        const std::string& bytes = target.text().bytes();
        if (start >= stop)
            return Value(Text());
        return Value(target.text().part(
            byteOfCharacter(bytes, std::size_t(start)), byteOfCharacter(bytes, std::size_t(stop))));
    }
    const List all = items(target);
    List list;
    for (std::int64_t i = start; step > 0 ? i < stop : i > stop;) {
        list.push_back(all[std::size_t(i)]);
        if (step > 0 ? step >= size : step <= -size)
            break;
        i += step;
    }
    if (!target.isText())
        return target.isTuple() ? Value::tuple(std::move(list)) : Value(std::move(list));
    Text text;
    for (const Value& one : list)
        text.append(one.text());
    return Value(std::move(text));
}

} // namespace assay::jinja
