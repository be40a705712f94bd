#include "core/text/jinja/value.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace assay::jinja {

void failRender(std::string reason) {
    throw Failure{std::move(reason)};
}

Value Value::fromJson(const Json& json, std::int32_t source, int depth) {
    if (depth > deepestValue)
        failRender("the data is nested too deeply");
    switch (json.type()) {
    case Json::value_t::boolean:
        return Value(json.get<bool>());
    case Json::value_t::number_integer:
        return Value(json.get<std::int64_t>());
    case Json::value_t::number_unsigned:
        if (json.get<std::uint64_t>() > std::uint64_t(INT64_MAX))
            return Value(json.get<double>());
        return Value(json.get<std::int64_t>());
    case Json::value_t::number_float:
        return Value(json.get<double>());
    case Json::value_t::string:
        return text(json.get<std::string>(), source);
    case Json::value_t::array: {
        List list;
        for (const Json& item : json)
            list.push_back(fromJson(item, source, depth + 1));
        return Value(std::move(list));
    }
    case Json::value_t::object: {
        Dict dict;
        for (const auto& [key, value] : json.items())
            dict.emplace_back(text(key, source), fromJson(value, source, depth + 1));
        return Value(std::move(dict));
    }
    default:
        return None{};
    }
}

const Value* Value::find(std::string_view key) const {
    for (const auto& [name, value] : dict())
        if (name.isText() && name.text().bytes() == key)
            return &value;
    return nullptr;
}

const Value* Value::find(const Value& key) const {
    if (key.isText())
        return find(std::string_view(key.text().bytes()));
    for (const auto& [name, value] : dict())
        if (equal(name, key))
            return &value;
    return nullptr;
}

std::string Value::typeName() const {
    if (isUndefined())
        return "undefined";
    if (isNone())
        return "none";
    if (isBool())
        return "a truth value";
    if (isInt())
        return "a whole number";
    if (isFloat())
        return "a number";
    if (isText())
        return "a text";
    if (isList())
        return "a list";
    return isCallable() ? "a function" : "a mapping";
}

bool truth(const Value& value) {
    if (value.isUndefined() || value.isNone())
        return false;
    if (value.isFloat())
        return value.number() != 0;
    if (value.isNumber())
        return value.integer() != 0;
    if (value.isText())
        return !value.text().empty();
    if (value.isList())
        return !value.list().empty();
    if (value.isDict())
        return !value.dict().empty();
    return true;
}

bool equal(const Value& a, const Value& b, int depth) {
    if (depth > deepestValue)
        failRender("the values are nested too deeply to compare");
    if (a.isNumber() && b.isNumber())
        return a.isFloat() || b.isFloat() ? a.number() == b.number() : a.integer() == b.integer();
    if (a.isText() && b.isText())
        return a.text().bytes() == b.text().bytes();
    if (a.isList() && b.isList()) {
        if (a.isTuple() != b.isTuple() || a.list().size() != b.list().size())
            return false;
        for (std::size_t i = 0; i < a.list().size(); ++i)
            if (!equal(a.list()[i], b.list()[i], depth + 1))
                return false;
        return true;
    }
    if (a.isNamespace() || b.isNamespace())
        return a.isNamespace() && b.isNamespace() && &a.members() == &b.members();
    if (a.isDict() && b.isDict()) {
        if (a.dict().size() != b.dict().size())
            return false;
        for (const auto& [key, value] : a.dict()) {
            const Value* other = b.find(key);
            if (!other || !equal(value, *other, depth + 1))
                return false;
        }
        return true;
    }
    if (a.isCallable() && b.isCallable())
        return &a.callable() == &b.callable();
    return (a.isNone() && b.isNone()) || (a.isUndefined() && b.isUndefined());
}

bool less(const Value& a, const Value& b, int depth) {
    if (a.isNumber() && b.isNumber())
        return a.isFloat() || b.isFloat() ? a.number() < b.number() : a.integer() < b.integer();
    if (a.isText() && b.isText())
        return a.text().bytes() < b.text().bytes(); // in UTF-8 as by code points
    if (a.isList() && b.isList() && depth < deepestValue) {
        for (std::size_t i = 0; i < std::min(a.list().size(), b.list().size()); ++i)
            if (!equal(a.list()[i], b.list()[i]))
                return less(a.list()[i], b.list()[i], depth + 1);
        return a.list().size() < b.list().size();
    }
    failRender("there is no order between " + a.typeName() + " and " + b.typeName());
}

