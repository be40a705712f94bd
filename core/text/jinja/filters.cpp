#include "core/text/jinja/interpreter.h"
#include "core/text/jinja/text_functions.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace assay::jinja {

namespace {

using Filter = Value (*)(Interpreter&, const Value&, Arguments&);

const Text& textOf(const Value& value, const char* filter) {
    if (!value.isText())
        failRender(std::string(filter) + " needs a text, not " + value.typeName());
    return value.text();
}

bool flag(const Arguments& given, std::size_t position, const char* name, bool absent) {
    const Value* value = argument(given, position, name);
    return value ? truth(*value) : absent;
}

/// The attribute by a dotted name or a number.
Value attributeOf(Interpreter& self, Value value, const Value& path) {
    if (!path.isText())
        return self.item(value, path);
    for (const Value& part : splitText(path.text(), ".", -1)) {
        const std::string& name = part.text().bytes();
        if (!name.empty() && name.find_first_not_of("0123456789") == std::string::npos) {
            value = self.item(value, Value(std::int64_t(std::atoll(name.c_str()))));
            continue;
        }
        // As with a subscript, entries go before methods.
        const Value* entry = value.isDict() ? value.find(std::string_view(name)) : nullptr;
        value = entry ? *entry : self.attribute(value, name);
    }
    return value;
}

Value mapped(Interpreter& self, const Value& value, Arguments& given) {
    List result;
    const Value* path = nullptr;
    for (const auto& [name, argument] : given.named)
        if (name == "attribute")
            path = &argument;
    const Value* absent = path ? argument(given, 1, "default") : nullptr;
    if (!path && (given.positional.empty() || !given.positional[0].isText()))
        failRender("map needs a filter or an attribute");
    for (const Value& item : items(value)) {
        self.step();
        if (path) {
            Value one = attributeOf(self, item, *path);
            result.push_back(one.isUndefined() && absent ? *absent : std::move(one));
            continue;
        }
        Arguments rest;
        rest.positional.assign(given.positional.begin() + 1, given.positional.end());
        rest.named = given.named;
        result.push_back(self.filter(given.positional[0].text().bytes(), item, rest));
    }
    return Value(std::move(result));
}

Value selected(
    Interpreter& self, const Value& value, const Arguments& given, bool attribute, bool wanted) {
    const std::size_t first = attribute ? 1 : 0;
    if (attribute && given.positional.empty())
        failRender("selectattr and rejectattr need an attribute");
    Arguments rest;
    if (given.positional.size() > first + 1)
        rest.positional.assign(
            given.positional.begin() + std::ptrdiff_t(first) + 1, given.positional.end());
    List result;
    for (const Value& item : items(value)) {
        self.step();
        const Value looked = attribute ? attributeOf(self, item, given.positional[0]) : item;
        const bool holds = given.positional.size() > first
            ? self.test(printed(given.positional[first]).bytes(), looked, rest)
            : truth(looked);
        if (holds == wanted)
            result.push_back(item);
    }
    return Value(std::move(result));
}

/// What sort, unique, min and max compare: an attribute, and texts without regard to case.
Value sortKey(Interpreter& self, const Value& value, const Arguments& given, bool caseSensitive) {
    const Value* path = nullptr;
    for (const auto& [name, argument] : given.named)
        if (name == "attribute")
            path = &argument;
    Value key = path ? attributeOf(self, value, *path) : value;
    if (!caseSensitive && key.isText())
        key = Value(inCase(key.text(), Case::Lower));
    return key;
}

List sorted(
    Interpreter& self, const List& list, const Arguments& given, bool reverse, bool caseSensitive) {
    std::vector<std::pair<Value, Value>> keyed;
    for (const Value& item : list)
        keyed.emplace_back(sortKey(self, item, given, caseSensitive), item);
    self.step(std::int64_t(list.size()) * 16);
    std::stable_sort(keyed.begin(), keyed.end(), [reverse](const auto& a, const auto& b) {
        return reverse ? less(b.first, a.first) : less(a.first, b.first);
    });
    List result;
    for (auto& [key, item] : keyed)
        result.push_back(std::move(item));
    return result;
}

Value sortFilter(Interpreter& self, const Value& value, Arguments& given) {
    return Value(sorted(self, items(value), given, flag(given, 0, "reverse", false),
        flag(given, 1, "case_sensitive", false)));
}

Value extreme(Interpreter& self, const Value& value, Arguments& given, bool greatest) {
    const List list
        = sorted(self, items(value), given, false, flag(given, 0, "case_sensitive", false));
    if (list.empty())
        return Value::undefined("an item of an empty list");
    return greatest ? list.back() : list.front();
}

Value uniqueFilter(Interpreter& self, const Value& value, Arguments& given) {
    List keys;
    List result;
    for (const Value& item : items(value)) {
        const Value key = sortKey(self, item, given, flag(given, 0, "case_sensitive", false));
        self.step(std::int64_t(keys.size()) + 1);
        if (std::any_of(
                keys.begin(), keys.end(), [&](const Value& one) { return equal(one, key); }))
            continue;
        keys.push_back(key);
        result.push_back(item);
    }
    return Value(std::move(result));
}

Value dictsort(Interpreter& self, const Value& value, Arguments& given) {
    if (!value.isDict())
        failRender("dictsort needs a mapping, not " + value.typeName());
    const Value* by = argument(given, 1, "by");
    const std::int64_t which = by && printed(*by).bytes() == "value" ? 1 : 0;
    List list;
    for (const auto& [key, entry] : value.dict())
        list.push_back(Value::tuple({key, entry}));
    Arguments how;
    how.named.emplace_back("attribute", Value(which));
    return Value(sorted(self, list, how, flag(given, 2, "reverse", false),
        flag(given, 0, "case_sensitive", false)));
}

Value jsonFilter(Interpreter& self, const Value& value, Arguments& given) {
    if (value.isUndefined())
        failRender(value.undefinedName() + " is not defined, so it has no form in JSON");
    JsonStyle style;
    // transformers: tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False)
    style.ascii = flag(given, 0, "ensure_ascii", false);
    if (const Value* indent = argument(given, 1, "indent"); indent && indent->isNumber()) {
        if (indent->number() < 0 || indent->number() > 64)
            failRender("the indent is out of range");
        style.indent = int(indent->number());
        style.itemSeparator = ",";
    }
    if (const Value* separators = argument(given, 2, "separators");
        separators && separators->isList() && separators->list().size() == 2) {
        style.itemSeparator = printed(separators->list()[0]).bytes();
        style.keySeparator = printed(separators->list()[1]).bytes();
    }
    style.sortKeys = flag(given, 3, "sort_keys", false);
    Text text = toJson(value, style);
    self.step(std::int64_t(text.size() / 256));
    return Value(std::move(text));
}

Value toInteger(Interpreter&, const Value& value, Arguments& given) {
    const Value* absent = argument(given, 0, "default");
    const Value fallback = absent ? *absent : Value(std::int64_t(0));
    if (value.isFloat())
        return std::abs(value.number()) < 9e18 ? Value(std::int64_t(value.number())) : fallback;
    if (value.isNumber())
        return Value(value.integer());
    if (!value.isText())
        return fallback;
    const std::string text = stripped(value.text(), std::nullopt, Side::Both).bytes();
    const char* begin = text.data() + (text.starts_with('+') ? 1 : 0);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size())
        return Value(number);
    double real = 0;
    const auto parsed = std::from_chars(begin, text.data() + text.size(), real);
    return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size()
            && std::abs(real) < 9e18
        ? Value(std::int64_t(real))
        : fallback;
}

