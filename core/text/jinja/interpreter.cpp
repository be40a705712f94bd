#include "core/text/jinja/interpreter.h"

#include <algorithm>

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

} // namespace assay::jinja