std::string numberText(double value) {
    if (std::isnan(value))
        return "nan";
    if (std::isinf(value))
        return value < 0 ? "-inf" : "inf";
    std::array<char, 40> digits{};
    const auto scientific = std::to_chars(
        digits.data(), digits.data() + digits.size(), value, std::chars_format::scientific);
    const std::string_view text(digits.data(), std::size_t(scientific.ptr - digits.data()));
    const std::size_t mark = text.find('e');
    int exponent = 0;
    const std::string_view power = text.substr(mark + (text[mark + 1] == '+' ? 2 : 1));
    std::from_chars(power.data(), power.data() + power.size(), exponent);
    if (value == 0)
        return std::signbit(value) ? "-0.0" : "0.0";
    if (exponent < -4 || exponent >= 16)
        return std::string(text);
    std::array<char, 64> plain{};
    const auto fixed
        = std::to_chars(plain.data(), plain.data() + plain.size(), value, std::chars_format::fixed);
    std::string result(plain.data(), std::size_t(fixed.ptr - plain.data()));
    if (result.find('.') == std::string::npos)
        result += ".0";
    return result;
}

namespace {

std::string pythonQuoted(std::string_view text) {
    const bool singles = text.find('\'') != std::string_view::npos;
    const char mark = singles && text.find('"') == std::string_view::npos ? '"' : '\'';
    std::string result(1, mark);
    for (const char c : text) {
        if (c == mark || c == '\\') {
            result += '\\';
            result += c;
        } else if (c == '\n') {
            result += "\\n";
        } else if (c == '\r') {
            result += "\\r";
        } else if (c == '\t') {
            result += "\\t";
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            std::array<char, 8> code{};
            std::snprintf(code.data(), code.size(), "\\x%02x", static_cast<unsigned char>(c));
            result += code.data();
        } else {
            result += c;
        }
    }
    return result + mark;
}

} // namespace

std::string represented(const Value& value, int depth) {
    if (depth > deepestValue)
        failRender("the value is nested too deeply to print");
    if (value.isText())
        return pythonQuoted(value.text().bytes());
    if (value.isList()) {
        std::string result(1, value.isTuple() ? '(' : '[');
        for (const Value& item : value.list())
            result += (result.size() > 1 ? ", " : "") + represented(item, depth + 1);
        if (value.isTuple() && value.list().size() == 1)
            result += ',';
        return result + (value.isTuple() ? ')' : ']');
    }
    if (value.isDict()) {
        std::string result = "{";
        for (const auto& [key, item] : value.dict())
            result += (result.size() > 1 ? ", " : "") + represented(key, depth + 1) + ": "
                + represented(item, depth + 1);
        return result + "}";
    }
    return printed(value).bytes();
}

Text printed(const Value& value) {
    if (value.isText())
        return value.text();
    if (value.isUndefined())
        return {};
    if (value.isNone())
        return Text("None");
    if (value.isBool())
        return Text(value.boolean() ? "True" : "False");
    if (value.isInt())
        return Text(std::to_string(value.integer()));
    if (value.isFloat())
        return Text(numberText(value.number()));
    if (value.isNamespace() || value.isCallable())
        return Text("<" + value.typeName() + ">");
    // The words of data stay data in the print of a list; the marks around them go with it.
    return Text(represented(value), fromOtherData);
}

namespace {

std::string jsonString(std::string_view text, bool ascii) {
    std::string result = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = std::max<std::size_t>(utf8SequenceLength(text.substr(at)), 1);
        const char c = text[at];
        std::array<char, 16> code{};
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (c == '\n') {
            result += "\\n";
        } else if (c == '\r') {
            result += "\\r";
        } else if (c == '\t') {
            result += "\\t";
        } else if (c == '\b') {
            result += "\\b";
        } else if (c == '\f') {
            result += "\\f";
        } else if (static_cast<unsigned char>(c) < 0x20) {
            std::snprintf(code.data(), code.size(), "\\u%04x", static_cast<unsigned char>(c));
            result += code.data();
        } else if (ascii && size > 1) {
            const char32_t point = utf8CodePoint(text.substr(at, size));
            if (point < 0x10000)
                std::snprintf(code.data(), code.size(), "\\u%04x", unsigned(point));
            else
                std::snprintf(code.data(), code.size(), "\\u%04x\\u%04x",
                    unsigned(0xd800 + ((point - 0x10000) >> 10)),
                    unsigned(0xdc00 + ((point - 0x10000) & 0x3ff)));
            result += code.data();
        } else {
            result.append(text.substr(at, size));
        }
        at += size;
    }
    return result + "\"";
}