Value toFloat(Interpreter&, const Value& value, Arguments& given) {
    const Value* absent = argument(given, 0, "default");
    const Value fallback = absent ? *absent : Value(0.0);
    if (value.isNumber())
        return Value(value.number());
    if (!value.isText())
        return fallback;
    const std::string text = stripped(value.text(), std::nullopt, Side::Both).bytes();
    double real = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), real);
    return error == std::errc() && end == text.data() + text.size() ? Value(real) : fallback;
}

Value rounded(Interpreter&, const Value& value, Arguments& given) {
    if (!value.isNumber())
        failRender("round needs a number, not " + value.typeName());
    const Value* digits = argument(given, 0, "precision");
    const double scale = std::pow(10.0, digits && digits->isNumber() ? digits->number() : 0.0);
    const Value* method = argument(given, 1, "method");
    const std::string how = method ? printed(*method).bytes() : "common";
    const double scaled = value.number() * scale;
    return Value((how == "ceil"           ? std::ceil(scaled)
                         : how == "floor" ? std::floor(scaled)
                                          : std::nearbyint(scaled))
        / scale);
}

Value summed(Interpreter& self, const Value& value, Arguments& given) {
    double sum = 0;
    std::int64_t whole = 0;
    bool real = false;
    const Value* path = argument(given, 0, "attribute");
    for (const Value& item : items(value)) {
        const Value one = path ? attributeOf(self, item, *path) : item;
        if (!one.isNumber())
            failRender("sum needs numbers, not " + one.typeName());
        real = real || one.isFloat();
        sum += one.number();
        if (!one.isFloat() && __builtin_add_overflow(whole, one.integer(), &whole))
            real = true;
    }
    return real ? Value(sum) : Value(whole);
}

