#include "core/base/json.h"

#include "core/base/file.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace assay {

namespace {

std::string placeAt(std::string_view text, std::size_t byte, const std::string& name) {
    std::size_t line = 1;
    std::size_t column = 1;
    for (std::size_t i = 0; i < byte && i < text.size(); ++i) {
        if (text[i] == '\n') {
            ++line;
            column = 1;
        } else {
            ++column;
        }
    }
    return name + ":" + std::to_string(line) + ":" + std::to_string(column);
}

/// nlohmann's sentence without its own error number and place.
std::string reasonOf(const std::string& what) {
    const std::size_t colon = what.find(": ");
    std::string reason = colon == std::string::npos ? what : what.substr(colon + 2);
    std::ranges::replace(reason, '\n', ' ');
    return reason;
}

/// Why a document is not worth parsing; null where it is. What is nested too deeply would overflow
/// the stack when it is copied; and Json finds a key by walking over those before it, so that an
/// object made up of a million keys would take hours.
const char* harmIn(std::string_view text) {
    constexpr std::size_t deepest = 500;
    constexpr std::size_t mostSteps = 50'000'000;
    std::vector<std::size_t> keys; // so far, of each open object or list
    std::size_t steps = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\')
                ++i;
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '[' || c == '{') {
            keys.push_back(0);
            if (keys.size() > deepest)
                return "it is nested without end";
        } else if ((c == ']' || c == '}') && !keys.empty()) {
            keys.pop_back();
        } else if (c == ':' && !keys.empty()) {
            steps += keys.back()++;
            if (steps > mostSteps)
                return "an object has too many keys";
        }
    }
    return nullptr;
}

} // namespace

Result<Json> parseJson(std::string_view text, const std::string& name, JsonComments comments) {
    if (const char* harm = harmIn(text))
        return fail("json.syntax", {{"reason", harm}}, name);
    try {
        return Json::parse(text, nullptr, true, comments == JsonComments::Allow);
    } catch (const Json::parse_error& e) {
        const std::size_t byte = e.byte > 0 ? e.byte - 1 : 0;
        return fail("json.syntax", {{"reason", reasonOf(e.what())}}, placeAt(text, byte, name));
    } catch (const Json::exception& e) {
        return fail("json.syntax", {{"reason", reasonOf(e.what())}}, name);
    }
}

Result<Json> readJsonFile(const std::filesystem::path& path, JsonComments comments) {
    constexpr std::uintmax_t largest = 64u << 20; // settings and descriptions, never data
    std::error_code error;
    if (const auto size = std::filesystem::file_size(path, error); !error && size > largest)
        return fail("json.syntax",
            {{"reason",
                "it has " + std::to_string(size >> 20) + " MB, more than such a file can have"}},
            path.string());
    auto text = readFile(path);
    if (!text)
        return forward(text);
    return parseJson(*text, path.string(), comments);
}

std::string dumpJson(const Json& json, int indent) {
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

std::string jsonTypeName(const Json& json) {
    switch (json.type()) {
    case Json::value_t::null:
        return "null";
    case Json::value_t::object:
        return "an object";
    case Json::value_t::array:
        return "a list";
    case Json::value_t::string:
        return "a string";
    case Json::value_t::boolean:
        return "true or false";
    case Json::value_t::number_integer:
    case Json::value_t::number_unsigned:
        return "a whole number";
    case Json::value_t::number_float:
        return "a number";
    default:
        return "something else";
    }
}

JsonReader::JsonReader(const Json& object, std::string place)
    : m_object(object)
    , m_place(std::move(place)) {
    if (!object.is_object()) {
        m_problems.push_back(Error("json.type",
            {{"key", "This"}, {"expected", "an object"}, {"found", jsonTypeName(object)}},
            m_place));
        m_closed = false;
    }
}

bool JsonReader::has(const char* key) const {
    return m_object.is_object() && m_object.contains(key);
}

const Json* JsonReader::required(const char* key) {
    const Json* value = optional(key);
    if (!value && m_object.is_object())
        m_problems.push_back(Error("json.missing", {{"key", key}}, m_place));
    return value;
}

const Json* JsonReader::optional(const char* key) {
    m_read.emplace_back(key);
    if (!m_object.is_object())
        return nullptr;
    const auto found = m_object.find(key);
    return found == m_object.end() ? nullptr : &*found;
}

void JsonReader::report(Error error) {
    if (error.where.empty())
        error.where = m_place;
    m_problems.push_back(std::move(error));
}

void JsonReader::wrongType(const char* key, const char* expected, const Json& value) {
    report(
        Error("json.type", {{"key", key}, {"expected", expected}, {"found", jsonTypeName(value)}}));
}

void JsonReader::convert(const char* key, const Json* value, std::string& target) {
    if (!value)
        return;
    if (value->is_string())
        target = value->get<std::string>();
    else
        wrongType(key, "a string", *value);
}

void JsonReader::convert(const char* key, const Json* value, bool& target) {
    if (!value)
        return;
    if (value->is_boolean())
        target = value->get<bool>();
    else
        wrongType(key, "true or false", *value);
}

void JsonReader::convert(const char* key, const Json* value, std::int64_t& target) {
    if (!value)
        return;
    if (value->is_number_unsigned()
        && value->get<std::uint64_t>() > std::uint64_t(std::numeric_limits<std::int64_t>::max()))
        report(Error("json.value", {{"key", key}, {"reason", "it is too large"}}));
    else if (value->is_number_integer())
        target = value->get<std::int64_t>();
    else
        wrongType(key, "a whole number", *value);
}

void JsonReader::convert(const char* key, const Json* value, int& target) {
    std::int64_t wide = target;
    convert(key, value, wide);
    if (wide < std::numeric_limits<int>::min() || wide > std::numeric_limits<int>::max())
        report(Error("json.value", {{"key", key}, {"reason", "it is too large"}}));
    else
        target = int(wide);
}

void JsonReader::convert(const char* key, const Json* value, std::uint64_t& target) {
    if (!value)
        return;
    if (value->is_number_unsigned())
        target = value->get<std::uint64_t>();
    else
        wrongType(key, "a whole number, 0 or more", *value);
}

void JsonReader::convert(const char* key, const Json* value, double& target) {
    if (!value)
        return;
    if (value->is_number())
        target = value->get<double>();
    else
        wrongType(key, "a number", *value);
}

void JsonReader::convert(const char* key, const Json* value, std::vector<std::string>& target) {
    if (!value)
        return;
    if (!value->is_array()
        || !std::ranges::all_of(*value, [](const Json& v) { return v.is_string(); }))
        wrongType(key, "a list of strings", *value);
    else
        target = value->get<std::vector<std::string>>();
}

std::vector<Error> JsonReader::takeProblems() {
    if (m_closed) {
        std::string known;
        for (const std::string& key : m_read)
            known += (known.empty() ? "" : ", ") + key;
        for (const auto& [key, value] : m_object.items())
            if (std::ranges::find(m_read, key) == m_read.end())
                m_problems.push_back(
                    Error("json.unknown_key", {{"key", key}, {"known", known}}, m_place));
        m_closed = false;
    }
    return std::move(m_problems);
}

Result<void> JsonReader::finish() {
    std::vector<Error> problems = takeProblems();
    if (problems.empty())
        return {};
    if (problems.size() == 1)
        return fail(std::move(problems.front()));
    Error all("several", {{"count", std::to_string(problems.size())}});
    all.details = std::move(problems);
    return fail(std::move(all));
}

} // namespace assay
