#include "core/data/importers/message_parser.h"

#include "core/data/source_shape.h"

namespace assay::importing {

bool isWeightKey(const std::string& key) {
    return key == "weight" || key == "loss_weight" || key == "train";
}

Result<void> parseWeight(
    const std::string& key, const Json& value, const std::string& field, Message& message) {
    if (value.is_number() && key != "train") {
        message.trainWeight = value.get<double>();
    } else if (value.is_boolean()) {
        message.trainWeight = value.get<bool>() ? 1.0 : 0.0;
    } else if (value.is_null()) {
        message.extra[key] = nullptr;
        return {};
    } else {
        return wrongType(field + "." + key, key == "train" ? "true or false" : "a number", value);
    }
    if (key == "train")
        setShapeNote(message.extra, "weight", key);
    return {};
}

Result<Message> MessageParser::parse(const Json& json, const std::string& field) {
    if (!json.is_object())
        return wrongType(field, "a message", json);
    Message message;
    const auto role = json.find("role");
    if (role == json.end())
        return missing(field + ".role");
    auto tag = stringOf(*role, field + ".role");
    if (!tag)
        return forward(tag);
    auto known = m_context.role(*tag, field + ".role");
    if (!known)
        return forward(known);
    message.role = *known;
    if (*tag != roleName(message.role))
        setShapeNote(message.extra, "role", {*tag, roleName(message.role)});

    bool contentSeen = false;
    for (const auto& [key, value] : json.items()) {
        Result<void> done;
        if (key == "role") {
            continue;
        } else if (key == "content") {
            contentSeen = true;
            done = parseContent(value, field + ".content", message);
        } else if (isWeightKey(key)) {
            done = parseWeight(key, value, field, message);
        } else if (key == "tool_calls" && !value.is_null()) {
            done = parseToolCalls(value, field + ".tool_calls", message);
        } else if (key == "function_call" && !value.is_null()) {
            done = parseOldCall(value, field + ".function_call", message);
        } else if (key == "tool_call_id" && value.is_string()) {
            message.toolCallId = value.get<std::string>();
        } else if (key == "reasoning_content" && value.is_string()) {
            message.reasoning += value.get<std::string>();
        } else if (key != shapeKey) {
            message.extra[key] = value;
        }
        if (!done)
            return forward(done);
    }
    const bool hasCalls = !message.toolCalls.empty();
    if (!contentSeen && !hasCalls)
        return missing(field + ".content");
    if (!contentSeen)
        setShapeNote(message.extra, "content", "absent");
    else if (hasCalls && json["content"] == "")
        setShapeNote(message.extra, "content", "empty");
    if (message.content.empty() && !hasCalls)
        m_context.remarkEmptyTurn(field + ".content");
    if (hasCalls)
        m_ids.nameCalls(message.toolCalls);
    if (message.role == Role::Tool) {
        const std::string answered = m_ids.answered();
        if (message.toolCallId.empty() && !answered.empty()) {
            message.toolCallId = answered;
            if (*tag != "function") // OpenAI's former role, which is not written any more
                setShapeNote(message.extra, "tool_call_id", "absent");
        }
    }
    return message;
}

Result<std::vector<Message>> MessageParser::parseList(const Json& json, const std::string& field) {
    std::vector<Message> messages;
    if (json.is_object()) {
        auto only = parse(json, field);
        if (!only)
            return forward(only);
        messages.push_back(std::move(*only));
        return messages;
    }
    if (!json.is_array())
        return wrongType(field, "a list of messages", json);
    for (std::size_t i = 0; i < json.size(); ++i) {
        auto message = parse(json[i], at(field, i));
        if (!message)
            return forward(message);
        messages.push_back(std::move(*message));
    }
    if (messages.empty())
        return fail("row.no_messages", {{"field", field}});
    return messages;
}

Result<void> MessageParser::parseContent(
    const Json& content, const std::string& field, Message& message) {
    if (content.is_string()) {
        message.content = content.get<std::string>();
        return {};
    }
    if (content.is_null()) {
        setShapeNote(message.extra, "content", "null");
        return {};
    }
    if (!content.is_array())
        return wrongType(field, "a string or a list of parts", content);
    Json parts = Json::array();
    bool values = true; // LLaMA-Factory's parts say "value", OpenAI's "text"
    for (std::size_t i = 0; i < content.size(); ++i) {
        if (auto done = parsePart(content[i], at(field, i), message, parts); !done)
            return done;
        values = values && content[i].contains("value");
    }
    if (!values || parts != usualParts(message))
        setShapeNote(message.extra, "parts", std::move(parts));
    return {};
}

/// A part is noted as [type, bytes, other keys] or, for calls, ["tool_call", calls, the text where
/// it is not the spelling that `toolCallText` gives].
Result<void> MessageParser::parsePart(
    const Json& part, const std::string& field, Message& message, Json& shape) {
    if (!part.is_object())
        return wrongType(field, "a part", part);
    const auto type = part.find("type");
    if (type == part.end() || !type->is_string())
        return missing(field + ".type");
    const std::string name = type->get<std::string>();
    if (name != "text" && name != "reasoning" && name != "tool_call")
        return fail("row.part_type", {{"field", field}, {"type", name}});
    const char* valueKey = part.contains("value") ? "value" : "text";
    const auto value = part.find(valueKey);
    if (value == part.end())
        return missing(field + "." + valueKey);
    auto text = stringOf(*value, field + "." + valueKey);
    if (!text)
        return forward(text);
    if (name == "tool_call") {
        auto calls = toolCallsFromText(*text, field + "." + valueKey);
        Json note = {name, 1};
        if (calls) {
            note[1] = calls->size();
            if (toolCallsText(*calls) != *text)
                note.push_back(*text);
        } else {
            m_context.remark(calls.error());
            calls = std::vector<ToolCall>{{{}, {}, *text}};
        }
        std::ranges::move(*calls, std::back_inserter(message.toolCalls));
        shape.push_back(std::move(note));
        return {};
    }
    Json note = {name, text->size()};
    Json others;
    for (const auto& [key, other] : part.items())
        if (key != "type" && key != valueKey)
            others[key] = other;
    if (!others.is_null())
        note.push_back(std::move(others));
    shape.push_back(std::move(note));
    (name == "text" ? message.content : message.reasoning) += *text;
    return {};
}

Result<void> MessageParser::parseToolCalls(
    const Json& calls, const std::string& field, Message& message) {
    if (!calls.is_array())
        return wrongType(field, "a list of tool calls", calls);
    Json notes = Json::array();
    bool noted = false;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const Json& json = calls[i];
        if (!json.is_object())
            return wrongType(at(field, i), "a tool call", json);
        // Some writers leave the wrapper out.
        const bool wrapped = json.contains("function") && json["function"].is_object();
        const Json& function = wrapped ? json["function"] : json;
        const std::string functionField = at(field, i) + (wrapped ? ".function" : "");
        ToolCall call;
        Json note = Json::object();
        if (json.contains("id") && json["id"].is_string())
            call.id = json["id"].get<std::string>();
        else
            note["no_id"] = true;
        if (!function.contains("name") || !function["name"].is_string())
            return missing(functionField + ".name");
        call.name = function["name"].get<std::string>();
        if (const auto arguments = function.find("arguments"); arguments == function.end()) {
            note["no_arguments"] = true;
        } else if (arguments->is_string()) {
            call.arguments = arguments->get<std::string>();
            if (const auto problem = jsonTextProblem(call.arguments))
                m_context.remark(Error("row.json_text",
                    {{"field", functionField + ".arguments"}, {"reason", *problem}}));
        } else {
            call.arguments = dumpJson(*arguments);
            note["arguments"] = "json";
        }
        if (!wrapped)
            note["bare"] = true;
        if (wrapped && (!json.contains("type") || json["type"] != "function"))
            note["no_type"] = true;
        Json others;
        for (const auto& [key, value] : json.items())
            if (key != "id" && key != "type" && key != "function"
                && (wrapped || (key != "name" && key != "arguments")))
                others[key] = value;
        if (!others.is_null())
            note["extra"] = std::move(others);
        noted = noted || !note.empty();
        notes.push_back(std::move(note));
        message.toolCalls.push_back(std::move(call));
    }
    if (noted)
        setShapeNote(message.extra, "calls", std::move(notes));
    return {};
}

/// OpenAI's former form; it is read and never written.
Result<void> MessageParser::parseOldCall(
    const Json& call, const std::string& field, Message& message) {
    if (!call.is_object())
        return wrongType(field, "an object", call);
    if (!call.contains("name") || !call["name"].is_string())
        return missing(field + ".name");
    ToolCall read;
    read.name = call["name"].get<std::string>();
    if (const auto arguments = call.find("arguments"); arguments != call.end()) {
        read.arguments
            = arguments->is_string() ? arguments->get<std::string>() : dumpJson(*arguments);
        if (const auto problem = jsonTextProblem(read.arguments))
            m_context.remark(
                Error("row.json_text", {{"field", field + ".arguments"}, {"reason", *problem}}));
    }
    message.toolCalls.push_back(std::move(read));
    return {};
}

} // namespace assay::importing