class JsonWriter {
public:
    explicit JsonWriter(const JsonStyle& style)
        : m_style(style) { }

    void write(const Value& value, int depth) {
        if (depth > deepestValue)
            failRender("the value is nested too deeply for JSON");
        if (m_out.size() > largestText)
            failRender("the JSON grows too large");
        if (value.isNone())
            put("null");
        else if (value.isBool())
            put(value.boolean() ? "true" : "false");
        else if (value.isInt())
            put(std::to_string(value.integer()));
        else if (value.isFloat())
            put(std::isfinite(value.number())    ? numberText(value.number())
                    : std::isnan(value.number()) ? "NaN"
                    : value.number() < 0         ? "-Infinity"
                                                 : "Infinity");
        else if (value.isText())
            m_out.append(
                jsonString(value.text().bytes(), m_style.ascii), value.text().mainSource());
        else if (value.isList())
            writeList(value.list(), depth);
        else if (value.isDict())
            writeDict(value.dict(), depth);
        else
            failRender(value.typeName() + " has no form in JSON");
    }
    Text take() { return std::move(m_out); }

private:
    void put(std::string_view text) { m_out.append(text, fromTemplate); }
    void breakLine(int depth) {
        if (m_style.indent)
            put("\n" + std::string(std::size_t(std::max(0, *m_style.indent) * depth), ' '));
    }
    void writeList(const List& list, int depth) {
        put("[");
        bool first = true;
        for (const Value& item : list) {
            if (!first)
                put(m_style.itemSeparator);
            first = false;
            breakLine(depth + 1);
            write(item, depth + 1);
        }
        if (!list.empty())
            breakLine(depth);
        put("]");
    }
    void writeDict(const Dict& dict, int depth) {
        std::vector<const std::pair<Value, Value>*> entries;
        for (const auto& entry : dict)
            entries.push_back(&entry);
        if (m_style.sortKeys)
            std::stable_sort(entries.begin(), entries.end(), [](const auto* a, const auto* b) {
                return printed(a->first).bytes() < printed(b->first).bytes();
            });
        put("{");
        bool first = true;
        for (const auto* entry : entries) {
            if (!first)
                put(m_style.itemSeparator);
            first = false;
            breakLine(depth + 1);
            const Text key = printed(entry->first);
            m_out.append(jsonString(key.bytes(), m_style.ascii), key.mainSource());
            put(m_style.keySeparator);
            write(entry->second, depth + 1);
        }
        if (!dict.empty())
            breakLine(depth);
        put("}");
    }

    const JsonStyle& m_style;
    Text m_out;
};

} // namespace

Text toJson(const Value& value, const JsonStyle& style) {
    JsonWriter writer(style);
    writer.write(value, 0);
    return writer.take();
}

List items(const Value& value) {
    if (value.isUndefined())
        return {};
    if (value.isList())
        return value.list();
    List result;
    if (value.isDict()) {
        for (const auto& [key, item] : value.dict())
            result.push_back(key);
    } else if (value.isText()) {
        const Text& text = value.text();
        if (text.size() > largestList)
            failRender("the text is too long to go through its characters");
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t size = std::max<std::size_t>(
                utf8SequenceLength(std::string_view(text.bytes()).substr(at)), 1);
            result.push_back(Value(text.part(at, at + size)));
            at += size;
        }
    } else {
        failRender(value.typeName() + " has no items to go through");
    }
    return result;
}

std::size_t characterCount(std::string_view text) {
    return std::size_t(std::count_if(text.begin(), text.end(),
        [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::size_t byteOfCharacter(std::string_view text, std::size_t index) {
    std::size_t at = 0;
    for (; at < text.size(); ++at)
        if ((static_cast<unsigned char>(text[at]) & 0xc0) != 0x80 && index-- == 0)
            break;
    return at;
}

} // namespace assay::jinja
