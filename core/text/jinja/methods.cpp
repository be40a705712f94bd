#include "core/text/jinja/interpreter.h"
#include "core/text/jinja/text_functions.h"

#include <utf8proc.h>

#include "core/base/utf8.h"

#include <algorithm>
#include <map>

namespace assay::jinja {

namespace {

using TextMethod = Value (*)(const Text&, const Arguments&);

std::optional<std::string> textArgument(
    const Arguments& given, std::size_t position, const char* name) {
    const Value* value = argument(given, position, name);
    if (!value || value->isNone())
        return std::nullopt;
    if (!value->isText())
        failRender("a text is needed, not " + value->typeName());
    return value->text().bytes();
}

Text neededText(const Arguments& given, std::size_t position, const char* name) {
    const Value* value = argument(given, position, name);
    if (!value || !value->isText())
        failRender(std::string("a text is needed for ") + name);
    return value->text();
}

std::int64_t wholeArgument(
    const Arguments& given, std::size_t position, const char* name, std::int64_t absent) {
    const Value* value = argument(given, position, name);
    if (!value || value->isNone())
        return absent;
    if (!value->isNumber() || value->isFloat())
        failRender("a whole number is needed, not " + value->typeName());
    return value->integer();
}

bool startsOrEnds(const Text& text, const Arguments& given, bool starts) {
    const Value* value = argument(given, 0, "prefix");
    if (!value)
        failRender("startswith and endswith need a text");
    const List marks = value->isText() ? List{*value} : items(*value);
    return std::any_of(marks.begin(), marks.end(), [&](const Value& mark) {
        const std::string part = printed(mark).bytes();
        return starts ? text.bytes().starts_with(part) : text.bytes().ends_with(part);
    });
}

/// Whether there is a character and all are of the kind.
template <class F> Value allCharacters(const Text& text, F holds) {
    const std::string_view bytes = text.bytes();
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t size = std::max<std::size_t>(utf8SequenceLength(bytes.substr(at)), 1);
        const char32_t point
            = utf8SequenceLength(bytes.substr(at)) > 0 ? utf8CodePoint(bytes.substr(at)) : 0xfffd;
        if (!holds(utf8proc_category(utf8proc_int32_t(point)), bytes.substr(at, size)))
            return Value(false);
        at += size;
    }
    return Value(!bytes.empty());
}

bool isLetter(utf8proc_category_t kind) {
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
}

/// Whether there is a letter with case and none is of the other case.
Value isInCase(const Text& text, Case form) {
    const Case other = form == Case::Lower ? Case::Upper : Case::Lower;
    return Value(
        inCase(text, form).bytes() == text.bytes() && inCase(text, other).bytes() != text.bytes());
}

Value found(const Text& text, const Arguments& given, bool last) {
    const std::string part = neededText(given, 0, "sub").bytes();
    const std::size_t at = last ? text.bytes().rfind(part) : text.bytes().find(part);
    if (at == std::string::npos)
        return Value(std::int64_t(-1));
    return Value(std::int64_t(characterCount(std::string_view(text.bytes()).substr(0, at))));
}

Value partition(const Text& text, const Arguments& given, bool last) {
    const Text mark = neededText(given, 0, "sep");
    const std::size_t at
        = last ? text.bytes().rfind(mark.bytes()) : text.bytes().find(mark.bytes());
    if (at == std::string::npos)
        return last ? Value::tuple({Value(Text()), Value(Text()), Value(text)})
                    : Value::tuple({Value(text), Value(Text()), Value(Text())});
    return Value::tuple(
        {Value(text.part(0, at)), Value(mark), Value(text.part(at + mark.size(), text.size()))});
}

const std::map<std::string_view, TextMethod>& textMethods() {
    static const std::map<std::string_view, TextMethod> methods{
        {"strip",
            [](const Text& text, const Arguments& given) {
                return Value(stripped(text, textArgument(given, 0, "chars"), Side::Both));
            }},
        {"lstrip",
            [](const Text& text, const Arguments& given) {
                return Value(stripped(text, textArgument(given, 0, "chars"), Side::Left));
            }},
        {"rstrip",
            [](const Text& text, const Arguments& given) {
                return Value(stripped(text, textArgument(given, 0, "chars"), Side::Right));
            }},
        {"split",
            [](const Text& text, const Arguments& given) {
                return Value(splitText(
                    text, textArgument(given, 0, "sep"), wholeArgument(given, 1, "maxsplit", -1)));
            }},
        {"rsplit",
            [](const Text& text, const Arguments& given) {
                return Value(splitText(text, textArgument(given, 0, "sep"),
                    wholeArgument(given, 1, "maxsplit", -1), true));
            }},
        {"splitlines", [](const Text& text, const Arguments&) { return Value(splitLines(text)); }},
        {"startswith",
            [](const Text& text, const Arguments& given) {
                return Value(startsOrEnds(text, given, true));
            }},
        {"endswith",
            [](const Text& text, const Arguments& given) {
                return Value(startsOrEnds(text, given, false));
            }},
        {"replace",
            [](const Text& text, const Arguments& given) {
                return Value(replacedText(text, neededText(given, 0, "old"),
                    neededText(given, 1, "new"), wholeArgument(given, 2, "count", -1)));
            }},
        {"join",
            [](const Text& text, const Arguments& given) {
                return Value(joinedText(
                    given.positional.empty() ? List() : items(given.positional[0]), text));
            }},
        {"upper",
            [](const Text& text, const Arguments&) { return Value(inCase(text, Case::Upper)); }},
        {"lower",
            [](const Text& text, const Arguments&) { return Value(inCase(text, Case::Lower)); }},
        {"title",
            [](const Text& text, const Arguments&) { return Value(inCase(text, Case::Title)); }},
        {"capitalize",
            [](const Text& text, const Arguments&) { return Value(inCase(text, Case::Capital)); }},
        {"find",
            [](const Text& text, const Arguments& given) { return found(text, given, false); }},
        {"rfind",
            [](const Text& text, const Arguments& given) { return found(text, given, true); }},
        {"index",
            [](const Text& text, const Arguments& given) {
                Value at = found(text, given, false);
                if (at.integer() < 0)
                    failRender("the text to be found is not there");
                return at;
            }},
        {"count",
            [](const Text& text, const Arguments& given) {
                const Text part = neededText(given, 0, "sub");
                if (part.empty())
                    return Value(std::int64_t(characterCount(text.bytes()) + 1));
                std::int64_t count = 0;
                for (std::size_t at = 0;
                     (at = text.bytes().find(part.bytes(), at)) != std::string::npos;
                     at += part.size())
                    ++count;
                return Value(count);
            }},
        {"partition",
            [](const Text& text, const Arguments& given) { return partition(text, given, false); }},
        {"rpartition",
            [](const Text& text, const Arguments& given) { return partition(text, given, true); }},
        {"removeprefix",
            [](const Text& text, const Arguments& given) {
                const Text part = neededText(given, 0, "prefix");
                return Value(text.bytes().starts_with(part.bytes())
                        ? text.part(part.size(), text.size())
                        : text);
            }},
        {"removesuffix",
            [](const Text& text, const Arguments& given) {
                const Text part = neededText(given, 0, "suffix");
                return Value(text.bytes().ends_with(part.bytes())
                        ? text.part(0, text.size() - part.size())
                        : text);
            }},
        {"isdigit",
            [](const Text& text, const Arguments&) {
                return allCharacters(text, [](utf8proc_category_t kind, std::string_view) {
                    return kind == UTF8PROC_CATEGORY_ND;
                });
            }},
        {"isalpha",
            [](const Text& text, const Arguments&) {
                return allCharacters(text,
                    [](utf8proc_category_t kind, std::string_view) { return isLetter(kind); });
            }},
        {"isalnum",
            [](const Text& text, const Arguments&) {
                return allCharacters(text, [](utf8proc_category_t kind, std::string_view) {
                    return isLetter(kind) || kind == UTF8PROC_CATEGORY_ND
                        || kind == UTF8PROC_CATEGORY_NL || kind == UTF8PROC_CATEGORY_NO;
                });
            }},
        {"isspace",
            [](const Text& text, const Arguments&) {
                return Value(!text.empty() && stripped(text, std::nullopt, Side::Both).empty());
            }},
        {"isupper", [](const Text& text, const Arguments&) { return isInCase(text, Case::Upper); }},
        {"islower", [](const Text& text, const Arguments&) { return isInCase(text, Case::Lower); }},
    };
    return methods;
}

Value bound(std::string name, std::function<Value(Interpreter&, Arguments&)> call) {
    return Value(std::make_shared<const Callable>(Callable{std::move(name), std::move(call)}));
}

Value mappingMethod(const Value& target, const std::string& name) {
    if (name == "items")
        return bound(name, [target](Interpreter&, Arguments&) {
            List list;
            for (const auto& [key, value] : target.dict())
                list.push_back(Value::tuple({key, value}));
            return Value(std::move(list));
        });
    if (name == "keys" || name == "values")
        return bound(name, [target, keys = name == "keys"](Interpreter&, Arguments&) {
            List list;
            for (const auto& [key, value] : target.dict())
                list.push_back(keys ? key : value);
            return Value(std::move(list));
        });
    if (name == "get")
        return bound(name, [target](Interpreter&, Arguments& given) {
            const Value* key = argument(given, 0, "key");
            if (!key)
                failRender("get needs a key");
            if (const Value* value = target.find(*key))
                return *value;
            const Value* absent = argument(given, 1, "default");
            return absent ? *absent : Value(Value::None{});
        });
    if (name == "copy")
        return bound(name, [target](Interpreter&, Arguments&) { return Value(target.dict()); });
    return {};
}

} // namespace

Value methodOf(const Value& target, const std::string& name) {
    if (target.isText()) {
        const auto method = textMethods().find(name);
        if (method != textMethods().end())
            return bound(
                name, [text = target, run = method->second](Interpreter& self, Arguments& given) {
                    self.step(std::int64_t(text.text().size() / 256));
                    return run(text.text(), given);
                });
    } else if (target.isDict()) {
        return mappingMethod(target, name);
    } else if (target.isList() && (name == "index" || name == "count")) {
        return bound(name, [target, index = name == "index"](Interpreter&, Arguments& given) {
            std::int64_t count = 0;
            const List& list = target.list();
            for (std::size_t i = 0; i < list.size() && !given.positional.empty(); ++i)
                if (equal(list[i], given.positional[0])) {
                    if (index)
                        return Value(std::int64_t(i));
                    ++count;
                }
            if (index)
                failRender("the item to be found is not there");
            return Value(count);
        });
    }
    if (target.isList()
        && (name == "append" || name == "extend" || name == "insert" || name == "pop"
            || name == "remove"))
        failRender("lists cannot be changed (" + name + "); build a new one with +");
    return {};
}

} // namespace assay::jinja
