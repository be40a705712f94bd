#include "core/data/exporters/row_writers.h"

#include "core/data/tool_json.h"

namespace assay::exporting {

namespace {

Json callsJson(RowContext& context, const Message& message) {
    const Json* notes = context.note(message, "calls");
    if (notes && (!notes->is_array() || notes->size() != message.toolCalls.size()))
        notes = nullptr;
    Json calls = Json::array();
    for (std::size_t i = 0; i < message.toolCalls.size(); ++i) {
        const ToolCall& call = message.toolCalls[i];
        const Json note = notes ? (*notes)[i] : Json::object();
        Json function = {{"name", call.name}, {"arguments", call.arguments}};
        if (note.contains("no_arguments") && call.arguments.empty())
            function.erase("arguments");
        else if (note.contains("arguments"))
            if (auto arguments = parseJson(call.arguments, "arguments"))
                function["arguments"] = std::move(*arguments);
        Json json = Json::object();
        if (!note.contains("no_id"))
            json["id"] = call.id;
        if (note.contains("bare")) {
            json.update(function);
        } else {
            if (!note.contains("no_type"))
                json["type"] = "function";
            json["function"] = std::move(function);
        }
        if (note.contains("extra"))
            json.update(note["extra"]);
        calls.push_back(std::move(json));
    }
    return calls;
}

/// The content as a list of text parts where the source had one of the same total length; else
/// null.
Json noteParts(RowContext& context, const Message& message) {
    const Json* notes = context.note(message, "parts");
    if (!notes)
        return nullptr;
    Json parts = Json::array();
    std::size_t at = 0;
    for (const Json& note : *notes) {
        if (note[0] != "text")
            return nullptr;
        const auto size = note[1].get<std::size_t>();
        if (at + size > message.content.size())
            return nullptr;
        Json part = {{"type", "text"}, {"text", message.content.substr(at, size)}};
        if (note.size() > 2)
            part.update(note[2]);
        parts.push_back(std::move(part));
        at += size;
    }
    return at == message.content.size() ? parts : Json(nullptr);
}

void writeContent(RowContext& context, const Message& message, Json& json) {
    if (Json parts = noteParts(context, message); !parts.is_null()) {
        json["content"] = std::move(parts);
        return;
    }
    if (!message.content.empty()) {
        json["content"] = message.content;
        return;
    }
    if (message.toolCalls.empty())
        json["content"] = context.noted(message, "content", "null") ? Json(nullptr) : Json("");
    else if (context.noted(message, "content", "empty"))
        json["content"] = "";
    else if (!context.noted(message, "content", "absent"))
        json["content"] = nullptr;
}

Json messageJson(RowContext& context, const Message& message, CallIds& ids) {
    Json json = Json::object();
    const std::string tag = notedTag(context, message, "role");
    // OpenAI's former role of tool results is read and never written.
    json["role"] = tag.empty() || tag == "function" ? std::string(roleName(message.role)) : tag;
    writeContent(context, message, json);
    if (!message.reasoning.empty())
        json["reasoning_content"] = message.reasoning;
    if (!message.toolCalls.empty()) {
        json["tool_calls"] = callsJson(context, message);
        std::vector<ToolCall> calls = message.toolCalls;
        ids.nameCalls(calls);
    }
    if (message.role == Role::Tool) {
        const std::string answered = ids.answered();
        const bool implied
            = context.noted(message, "tool_call_id", "absent") && answered == message.toolCallId;
        if (!implied && !message.toolCallId.empty())
            json["tool_call_id"] = message.toolCallId;
    }
    if (message.trainWeight && (context.same || !isUsualWeight(message))) {
        if (context.noted(message, "weight", "train"))
            json["train"] = *message.trainWeight != 0;
        else
            json["weight"] = weightJson(*message.trainWeight);
    }
    addExtraKeys(message, json);
    return json;
}

std::vector<Message> joined(const std::vector<Message>& a, const std::vector<Message>& b) {
    std::vector<Message> all = a;
    all.insert(all.end(), b.begin(), b.end());
    return all;
}

const std::vector<Message>& onlyAnswer(const Sample& sample) {
    return sample.chosen ? *sample.chosen : *sample.rejected;
}

void writeLabel(RowContext& context, Json& row) {
    const Json* key = context.note("label");
    row[key && key->is_string() ? key->get<std::string>() : "label"]
        = context.sample.chosen.has_value();
}

bool isPair(const Sample& sample) {
    return sample.chosen && sample.rejected;
}
bool isLabelled(const Sample& sample) {
    return !isPair(sample) && (sample.chosen || sample.rejected);
}

Result<Json> finished(RowContext& context, Json row, ToolsForm form) {
    if (auto done = finishRow(context, row, form); !done)
        return forward(done);
    return row;
}

/// A message in typed parts.
Json partsJson(RowContext& context, const Message& message) {
    Json order = usualParts(message);
    if (const Json* noted = context.note(message, "parts")) {
        // The noted order still fits when it divides what there is without remainder.
        std::size_t text = 0;
        std::size_t reasoning = 0;
        std::size_t calls = 0;
        for (const Json& part : *noted)
            (part[0] == "text"               ? text
                    : part[0] == "reasoning" ? reasoning
                                             : calls)
                += part[1].get<std::size_t>();
        if (text == message.content.size() && reasoning == message.reasoning.size()
            && calls == message.toolCalls.size())
            order = *noted;
    }
    Json parts = Json::array();
    std::size_t text = 0;
    std::size_t reasoning = 0;
    std::size_t call = 0;
    for (const Json& note : order) {
        const std::string type = note[0].get<std::string>();
        const auto size = note[1].get<std::size_t>();
        Json part = {{"type", type}};
        if (type == "tool_call") {
            const auto begin = message.toolCalls.begin() + std::ptrdiff_t(call);
            const std::vector<ToolCall> calls(begin, begin + std::ptrdiff_t(size));
            call += size;
            if (note.size() > 2 && saysCalls(note[2].get_ref<const std::string&>(), calls))
                part["value"] = note[2];
            else if (calls.size() == 1 && calls.front().name.empty())
                part["value"] = calls.front().arguments;
            else
                part["value"] = toolCallsText(calls);
        } else {
            std::size_t& at = type == "text" ? text : reasoning;
            part["value"] = (type == "text" ? message.content : message.reasoning).substr(at, size);
            at += size;
            if (note.size() > 2)
                part.update(note[2]);
        }
        parts.push_back(std::move(part));
    }
    return parts;
}

Result<Json> v1Messages(RowContext& context, const std::vector<Message>& messages) {
    checkCallIds(context, messages);
    Json list = Json::array();
    for (const Message& message : messages) {
        if (message.role == Role::Developer)
            return context.cannotHold("a developer turn");
        Json json = Json::object();
        const std::string tag = notedTag(context, message, "role");
        json["role"] = tag.empty() ? std::string(roleName(message.role)) : tag;
        json["content"] = partsJson(context, message);
        if (message.trainWeight || !context.same) {
            const double usual = message.role == Role::Assistant ? 1.0 : 0.0;
            json["loss_weight"] = message.trainWeight.value_or(usual);
        }
        addExtraKeys(message, json);
        list.push_back(std::move(json));
    }
    return list;
}

} // namespace

Result<Json> openAiMessages(RowContext& context, const std::vector<Message>& messages) {
    Json list = Json::array();
    CallIds ids;
    for (const Message& message : messages)
        list.push_back(messageJson(context, message, ids));
    return list;
}

Result<Json> openAiRow(RowContext& context) {
    const Sample& sample = context.sample;
    if (sample.text)
        return context.cannotHold("plain text");
    Json row = Json::object();
    const Json* noted = context.note("rejected");
    if (isPair(sample) && noted && *noted == "rejected_response" && sample.rejected->size() == 1) {
        row["messages"] = *openAiMessages(context, joined(sample.messages, *sample.chosen));
        row["rejected_response"] = sample.rejected->front().content;
        return finished(context, std::move(row), ToolsForm::List);
    }
    if (isPair(sample)) {
        Json input = {{"messages", *openAiMessages(context, sample.messages)}};
        auto tools = toolsJson(context, ToolsForm::List);
        if (!tools)
            return tools;
        if (!tools->is_null())
            input["tools"] = std::move(*tools);
        // Same dialect or not, these are keys of the input object.
        if (const Json* others = shapeNote(sample.meta, "input"))
            input.update(*others);
        row["input"] = std::move(input);
        row["preferred_output"] = *openAiMessages(context, *sample.chosen);
        row["non_preferred_output"] = *openAiMessages(context, *sample.rejected);
        row["tools"] = nullptr; // they stand inside
        auto done = finished(context, std::move(row), ToolsForm::List);
        if (done)
            done->erase("tools");
        return done;
    }
    std::vector<Message> messages
        = isLabelled(sample) ? joined(sample.messages, onlyAnswer(sample)) : sample.messages;
    if (messages.empty())
        return context.cannotHold("a conversation without turns");
    const Json* key = context.note("messages");
    row[key && key->is_string() ? key->get<std::string>() : "messages"]
        = *openAiMessages(context, messages);
    if (isLabelled(sample))
        writeLabel(context, row);
    return finished(context, std::move(row), ToolsForm::List);
}

Result<Json> llamaFactoryV1Row(RowContext& context) {
    const Sample& sample = context.sample;
    if (sample.text)
        return context.cannotHold("plain text");
    Json row = Json::object();
    const auto write = [&](const char* key, const std::vector<Message>& messages) -> Result<void> {
        auto json = v1Messages(context, messages);
        if (!json)
            return forward(json);
        row[key] = std::move(*json);
        return {};
    };
    Result<void> done;
    if (isPair(sample)) {
        done = write("chosen_messages", joined(sample.messages, *sample.chosen));
        if (done)
            done = write("rejected_messages", joined(sample.messages, *sample.rejected));
    } else {
        if (sample.messages.empty())
            return context.cannotHold("a conversation without turns");
        done = write("messages",
            isLabelled(sample) ? joined(sample.messages, onlyAnswer(sample)) : sample.messages);
        if (isLabelled(sample))
            writeLabel(context, row);
    }
    if (!done)
        return forward(done);
    return finished(context, std::move(row), ToolsForm::Text);
}

Result<Json> trlRow(RowContext& context) {
    const Sample& sample = context.sample;
    if (sample.text)
        return context.cannotHold("plain text");
    if (!sample.chosen && !sample.rejected)
        return context.cannotHold("a conversation without a preferred or rejected answer");
    const Json* noted = context.note("prompt");
    const std::string form = noted ? noted->get<std::string>() : "list";
    const std::vector<Message>& prompt = sample.messages;
    const auto isPlain = [](const std::vector<Message>& turns, Role role) {
        return turns.size() == 1 && turns.front().role == role && turns.front().toolCalls.empty()
            && turns.front().reasoning.empty() && isUsualWeight(turns.front());
    };
    Json row = Json::object();
    const bool asText = form.starts_with("string");
    if (form == "string, repeated" && !prompt.empty() && prompt.back().role == Role::User)
        row["prompt"] = prompt.back().content;
    else if (asText && isPlain(prompt, Role::User))
        row["prompt"] = prompt.front().content;
    else if (form != "absent")
        row["prompt"] = *openAiMessages(context, prompt);

    const bool repeated = form == "absent" || form.ends_with("repeated");
    const auto answer = [&](const std::vector<Message>& turns, const char* note) -> Json {
        const Json* shape = context.note(note);
        if (shape && *shape == "string" && isPlain(turns, Role::Assistant))
            return turns.front().content;
        return *openAiMessages(context, repeated ? joined(prompt, turns) : turns);
    };
    if (isPair(sample)) {
        row["chosen"] = answer(*sample.chosen, "chosen");
        row["rejected"] = answer(*sample.rejected, "rejected");
    } else {
        row["completion"] = answer(onlyAnswer(sample), "chosen");
        writeLabel(context, row);
    }
    return finished(context, std::move(row), ToolsForm::List);
}

} // namespace assay::exporting
