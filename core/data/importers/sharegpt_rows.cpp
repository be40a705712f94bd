#include "core/data/importers/message_parser.h"
#include "core/data/importers/row_parsers.h"
#include "core/data/source_shape.h"

#include <algorithm>

namespace assay::importing {

namespace {

/// Reads {"from","value"} turns of one conversation.
class TurnParser {
public:
    explicit TurnParser(RowContext& context)
        : m_context(context) { }

    Result<Message> parse(const Json& json, const std::string& field) {
        if (!json.is_object())
            return wrongType(field, "a turn", json);
        const auto from = json.find("from");
        if (from == json.end())
            return missing(field + ".from");
        auto tag = stringOf(*from, field + ".from");
        if (!tag)
            return forward(tag);
        const auto value = json.find("value");
        if (value == json.end())
            return missing(field + ".value");
        Message message;
        std::string text;
        if (value->is_null()) {
            setShapeNote(message.extra, "content", "null");
        } else {
            auto read = stringOf(*value, field + ".value");
            if (!read)
                return forward(read);
            text = std::move(*read);
        }
        if (text.empty())
            m_context.remarkEmptyTurn(field + ".value");

        const bool mapped = m_context.options().roles.contains(*tag);
        if (*tag == "function_call" && !mapped) {
            message.role = Role::Assistant;
            readCalls(text, field + ".value", message);
        } else {
            auto role = m_context.role(*tag, field + ".from");
            if (!role)
                return forward(role);
            message.role = *role;
            message.content = std::move(text);
            if (*tag != shareGptTag(message.role))
                setShapeNote(message.extra, "from", {*tag, roleName(message.role)});
            if (message.role == Role::Tool)
                message.toolCallId = m_ids.answered();
        }
        for (const auto& [key, other] : json.items()) {
            if (key == "from" || key == "value" || key == shapeKey)
                continue;
            if (isWeightKey(key)) {
                if (auto done = parseWeight(key, other, field, message); !done)
                    return forward(done);
            } else {
                message.extra[key] = other;
            }
        }
        return message;
    }

    Result<std::vector<Message>> parseList(const Json& json, const std::string& field) {
        if (!json.is_array())
            return wrongType(field, "a list of turns", json);
        std::vector<Message> messages;
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

private:
    void readCalls(const std::string& text, const std::string& field, Message& message) {
        auto calls = toolCallsFromText(text, field);
        if (!calls) {
            m_context.remark(calls.error());
            calls = std::vector<ToolCall>{{{}, {}, text}};
        } else if (toolCallsText(*calls) != text) {
            setShapeNote(message.extra, "call_text", text);
        }
        m_ids.nameCalls(*calls);
        message.toolCalls = std::move(*calls);
    }

    RowContext& m_context;
    CallIds m_ids;
};

Result<std::vector<Message>> parseAnswer(const RowFields::Field& field, RowContext& context) {
    if (field.value->is_array())
        return TurnParser(context).parseList(*field.value, *field.name);
    Message message;
    if (field.value->is_string()) {
        message.role = Role::Assistant;
        message.content = field.value->get<std::string>();
    } else {
        auto turn = TurnParser(context).parse(*field.value, *field.name);
        if (!turn)
            return forward(turn);
        message = std::move(*turn);
    }
    std::vector<Message> messages;
    messages.push_back(std::move(message));
    return messages;
}

Result<std::vector<Message>> parsePairs(
    const Json& json, const std::string& field, RowContext& context) {
    if (!json.is_array())
        return wrongType(field, "a list of turns", json);
    std::vector<Message> messages;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const std::string place = at(field, i);
        if (!json[i].is_object())
            return wrongType(place, "an object with human and assistant", json[i]);
        std::vector<Message> pair(2);
        const char* const keys[] = {"human", "assistant"};
        for (std::size_t side = 0; side < 2; ++side) {
            const auto value = json[i].find(keys[side]);
            const std::string name = place + "." + keys[side];
            if (value == json[i].end())
                return missing(name);
            auto text = stringOf(*value, name);
            if (!text)
                return forward(text);
            pair[side].role = side == 0 ? Role::User : Role::Assistant;
            pair[side].content = std::move(*text);
            if (pair[side].content.empty())
                context.remarkEmptyTurn(name);
        }
        for (const auto& [key, value] : json[i].items())
            if (key != "human" && key != "assistant")
                pair[1].extra[key] = value;
        std::ranges::move(pair, std::back_inserter(messages));
    }
    if (messages.empty())
        return fail("row.no_messages", {{"field", field}});
    return messages;
}

} // namespace

RowSamples parseShareGptRow(RowFields& row, RowContext& context) {
    const ColumnMapping& columns = context.columns();
    Sample sample;
    const auto label = takeLabel(row, context, sample, PlainLabel::Ignore);
    const auto field = row.take(columns.messages, {"conversations", "conversation", "messages"});
    if (!field)
        return missing("conversations");
    const bool pairs = field.value->is_array() && !field.value->empty()
        && field.value->front().is_object() && field.value->front().contains("human");
    auto messages = pairs ? parsePairs(*field.value, *field.name, context)
                          : TurnParser(context).parseList(*field.value, *field.name);
    if (!messages)
        return forward(messages);
    sample.messages = std::move(*messages);
    remarkTurnOrder(
        context, sample.messages, *field.name, row.has("chosen") || row.has("rejected"));

    if (const auto system = row.takeFilled(columns.system, {"system", "system_prompt"})) {
        auto text = stringOf(system);
        if (!text)
            return forward(text);
        if (sample.messages.front().role == Role::System) {
            row.unused()[*system.name] = *text; // the turn overrides the column
        } else {
            Message message;
            message.role = Role::System;
            message.content = std::move(*text);
            setShapeNote(message.extra, "column", *system.name);
            sample.messages.insert(sample.messages.begin(), std::move(message));
        }
    }

    const auto chosen = row.take(columns.chosen, {"chosen"});
    const auto rejected = row.take(columns.rejected, {"rejected"});
    if (chosen || rejected) {
        if (!chosen)
            return missing("chosen");
        if (!rejected)
            return missing("rejected");
        auto good = parseAnswer(chosen, context);
        if (!good)
            return forward(good);
        auto bad = parseAnswer(rejected, context);
        if (!bad)
            return forward(bad);
        sample.chosen = std::move(*good);
        sample.rejected = std::move(*bad);
        setShapeNote(sample.meta, "chosen", chosen.value->is_array() ? "list" : "object");
        setShapeNote(sample.meta, "rejected", rejected.value->is_array() ? "list" : "object");
    } else if (label) {
        applyLabel(sample, *label);
    }
    if (auto done = finishSample(row, context, sample); !done)
        return forward(done);
    std::vector<Sample> samples;
    samples.push_back(std::move(sample));
    return samples;
}

} // namespace assay::importing
