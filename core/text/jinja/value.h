#pragma once

#include "core/base/json.h"
#include "core/text/jinja/text.h"

#include <functional>
#include <memory>
#include <optional>
#include <variant>

namespace assay::jinja {

/// Ends parsing or rendering; caught at the engine's public functions.
struct Failure {
    std::string reason;
    int line = 0;
    int column = 0;
    bool raised = false; ///< by the template's own raise_exception
};

/// Largest text, list and nesting that a template may make.
constexpr std::size_t largestText = 64u << 20;
constexpr std::size_t largestList = 1'000'000;
constexpr int deepestValue = 100;

class Value;
class Interpreter;
using List = std::vector<Value>;
using Dict = std::vector<std::pair<Value, Value>>;

struct Arguments {
    List positional;
    std::vector<std::pair<std::string, Value>> named;
};

struct Callable {
    std::string name;
    std::function<Value(Interpreter&, Arguments&)> call;
};

/// A value of the template language. Lists, dictionaries and namespaces are shared, as in Python.
class Value {
public:
    struct Undefined {
        std::string name;
    };
    struct None { };
    struct Namespace {
        std::shared_ptr<Dict> members;
    };
    struct Tuple {
        std::shared_ptr<List> items;
    };

    Value() = default;
    Value(None) // NOLINT(google-explicit-constructor): values are made of what they hold
        : m_value(None{}) { }
    explicit Value(bool value)
        : m_value(value) { }
    explicit Value(std::int64_t value)
        : m_value(value) { }
    explicit Value(double value)
        : m_value(value) { }
    explicit Value(Text text)
        : m_value(std::make_shared<const Text>(std::move(text))) { }
    explicit Value(List items)
        : m_value(std::make_shared<List>(std::move(items))) { }
    explicit Value(Dict entries)
        : m_value(std::make_shared<Dict>(std::move(entries))) { }
    explicit Value(std::shared_ptr<const Callable> callable)
        : m_value(std::move(callable)) { }
    explicit Value(Namespace space)
        : m_value(std::move(space)) { }
    static Value text(std::string bytes, std::int32_t source = fromTemplate) {
        return Value(Text(std::move(bytes), source));
    }
    static Value tuple(List items) {
        Value value;
        value.m_value = Tuple{std::make_shared<List>(std::move(items))};
        return value;
    }
    static Value undefined(std::string name) {
        Value value;
        value.m_value = Undefined{std::move(name)};
        return value;
    }
    static Value fromJson(const Json& json, std::int32_t source, int depth = 0);

    bool isUndefined() const { return std::holds_alternative<Undefined>(m_value); }
    bool isNone() const { return std::holds_alternative<None>(m_value); }
    bool isBool() const { return std::holds_alternative<bool>(m_value); }
    bool isInt() const { return std::holds_alternative<std::int64_t>(m_value); }
    bool isFloat() const { return std::holds_alternative<double>(m_value); }
    bool isNumber() const { return isInt() || isFloat() || isBool(); }
    bool isText() const { return std::holds_alternative<std::shared_ptr<const Text>>(m_value); }
    bool isTuple() const { return std::holds_alternative<Tuple>(m_value); }
    bool isList() const {
        return std::holds_alternative<std::shared_ptr<List>>(m_value) || isTuple();
    }
    bool isDict() const { return std::holds_alternative<std::shared_ptr<Dict>>(m_value); }
    bool isNamespace() const { return std::holds_alternative<Namespace>(m_value); }
    bool isCallable() const {
        return std::holds_alternative<std::shared_ptr<const Callable>>(m_value);
    }

    const std::string& undefinedName() const { return std::get<Undefined>(m_value).name; }
    bool boolean() const { return std::get<bool>(m_value); }
    std::int64_t integer() const {
        return isBool() ? std::int64_t(boolean()) : std::get<std::int64_t>(m_value);
    }
    double number() const { return isFloat() ? std::get<double>(m_value) : double(integer()); }
    const Text& text() const { return *std::get<std::shared_ptr<const Text>>(m_value); }
    const List& list() const {
        return isTuple() ? *std::get<Tuple>(m_value).items
                         : *std::get<std::shared_ptr<List>>(m_value);
    }
    const Dict& dict() const {
        return isNamespace() ? *std::get<Namespace>(m_value).members
                             : *std::get<std::shared_ptr<Dict>>(m_value);
    }
    Dict& members() const { return *std::get<Namespace>(m_value).members; }
    const Callable& callable() const { return *std::get<std::shared_ptr<const Callable>>(m_value); }
    /// The dictionary's entry, or null.
    const Value* find(std::string_view key) const;
    const Value* find(const Value& key) const;
    /// Python's name of the type, for messages.
    std::string typeName() const;

private:
    std::variant<Undefined, None, bool, std::int64_t, double, std::shared_ptr<const Text>,
        std::shared_ptr<List>, Tuple, std::shared_ptr<Dict>, Namespace,
        std::shared_ptr<const Callable>>
        m_value;
};

bool truth(const Value& value);
bool equal(const Value& a, const Value& b, int depth = 0);
/// Less than, for numbers, texts and lists; anything else ends rendering.
bool less(const Value& a, const Value& b, int depth = 0);
/// str() of Python: what a template prints.
Text printed(const Value& value);
/// repr() of Python.
std::string represented(const Value& value, int depth = 0);
/// float's repr(): the shortest digits that read back the same.
std::string numberText(double value);

struct JsonStyle {
    std::optional<int> indent;
    bool ascii = false;
    bool sortKeys = false;
    std::string itemSeparator = ", ";
    std::string keySeparator = ": ";
};
/// json.dumps of Python. What comes of a message's data stays marked as that.
Text toJson(const Value& value, const JsonStyle& style);

/// What a loop or filter goes through: items, keys, or characters.
List items(const Value& value);

/// Texts are counted and cut by characters.
std::size_t characterCount(std::string_view text);
/// The byte where character number `index` starts.
std::size_t byteOfCharacter(std::string_view text, std::size_t index);

[[noreturn]] void failRender(std::string reason);

} // namespace assay::jinja
