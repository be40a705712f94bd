#include "core/data/importers/message_parser.h"
#include "core/data/importers/row_parsers.h"
#include "core/data/source_shape.h"

#include <algorithm>

namespace assay::importing {

namespace {

using Messages = std::vector<Message>;

const char* shapeOf(const Json& value) {
    return value.is_string() ? "string" : value.is_object() ? "object" : "list";
}

Message assistantMessage(std::string text) {
    Message message;
    message.role = Role::Assistant;
    message.content = std::move(text);
    return message;
}

/// An answer as text, as one message or as a list.
Result<Messages> parseAnswer(const RowFields::Field& field, RowContext& context) {
    if (field.value->is_string()) {
        Message answer = assistantMessage(field.value->get<std::string>());
        if (answer.content.empty())
            context.remarkEmptyTurn(*field.name);
        return Messages{std::move(answer)};
    }
    return MessageParser(context).parseList(*field.value, *field.name);
}

/// Splits off what two conversations have in common at their start; each keeps at least one turn.
Result<Messages> splitPrompt(Messages& chosen, Messages& rejected) {
    const std::size_t most = std::min(chosen.size(), rejected.size()) - 1;
    std::size_t common = 0;
    while (common < most && chosen[common] == rejected[common])
        ++common;
    if (common == 0)
        return fail("row.no_common_prompt", {{"field", "chosen"}});
    const auto end = chosen.begin() + std::ptrdiff_t(common);
    Messages prompt(std::make_move_iterator(chosen.begin()), std::make_move_iterator(end));
    chosen.erase(chosen.begin(), end);
    rejected.erase(rejected.begin(), rejected.begin() + std::ptrdiff_t(common));
    return prompt;
}

Result<void> readPair(const RowFields::Field& chosen, const RowFields::Field& rejected,
    RowContext& context, Sample& sample) {
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
    setShapeNote(sample.meta, "chosen", shapeOf(*chosen.value));
    setShapeNote(sample.meta, "rejected", shapeOf(*rejected.value));
    sample.chosen = std::move(*good);
    sample.rejected = std::move(*bad);
    return {};
}

/// Legacy function definitions become tools.
Result<void> takeFunctions(RowFields& row, Sample& sample) {
    if (row.has("tools"))
        return {};
    const auto functions = row.takeFilled({}, {"functions"});
    if (!functions)
        return {};
    if (!functions.value->is_array())
        return wrongType(*functions.name, "a list of functions", *functions.value);
    Json tools = Json::array();
    for (const Json& function : *functions.value)
        tools.push_back({{"type", "function"}, {"function", function}});
    sample.tools = dumpJson(tools);
    return {};
}

RowSamples finished(RowFields& row, RowContext& context, Sample&& sample) {
    if (auto done = finishSample(row, context, sample); !done)
        return forward(done);
    std::vector<Sample> samples;
    samples.push_back(std::move(sample));
    return samples;
}

} // namespace

RowSamples parseMessagesRow(RowFields& row, RowContext& context) {
    const ColumnMapping& columns = context.columns();
    Sample sample;
    const auto label = takeLabel(row, context, sample, PlainLabel::Accept);
    if (const auto field = row.take(columns.messages, {"messages", "conversations"})) {
        if (*field.name != "messages")
            setShapeNote(sample.meta, "messages", *field.name);
        auto messages = MessageParser(context).parseList(*field.value, *field.name);
        if (!messages)
            return forward(messages);
        sample.messages = std::move(*messages);
        const auto chosen = row.take(columns.chosen, {"chosen"});
        const auto rejected = row.take(columns.rejected, {"rejected"});
        remarkTurnOrder(context, sample.messages, *field.name, chosen || rejected);
        if (chosen || rejected) {
            if (auto done = readPair(chosen, rejected, context, sample); !done)
                return forward(done);
        } else if (const auto worse = row.takeFilled({}, {"rejected_response"})) {
            auto text = stringOf(worse);
            if (!text)
                return forward(text);
            applyLabel(sample, true);
            sample.rejected = Messages{assistantMessage(std::move(*text))};
            setShapeNote(sample.meta, "rejected", "rejected_response");
        } else if (label) {
            applyLabel(sample, *label);
        }
    } else {
        const auto chosen = row.take(columns.chosen, {"chosen_messages"});
        const auto rejected = row.take(columns.rejected, {"rejected_messages"});
        if (!chosen && !rejected)
            return missing("messages");
        if (auto done = readPair(chosen, rejected, context, sample); !done)
            return forward(done);
        auto prompt = splitPrompt(*sample.chosen, *sample.rejected);
        if (!prompt)
            return forward(prompt);
        sample.messages = std::move(*prompt);
    }
    if (auto done = takeFunctions(row, sample); !done)
        return forward(done);
    return finished(row, context, std::move(sample));
}

RowSamples parseOpenAiPairRow(RowFields& row, RowContext& context) {
    Sample sample;
    const auto input = row.take({}, {"input"});
    if (!input)
        return missing("input");
    if (!input.value->is_object() || !input.value->contains("messages"))
        return missing("input.messages");
    Json others;
    for (const auto& [key, value] : input.value->items()) {
        if (key == "messages") {
            auto messages = MessageParser(context).parseList(value, "input.messages");
            if (!messages)
                return forward(messages);
            sample.messages = std::move(*messages);
        } else if (key == "tools" && value.is_array()) {
            sample.tools = dumpJson(value);
        } else {
            others[key] = value;
        }
    }
    if (!others.is_null())
        setShapeNote(sample.meta, "input", std::move(others));
    const auto chosen = row.take(context.columns().chosen, {"preferred_output"});
    const auto rejected = row.take(context.columns().rejected, {"non_preferred_output"});
    if (auto done = readPair(chosen, rejected, context, sample); !done)
        return forward(done);
    return finished(row, context, std::move(sample));
}

RowSamples parseTrlRow(RowFields& row, RowContext& context) {
    const ColumnMapping& columns = context.columns();
    Sample sample;
    const auto label = takeLabel(row, context, sample, PlainLabel::Accept);
    const auto prompt = row.take(columns.query, {"prompt"});
    bool promptRead = false;
    if (prompt && prompt.value->is_string()) {
        Message user;
        user.content = prompt.value->get<std::string>();
        sample.messages.push_back(std::move(user));
        promptRead = true;
    } else if (prompt && prompt.value->is_array() && !prompt.value->empty()) {
        auto messages = MessageParser(context).parseList(*prompt.value, *prompt.name);
        if (!messages)
            return forward(messages);
        sample.messages = std::move(*messages);
        promptRead = true;
    }
    setShapeNote(sample.meta, "prompt", promptRead ? shapeOf(*prompt.value) : "absent");
    if (label) {
        const auto completion = row.take(columns.answer, {"completion"});
        if (!promptRead)
            return missing("prompt");
        if (!completion)
            return missing("completion");
        auto answer = parseAnswer(completion, context);
        if (!answer)
            return forward(answer);
        setShapeNote(sample.meta, "chosen", shapeOf(*completion.value));
        (*label ? sample.chosen : sample.rejected) = std::move(*answer);
        return finished(row, context, std::move(sample));
    }
    const auto chosen = row.take(columns.chosen, {"chosen"});
    const auto rejected = row.take(columns.rejected, {"rejected"});
    if (auto done = readPair(chosen, rejected, context, sample); !done)
        return forward(done);
    if (chosen.value->is_string()) {
        if (!promptRead)
            return fail("row.no_common_prompt", {{"field", "chosen"}});
        return finished(row, context, std::move(sample));
    }
    // Lists may repeat the prompt, or hold the only one.
    if (auto common = splitPrompt(*sample.chosen, *sample.rejected)) {
        if (promptRead)
            setShapeNote(sample.meta, "prompt",
                prompt.value->is_string() ? "string, repeated" : "list, repeated");
        if (promptRead && prompt.value->is_array()) {
            if (*common != sample.messages)
                std::ranges::move(*common, std::back_inserter(sample.messages));
        } else {
            if (promptRead && common->back().content != sample.messages.back().content) {
                row.giveBack(prompt);
                setShapeNote(sample.meta, "prompt", "absent");
            }
            sample.messages = std::move(*common);
        }
    } else if (!promptRead) {
        return forward(common);
    }
    return finished(row, context, std::move(sample));
}

} // namespace assay::importing
