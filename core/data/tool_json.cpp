#include "core/data/tool_json.h"

#include <simdjson.h>

#include <algorithm>

namespace assay {

namespace {

using simdjson::ondemand::object;

Result<ToolCall> readCall(object call, const std::string& field) {
    ToolCall read;
    std::string_view name;
    if (call.find_field_unordered("name").get_string().get(name))
        return fail("row.json_text", {{"field", field}, {"reason", "a tool call needs a name"}});
    read.name = name;
    simdjson::ondemand::value arguments;
    if (call.find_field_unordered("arguments").get(arguments) == simdjson::SUCCESS) {
        simdjson::ondemand::json_type type;
        std::string_view content;
        if (arguments.type().get(type) == simdjson::SUCCESS
            && type == simdjson::ondemand::json_type::string) {
            if (arguments.get_string().get(content) == simdjson::SUCCESS)
                read.arguments = content;
        } else if (simdjson::to_json_string(arguments).get(content) == simdjson::SUCCESS) {
            read.arguments = trimmed(content);
        }
    }
    return read;
}

} // namespace

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(blanks) + 1 - begin);
}

std::optional<std::string> jsonTextProblem(std::string_view text) {
    const auto parsed = parseJson(text, {});
    if (parsed)
        return std::nullopt;
    return std::string(parsed.error().argument("reason"));
}

Result<std::vector<ToolCall>> toolCallsFromText(std::string_view text, const std::string& field) {
    // The on-demand reader checks only what it touches, so the whole is checked first.
    if (const auto problem = jsonTextProblem(text))
        return fail("row.json_text", {{"field", field}, {"reason", *problem}});
    const simdjson::padded_string padded(text);
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    std::vector<ToolCall> calls;
    const auto notCalls = [&] {
        return fail("row.json_text",
            {{"field", field}, {"reason", "it is neither a tool call nor a list of tool calls"}});
    };
    if (parser.iterate(padded).get(document))
        return notCalls();
    simdjson::ondemand::json_type type;
    if (document.type().get(type))
        return notCalls();
    if (type == simdjson::ondemand::json_type::object) {
        object single;
        if (document.get_object().get(single))
            return notCalls();
        auto call = readCall(single, field);
        if (!call)
            return forward(call);
        calls.push_back(std::move(*call));
        return calls;
    }
    simdjson::ondemand::array list;
    if (type != simdjson::ondemand::json_type::array || document.get_array().get(list))
        return notCalls();
    for (auto element : list) {
        object one;
        if (element.get_object().get(one))
            return notCalls();
        auto call = readCall(one, field);
        if (!call)
            return forward(call);
        calls.push_back(std::move(*call));
    }
    if (calls.empty())
        return notCalls();
    return calls;
}

std::string toolCallText(const ToolCall& call) {
    // Arguments that are not an object or list stand as a string, so that they read back byte for
    // byte.
    const std::string_view arguments = trimmed(call.arguments);
    const bool raw = arguments.size() == call.arguments.size() && !arguments.empty()
        && arguments.front() != '"' && !jsonTextProblem(arguments);
    return "{\"name\": " + dumpJson(call.name)
        + ", \"arguments\": " + (raw ? call.arguments : dumpJson(call.arguments)) + "}";
}

std::string toolCallsText(const std::vector<ToolCall>& calls) {
    if (calls.size() == 1)
        return toolCallText(calls.front());
    std::string text = "[";
    for (const ToolCall& call : calls)
        text += (text.size() > 1 ? ", " : "") + toolCallText(call);
    return text + "]";
}

bool saysCalls(std::string_view text, const std::vector<ToolCall>& calls) {
    const auto read = toolCallsFromText(text, {});
    if (!read)
        return calls.size() == 1 && calls[0].name.empty() && calls[0].arguments == text;
    return std::ranges::equal(*read, calls, [](const ToolCall& a, const ToolCall& b) {
        return a.name == b.name && a.arguments == b.arguments;
    });
}

void CallIds::nameCalls(std::vector<ToolCall>& calls) {
    if (m_answering)
        m_pending.clear();
    m_answering = false;
    for (ToolCall& call : calls) {
        ++m_last;
        if (call.id.empty())
            call.id = "call_" + std::to_string(m_last);
        m_pending.push_back(call.id);
    }
}

std::string CallIds::answered() {
    m_answering = true;
    if (m_pending.empty())
        return {};
    std::string id = std::move(m_pending.front());
    m_pending.pop_front();
    return id;
}

} // namespace assay
