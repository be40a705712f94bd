#include "core/data/exporters/row_writers.h"

#include "core/data/tool_json.h"

namespace assay::exporting {

namespace {

std::string callsValue(RowContext& context, const Message& message) {
    const Json* note = context.note(message, "call_text");
    if (note && note->is_string()
        && saysCalls(note->get_ref<const std::string&>(), message.toolCalls))
        return note->get<std::string>();
    // A call that could not be read on import keeps its whole text as arguments.
    if (message.toolCalls.size() == 1 && message.toolCalls.front().name.empty())
        return message.toolCalls.front().arguments;
    return toolCallsText(message.toolCalls);
}

void writeWeight(RowContext& context, const Message& message, Json& turn) {
    if (!message.trainWeight || (!context.same && isUsualWeight(message)))
        return;
    const double weight = *message.trainWeight;
    const bool flag = weight == 0 || weight == 1;
    if (flag && (!context.same || context.noted(message, "weight", "train")))
        turn["train"] = weight == 1;
    else
        turn["weight"] = weightJson(weight);
}

Result<Json> turnJson(RowContext& context, const Message& message) {
    if (!message.reasoning.empty())
        return context.cannotHold("reasoning kept apart from the answer");
    Json turn = Json::object();
    if (!message.toolCalls.empty()) {
        if (!message.content.empty())
            return context.cannotHold("words and a tool call in one turn");
        turn["from"] = "function_call";
        turn["value"] = callsValue(context, message);
    } else {
        const std::string noted = notedTag(context, message, "from");
        const std::string_view tag = noted.empty() ? shareGptTag(message.role) : noted;
        if (tag.empty())
            return context.cannotHold("a developer turn");
        turn["from"] = tag;
        const bool null = message.content.empty() && context.noted(message, "content", "null");
        turn["value"] = null ? Json(nullptr) : Json(message.content);
    }
    writeWeight(context, message, turn);
    addExtraKeys(message, turn);
    return turn;
}

Result<Json> answerJson(RowContext& context, const std::vector<Message>& answer, const char* name) {
    const Json* note = context.note(name);
    if (answer.size() == 1 && !(note && *note == "list"))
        return turnJson(context, answer.front());
    Json list = Json::array();
    for (const Message& message : answer) {
        auto turn = turnJson(context, message);
        if (!turn)
            return turn;
        list.push_back(std::move(*turn));
    }
    return list;
}

} // namespace

Result<Json> shareGptRow(RowContext& context) {
    const Sample& sample = context.sample;
    if (sample.text)
        return context.cannotHold("plain text");
    const bool pair = sample.chosen && sample.rejected;
    std::vector<Message> messages = sample.messages;
    if (!pair)
        for (const auto* answer : {&sample.chosen, &sample.rejected})
            if (*answer)
                messages.insert(messages.end(), (*answer)->begin(), (*answer)->end());
    checkCallIds(context, messages);

    Json row = Json::object();
    Json& turns = row["conversations"] = Json::array();
    Json system;
    std::string systemKey = "system";
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const Message& message = messages[i];
        const Json* column = context.note(message, "column");
        const bool plain = message.role == Role::System && isUsualWeight(message)
            && !message.content.empty() && withoutShape(message.extra).is_null();
        if (i == 0 && plain && (!context.same || column)) {
            system = message.content;
            if (column && column->is_string())
                systemKey = column->get<std::string>();
            continue;
        }
        auto turn = turnJson(context, message);
        if (!turn)
            return turn;
        turns.push_back(std::move(*turn));
    }
    if (turns.empty())
        return context.cannotHold("a conversation without turns");
    if (pair) {
        for (const auto& [name, answer] :
            {std::pair{"chosen", &sample.chosen}, {"rejected", &sample.rejected}}) {
            auto json = answerJson(context, **answer, name);
            if (!json)
                return json;
            row[name] = std::move(*json);
        }
    } else if (sample.chosen || sample.rejected) {
        const Json* key = context.note("label");
        row[key && key->is_string() ? key->get<std::string>() : "kto_tag"]
            = sample.chosen.has_value();
    }
    if (!system.is_null())
        row[systemKey] = std::move(system);
    if (auto done = finishRow(context, row, ToolsForm::Text); !done)
        return forward(done);
    return row;
}

} // namespace assay::exporting