Value lengthOf(Interpreter&, const Value& value, Arguments&) {
    if (value.isUndefined())
        return Value(std::int64_t(0));
    if (value.isText())
        return Value(std::int64_t(characterCount(value.text().bytes())));
    if (value.isList())
        return Value(std::int64_t(value.list().size()));
    if (value.isDict())
        return Value(std::int64_t(value.dict().size()));
    failRender(value.typeName() + " has no length");
}

Value escaped(Interpreter&, const Value& value, Arguments&) {
    Text text = printed(value);
    for (const auto& [from, to] : {std::pair{"&", "&amp;"}, std::pair{"<", "&lt;"},
             std::pair{">", "&gt;"}, std::pair{"'", "&#39;"}, std::pair{"\"", "&#34;"}})
        text = replacedText(text, Text(from), Text(to));
    return Value(std::move(text));
}

Value indentFilter(Interpreter&, const Value& value, Arguments& given) {
    const Value* width = argument(given, 0, "width");
    std::string by(4, ' ');
    if (width && width->isText())
        by = width->text().bytes();
    else if (width && width->isNumber())
        by = std::string(std::size_t(std::clamp(width->number(), 0.0, 1000.0)), ' ');
    return Value(indented(
        printed(value), by, flag(given, 1, "first", false), flag(given, 2, "blank", false)));
}

Value reversed(Interpreter&, const Value& value, Arguments&) {
    List list = items(value);
    std::reverse(list.begin(), list.end());
    return value.isText() ? Value(joinedText(list, Text())) : Value(std::move(list));
}

Value batched(Interpreter&, const Value& value, Arguments& given) {
    const Value* count = argument(given, 0, "linecount");
    if (!count || !count->isInt() || count->integer() < 1)
        failRender("batch needs a number of items");
    List result;
    List batch;
    for (const Value& item : items(value)) {
        if (std::int64_t(batch.size()) == count->integer())
            result.push_back(Value(std::exchange(batch, {})));
        batch.push_back(item);
    }
    if (const Value* fill = argument(given, 1, "fill_with"); fill && !batch.empty())
        while (std::int64_t(batch.size()) < std::min<std::int64_t>(count->integer(), largestList))
            batch.push_back(*fill);
    if (!batch.empty())
        result.push_back(Value(std::move(batch)));
    return Value(std::move(result));
}

