#include "core/data/exporters/row_writers.h"

namespace assay::exporting {

namespace {

/// What Alpaca has no place for in a single turn.
Result<void> checkTurn(RowContext& context, const Message& message) {
    if (message.role == Role::Tool || !message.toolCalls.empty())
        return context.cannotHold("tool calls");
    if (message.role == Role::Developer)
        return context.cannotHold("a developer turn");
    if (!message.reasoning.empty())
        return context.cannotHold("reasoning kept apart from the answer");
    if (!isUsualWeight(message))
        return context.cannotHold("a turn's own weight in the loss");
    if (message.extra.is_object() && !withoutShape(message.extra).is_null())
        context.leftOut.insert("extra keys of turns");
    return {};
}

Result<std::string> singleAnswer(RowContext& context, const std::vector<Message>& answer) {
    if (answer.size() != 1 || answer.front().role != Role::Assistant)
        return context.cannotHold("an answer of several turns");
    if (auto done = checkTurn(context, answer.front()); !done)
        return forward(done);
    return answer.front().content;
}

/// Splits the user's words where the source row had its input.
void writeQuery(RowContext& context, const Message& user, Json& row) {
    const std::string& text = user.content;
    // Another dialect's note is as good: joining the two gives the same words.
    const Json* note = shapeNote(user.extra, "input");
    const std::size_t size = note && note->is_number_unsigned() ? note->get<std::size_t>() : 0;
    if (size > 0 && size == text.size()) {
        row["instruction"] = "";
        row["input"] = text;
    } else if (size > 0 && size < text.size() && text[text.size() - size - 1] == '\n') {
        row["instruction"] = text.substr(0, text.size() - size - 1);
        row["input"] = text.substr(text.size() - size);
    } else {
        row["instruction"] = text;
        const Json* unused = context.note("unused");
        if (!context.same)
            row["input"] = "";
        else if (unused && unused->contains("input"))
            row["input"] = (*unused)["input"];
    }
}

} // namespace

Result<Json> alpacaRow(RowContext& context) {
    const Sample& sample = context.sample;
    if (sample.text)
        return context.cannotHold("plain text");
    const std::vector<Message>& messages = sample.messages;
    for (const Message& message : messages)
        if (auto done = checkTurn(context, message); !done)
            return forward(done);
    const bool pair = sample.chosen && sample.rejected;
    const bool labelled = !pair && (sample.chosen || sample.rejected);
    std::string answer;
    std::string worse;
    if (sample.chosen || sample.rejected) {
        auto good = singleAnswer(context, sample.chosen ? *sample.chosen : *sample.rejected);
        if (!good)
            return forward(good);
        answer = std::move(*good);
        if (pair) {
            auto bad = singleAnswer(context, *sample.rejected);
            if (!bad)
                return forward(bad);
            worse = std::move(*bad);
        }
    }
    const bool answerApart = sample.chosen || sample.rejected;

    std::size_t first = 0;
    const bool system = !messages.empty() && messages.front().role == Role::System;
    if (system) {
        if (messages.front().content.empty())
            return context.cannotHold("an empty system prompt");
        first = 1;
    }
    // Questions and answers in turn; the last question's answer may stand apart.
    const std::size_t turns = messages.size() - first;
    if (turns == 0 || turns % 2 != (answerApart ? 1 : 0))
        return context.cannotHold("turns that are not question and answer in pairs");
    for (std::size_t i = 0; i < turns; ++i)
        if (messages[first + i].role != (i % 2 == 0 ? Role::User : Role::Assistant))
            return context.cannotHold("turns that are not question and answer in pairs");
    const std::size_t last = messages.size() - (answerApart ? 1 : 2);

    Json row = Json::object();
    writeQuery(context, messages[last], row);
    if (pair) {
        row["chosen"] = answer;
        row["rejected"] = worse;
    } else {
        row["output"] = answerApart ? answer : messages[last + 1].content;
    }
    if (labelled) {
        const Json* key = context.note("label");
        row[key && key->is_string() ? key->get<std::string>() : "kto_tag"]
            = sample.chosen.has_value();
    }
    if (system)
        row["system"] = messages.front().content;
    if (last > first) {
        Json& history = row["history"] = Json::array();
        for (std::size_t i = first; i < last; i += 2)
            history.push_back(Json::array({messages[i].content, messages[i + 1].content}));
    }
    if (auto done = finishRow(context, row, ToolsForm::Text); !done)
        return forward(done);
    return row;
}

} // namespace assay::exporting
