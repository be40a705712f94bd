#include "core/text/jinja/interpreter.h"

#include <algorithm>
#include <cmath>

namespace assay::jinja {

namespace {

void verifyShallow(Interpreter& interpreter, const Value& value, int depth = 0) {
    if (depth > deepestValue)
        failRender("a value is nested too deeply");
    if (value.isList()) {
        interpreter.step(std::int64_t(value.list().size()));
        for (const Value& item : value.list())
            verifyShallow(interpreter, item, depth + 1);
    } else if (value.isDict()) {
        interpreter.step(std::int64_t(value.dict().size()));
        for (const auto& [key, item] : value.dict())
            verifyShallow(interpreter, item, depth + 1);
    } else if (value.isNamespace()) {
        if (depth > 0)
            failRender("a namespace cannot be kept in another value");
    }
}

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

const Value* argument(const Arguments& arguments, std::size_t position, const char* name) {
    if (position < arguments.positional.size())
        return &arguments.positional[position];
    for (const auto& [key, value] : arguments.named)
        if (key == name)
            return &value;
    return nullptr;
}

Interpreter::Interpreter(const Dict& variables)
    : m_globals(std::make_shared<Scope>())
    , m_outputs(1) {
    for (const auto& [name, value] : globalFunctions())
        m_globals->set(name.text().bytes(), value);
    for (const auto& [name, value] : variables)
        m_globals->set(name.text().bytes(), value);
}

Interpreter::~Interpreter() {
    for (const ScopePtr& scope : m_scopes)
        scope->clear();
}

void Interpreter::run(const Block& block) {
    const ScopePtr scope = std::make_shared<Scope>(m_globals);
    m_scopes.push_back(scope);
    run(block, scope);
}

void Interpreter::write(const Text& text) {
    if (m_outputs.back().size() + text.size() > largestText)
        failRender("the output grows too large");
    m_outputs.back().append(text);
}

void Interpreter::finishAt(const Failure& failure, int line, int column) {
    Failure placed = failure;
    if (placed.line == 0) {
        placed.line = line;
        placed.column = column;
    }
    throw placed;
}

Interpreter::Flow Interpreter::run(const Block& block, const ScopePtr& scope) {
    const Level level(*this);
    for (const Statement& statement : block) {
        step();
        try {
            if (const Flow flow = run(statement, scope); flow != Flow::Next)
                return flow;
        } catch (const Failure& failure) {
            finishAt(failure, statement.line, statement.column);
        }
    }
    return Flow::Next;
}

Interpreter::Flow Interpreter::run(const Statement& statement, const ScopePtr& scope) {
    switch (statement.action) {
    case Action::Write:
        write(Text(statement.text));
        break;
    case Action::Print:
        write(printed(evaluate(*statement.value, *scope)));
        break;
    case Action::If:
        return run(truth(evaluate(*statement.value, *scope)) ? statement.body : statement.otherwise,
            scope);
    case Action::For:
        return runFor(statement, scope);
    case Action::Set:
    case Action::SetBlock:
        if (statement.action == Action::SetBlock) {
            Value text(captured(statement.body, std::make_shared<Scope>(scope)));
            if (statement.value) {
                Scope inner(scope);
                inner.set(blockText, text);
                text = evaluate(*statement.value, inner);
            }
            assign(statement.names, text, *scope);
        } else {
            runSet(statement, *scope);
        }
        break;
    case Action::Macro:
        scope->set(statement.text, function(statement, scope));
        break;
    case Action::CallBlock: {
        Value callee = evaluate(*statement.value->parts[0], *scope);
        Arguments given = arguments(*statement.value, *scope);
        given.named.emplace_back("caller", function(statement, scope));
        write(printed(call(callee, given)));
        break;
    }
    case Action::FilterBlock: {
        Scope inner(scope);
        inner.set(blockText, Value(captured(statement.body, std::make_shared<Scope>(scope))));
        write(printed(evaluate(*statement.value, inner)));
        break;
    }
    case Action::With: {
        const auto inner = std::make_shared<Scope>(scope);
        for (std::size_t i = 0; i < statement.names.size(); ++i)
            inner->set(statement.names[i], evaluate(*statement.defaults[i], *scope));
        return run(statement.body, inner);
    }
    case Action::Generation: {
        if (m_outputs.size() > 1)
            failRender("a generation block inside a macro or set block marks no place");
        const std::size_t begin = m_outputs.back().size();
        const Flow flow = run(statement.body, std::make_shared<Scope>(scope));
        m_generations.push_back({begin, m_outputs.back().size()});
        return flow;
    }
    case Action::Break:
        return Flow::Break;
    case Action::Continue:
        return Flow::Continue;
    }
    return Flow::Next;
}

Text Interpreter::captured(const Block& block, const ScopePtr& scope) {
    m_outputs.emplace_back();
    try {
        run(block, scope);
    } catch (...) {
        m_outputs.pop_back();
        throw;
    }
    Text text = std::move(m_outputs.back());
    m_outputs.pop_back();
    return text;
}

void Interpreter::assign(const std::vector<std::string>& names, const Value& value, Scope& scope) {
    if (names.size() == 1) {
        scope.set(names[0], value);
        return;
    }
    const List parts = items(value);
    if (parts.size() != names.size())
        failRender(std::to_string(names.size()) + " names cannot take "
            + std::to_string(parts.size()) + " values");
    for (std::size_t i = 0; i < names.size(); ++i)
        scope.set(names[i], parts[i]);
}

void Interpreter::runSet(const Statement& statement, Scope& scope) {
    Value value = evaluate(*statement.value, scope);
    verifyShallow(*this, value);
    if (statement.attribute.empty()) {
        assign(statement.names, value, scope);
        return;
    }
    const Value* space = scope.find(statement.names[0]);
    if (!space || !space->isNamespace())
        failRender(statement.names[0] + " is no namespace, so its attributes cannot be set");
    if (value.isNamespace())
        failRender("a namespace cannot be kept in another value");
    Dict& members = space->members();
    const auto found = std::find_if(members.begin(), members.end(),
        [&](const auto& entry) { return entry.first.text().bytes() == statement.attribute; });
    if (found != members.end())
        found->second = std::move(value);
    else
        members.emplace_back(Value::text(statement.attribute), std::move(value));
}

Interpreter::Flow Interpreter::runFor(const Statement& statement, const ScopePtr& scope) {
    const List all = items(evaluate(*statement.value, *scope));
    List chosen;
    if (statement.condition) {
        for (const Value& item : all) {
            Scope inner(scope);
            assign(statement.names, item, inner);
            if (truth(evaluate(*statement.condition, inner)))
                chosen.push_back(item);
        }
    }
    const List& list = statement.condition ? chosen : all;
    if (list.empty())
        return run(statement.otherwise, std::make_shared<Scope>(scope));
    const auto count = std::int64_t(list.size());
    auto previous = std::make_shared<std::optional<List>>(); // of loop.changed
    for (std::int64_t i = 0; i < count; ++i) {
        const auto inner = std::make_shared<Scope>(scope);
        Dict loop;
        const auto fact = [&](const char* name, Value value) {
            loop.emplace_back(Value::text(name), std::move(value));
        };
        fact("index", Value(i + 1));
        fact("index0", Value(i));
        fact("revindex", Value(count - i));
        fact("revindex0", Value(count - i - 1));
        fact("first", Value(i == 0));
        fact("last", Value(i + 1 == count));
        fact("length", Value(count));
        fact("depth", Value(std::int64_t(1)));
        fact("depth0", Value(std::int64_t(0)));
        fact("previtem", i > 0 ? list[std::size_t(i - 1)] : Value::undefined("loop.previtem"));
        fact("nextitem",
            i + 1 < count ? list[std::size_t(i + 1)] : Value::undefined("loop.nextitem"));
        fact("cycle",
            Value(std::make_shared<const Callable>(
                Callable{"cycle", [i](Interpreter&, Arguments& given) {
                             if (given.positional.empty())
                                 failRender("cycle needs values");
                             return given.positional[std::size_t(i) % given.positional.size()];
                         }})));
        fact("changed",
            Value(std::make_shared<const Callable>(
                Callable{"changed", [previous](Interpreter&, Arguments& given) {
                             const bool same
                                 = *previous && equal(Value(**previous), Value(given.positional));
                             *previous = given.positional;
                             return Value(!same);
                         }})));
        inner->set("loop", Value(std::move(loop)));
        assign(statement.names, list[std::size_t(i)], *inner);
        if (run(statement.body, inner) == Flow::Break)
            break;
    }
    return Flow::Next;
}

Value Interpreter::function(const Statement& statement, const ScopePtr& scope) {
    m_scopes.push_back(scope);
    const Statement* body = &statement; // lives as long as the template
    return Value(std::make_shared<const Callable>(
        Callable{statement.text, [body, scope](Interpreter& self, Arguments& given) {
                     const auto inner = std::make_shared<Scope>(scope);
                     const std::size_t count = body->names.size();
                     if (given.positional.size() > count)
                         failRender("the macro " + body->text + " takes " + std::to_string(count)
                             + " arguments");
                     for (std::size_t i = 0; i < count; ++i) {
                         const std::string& name = body->names[i];
                         const std::size_t required = count - body->defaults.size();
                         if (const Value* value = argument(given, i, name.c_str()))
                             inner->set(name, *value);
                         else if (i >= required)
                             inner->set(name, self.evaluate(*body->defaults[i - required], *inner));
                         else
                             inner->set(name, Value::undefined(name));
                     }
                     for (const auto& [name, value] : given.named) {
                         if (name == "caller")
                             inner->set(name, value);
                         else if (std::find(body->names.begin(), body->names.end(), name)
                             == body->names.end())
                             failRender("the macro " + body->text + " has no parameter " + name);
                     }
                     return Value(self.captured(body->body, inner));
                 }}));
}

Value Interpreter::call(const Value& callee, Arguments& arguments) {
    if (callee.isUndefined())
        failRender(callee.undefinedName() + " is not defined, so it cannot be called");
    if (!callee.isCallable())
        failRender(callee.typeName() + " cannot be called");
    if (m_calls >= deepestCall)
        failRender("macros call each other too deeply");
    ++m_calls;
    try {
        Value result = callee.callable().call(*this, arguments);
        --m_calls;
        return result;
    } catch (...) {
        --m_calls;
        throw;
    }
}

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
    if (expression.op == Op::Negative) {
        if (!a.isNumber())
            failRender(a.typeName() + " has no negative");
        return a.isFloat()
            ? Value(-a.number())
            : Value(checked(a.integer() == INT64_MIN, a.integer() == INT64_MIN ? 0 : -a.integer()));
    }
    const Value b = evaluate(*expression.parts[1], scope);
    if (b.isUndefined())
        failRender(b.undefinedName() + " is not defined");
    if (expression.op == Op::Add) {
        Value sum = added(a, b);
        if (sum.isText())
            step(std::int64_t(sum.text().size() / 1024)); // copying is work
        else if (sum.isList())
            step(std::int64_t(sum.list().size() / 16));
        return sum;
    }
    if (expression.op == Op::Multiply) {
        if ((a.isText() || a.isList()) && b.isNumber() && !b.isFloat())
            return repeated(a, b.integer());
        if ((b.isText() || b.isList()) && a.isNumber() && !a.isFloat())
            return repeated(b, a.integer());
    }
    if (!a.isNumber() || !b.isNumber())
        failRender("there is no such sum of " + a.typeName() + " and " + b.typeName());
    const bool real = a.isFloat() || b.isFloat();
    std::int64_t result = 0;
    switch (expression.op) {
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
        return divided(expression.op, a, b);
    }
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