const std::map<std::string, Filter>& filters() {
    static const std::map<std::string, Filter> all = [] {
        std::map<std::string, Filter> map{{"map", mapped}, {"sort", sortFilter},
            {"unique", uniqueFilter}, {"dictsort", dictsort}, {"tojson", jsonFilter},
            {"int", toInteger}, {"float", toFloat}, {"round", rounded}, {"sum", summed},
            {"length", lengthOf}, {"count", lengthOf}, {"escape", escaped}, {"e", escaped},
            {"indent", indentFilter}, {"reverse", reversed}, {"batch", batched}};
        map["default"] = [](Interpreter&, const Value& value, Arguments& given) {
            const Value* absent = argument(given, 0, "default_value");
            const bool falsy = flag(given, 1, "boolean", false);
            if (value.isUndefined() || (falsy && !truth(value)))
                return absent ? *absent : Value(Text());
            return value;
        };
        map["d"] = map["default"];
        map["first"] = [](Interpreter&, const Value& value, Arguments&) {
            const List list = items(value);
            return list.empty() ? Value::undefined("an item of an empty list") : list.front();
        };
        map["last"] = [](Interpreter&, const Value& value, Arguments&) {
            const List list = items(value);
            return list.empty() ? Value::undefined("an item of an empty list") : list.back();
        };
        map["list"]
            = [](Interpreter&, const Value& value, Arguments&) { return Value(items(value)); };
        map["items"] = [](Interpreter&, const Value& value, Arguments&) {
            List list;
            if (value.isUndefined())
                return Value(std::move(list));
            if (!value.isDict())
                failRender("items needs a mapping, not " + value.typeName());
            for (const auto& [key, entry] : value.dict())
                list.push_back(Value::tuple({key, entry}));
            return Value(std::move(list));
        };
        map["join"] = [](Interpreter& self, const Value& value, Arguments& given) {
            List list = items(value);
            if (const Value* path = argument(given, 1, "attribute"))
                for (Value& item : list)
                    item = attributeOf(self, item, *path);
            const Value* separator = argument(given, 0, "d");
            Text text = joinedText(list, separator ? printed(*separator) : Text());
            self.step(std::int64_t(text.size() / 256));
            return Value(std::move(text));
        };
        map["trim"] = [](Interpreter&, const Value& value, Arguments& given) {
            const Value* characters = argument(given, 0, "chars");
            return Value(stripped(printed(value),
                characters && characters->isText() ? std::optional(characters->text().bytes())
                                                   : std::nullopt,
                Side::Both));
        };
        map["upper"] = [](Interpreter&, const Value& value, Arguments&) {
            return Value(inCase(printed(value), Case::Upper));
        };
        map["lower"] = [](Interpreter&, const Value& value, Arguments&) {
            return Value(inCase(printed(value), Case::Lower));
        };
        map["title"] = [](Interpreter&, const Value& value, Arguments&) {
            return Value(inCase(printed(value), Case::Title));
        };
        map["capitalize"] = [](Interpreter&, const Value& value, Arguments&) {
            return Value(inCase(printed(value), Case::Capital));
        };
        map["string"] = map["safe"]
            = [](Interpreter&, const Value& value, Arguments&) { return Value(printed(value)); };
        map["replace"] = [](Interpreter& self, const Value& value, Arguments& given) {
            const Value* from = argument(given, 0, "old");
            const Value* to = argument(given, 1, "new");
            if (!from || !to)
                failRender("replace needs two texts");
            const Value* most = argument(given, 2, "count");
            Text text = replacedText(printed(value), textOf(*from, "replace"),
                textOf(*to, "replace"), most && most->isInt() ? most->integer() : -1);
            self.step(std::int64_t(text.size() / 256));
            return Value(std::move(text));
        };
        map["abs"] = [](Interpreter&, const Value& value, Arguments&) {
            if (!value.isNumber() || (value.isInt() && value.integer() == INT64_MIN))
                failRender("abs needs a number");
            return value.isFloat() ? Value(std::abs(value.number()))
                                   : Value(std::int64_t(std::abs(value.integer())));
        };
        map["attr"] = [](Interpreter& self, const Value& value, Arguments& given) {
            return given.positional.empty()
                ? Value()
                : self.attribute(value, printed(given.positional[0]).bytes());
        };
        map["select"] = [](Interpreter& self, const Value& value, Arguments& given) {
            return selected(self, value, given, false, true);
        };
        map["reject"] = [](Interpreter& self, const Value& value, Arguments& given) {
            return selected(self, value, given, false, false);
        };
        map["selectattr"] = [](Interpreter& self, const Value& value, Arguments& given) {
            return selected(self, value, given, true, true);
        };
        map["rejectattr"] = [](Interpreter& self, const Value& value, Arguments& given) {
            return selected(self, value, given, true, false);
        };
        map["min"] = [](Interpreter& self, const Value& value, Arguments& given) {
            return extreme(self, value, given, false);
        };
        map["max"] = [](Interpreter& self, const Value& value, Arguments& given) {
            return extreme(self, value, given, true);
        };
        map["wordcount"] = [](Interpreter&, const Value& value, Arguments&) {
            return Value(
                std::int64_t(splitText(textOf(value, "wordcount"), std::nullopt, -1).size()));
        };
        return map;
    }();
    return all;
}

} // namespace

bool isFilter(const std::string& name) {
    return filters().contains(name);
}

Value Interpreter::filter(const std::string& name, const Value& value, Arguments& arguments) {
    const auto found = filters().find(name);
    if (found == filters().end())
        failRender("there is no filter " + name);
    return found->second(*this, value, arguments);
}

} // namespace assay::jinja
