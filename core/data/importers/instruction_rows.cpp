#include "core/data/importers/row_parsers.h"
#include "core/data/source_shape.h"

namespace assay::importing {

namespace {

Message turn(Role role, std::string text) {
    Message message;
    message.role = role;
    message.content = std::move(text);
    return message;
}

/// Alpaca's rule: instruction and input with a line break between, each left out when empty.
std::string joined(std::string query, const std::string& input) {
    if (input.empty())
        return query;
    if (query.empty())
        return input;
    return query + "\n" + input;
}

Result<void> readHistory(const RowFields::Field& field, Sample& sample, RowContext& context) {
    Json parsed;
    const Json* history = field.value;
    const auto wrong = [&](std::string place) {
        return fail("row.history", {{"field", std::move(place)}});
    };
    if (history->is_string()) { // a CSV cell
        auto json = parseJson(history->get_ref<const std::string&>(), *field.name);
        if (!json)
            return wrong(*field.name);
        parsed = std::move(*json);
        history = &parsed;
    }
    if (!history->is_array())
        return wrong(*field.name);
    for (std::size_t i = 0; i < history->size(); ++i) {
        const Json& pair = (*history)[i];
        const std::string place = at(*field.name, i);
        if (!pair.is_array() || pair.size() != 2 || !pair[0].is_string() || !pair[1].is_string())
            return wrong(place);
        for (std::size_t side = 0; side < 2; ++side) {
            sample.messages.push_back(
                turn(side == 0 ? Role::User : Role::Assistant, pair[side].get<std::string>()));
            if (sample.messages.back().content.empty())
                context.remarkEmptyTurn(at(place, side));
        }
    }
    return {};
}

/// "instruction" beside "query" makes the query its input, as Data-Juicer's rows mean it.
Result<void> readQuery(RowFields& row, RowContext& context, Sample& sample) {
    const ColumnMapping& columns = context.columns();
    const auto query
        = row.take(columns.query, {"instruction", "query", "question", "prompt", "user", "human"});
    const auto input = row.takeFilled(columns.input, {"input", "query"});
    if (!query && !input)
        return missing(columns.query.empty() ? "instruction" : columns.query);
    std::string text;
    std::string inputText;
    if (query && !query.value->is_null()) {
        auto read = stringOf(query);
        if (!read)
            return forward(read);
        text = std::move(*read);
    }
    if (input) {
        auto read = stringOf(input);
        if (!read)
            return forward(read);
        inputText = std::move(*read);
    }
    Message user = turn(Role::User, joined(std::move(text), inputText));
    if (!inputText.empty() && query)
        setShapeNote(user.extra, "input", inputText.size());
    if (user.content.empty())
        context.remarkEmptyTurn(query ? *query.name : *input.name);
    sample.messages.push_back(std::move(user));
    return {};
}

Result<std::vector<Message>> readAnswer(const RowFields::Field& field, RowContext& context) {
    auto text = stringOf(field);
    if (!text)
        return forward(text);
    if (text->empty())
        context.remarkEmptyTurn(*field.name);
    return std::vector<Message>{turn(Role::Assistant, std::move(*text))};
}

RowSamples finished(RowFields& row, RowContext& context, Sample&& sample) {
    if (auto done = finishSample(row, context, sample); !done)
        return forward(done);
    std::vector<Sample> samples;
    samples.push_back(std::move(sample));
    return samples;
}

} // namespace

RowSamples parseInstructionRow(RowFields& row, RowContext& context) {
    const ColumnMapping& columns = context.columns();
    Sample sample;
    if (const auto system = row.takeFilled(columns.system, {"system", "system_prompt"})) {
        auto text = stringOf(system);
        if (!text)
            return forward(text);
        sample.messages.push_back(turn(Role::System, std::move(*text)));
    }
    if (const auto history = row.takeFilled(columns.history, {"history"}))
        if (auto done = readHistory(history, sample, context); !done)
            return forward(done);
    const auto label = takeLabel(row, context, sample, PlainLabel::Ignore);
    if (auto done = readQuery(row, context, sample); !done)
        return forward(done);

    const auto answer = row.take(
        columns.answer, {"output", "response", "answer", "completion", "assistant", "target"});
    const auto chosen = row.takeFilled(columns.chosen, {"chosen"});
    const auto rejected = row.takeFilled(columns.rejected, {"rejected"});
    if (chosen || rejected) {
        if (!chosen)
            return missing("chosen");
        if (!rejected)
            return missing("rejected");
        auto good = readAnswer(chosen, context);
        if (!good)
            return forward(good);
        auto bad = readAnswer(rejected, context);
        if (!bad)
            return forward(bad);
        sample.chosen = std::move(*good);
        sample.rejected = std::move(*bad);
        if (answer && *answer.value == "")
            row.unused()[*answer.name] = "";
        else if (answer)
            row.giveBack(answer);
        return finished(row, context, std::move(sample));
    }
    if (!answer)
        return missing(columns.answer.empty() ? "output" : columns.answer);
    auto messages = readAnswer(answer, context);
    if (!messages)
        return forward(messages);
    sample.messages.push_back(std::move(messages->front()));
    if (label)
        applyLabel(sample, *label);
    return finished(row, context, std::move(sample));
}

RowSamples parseParallelRow(RowFields& row, RowContext& context) {
    Sample sample;
    const auto input = row.take(context.columns().query, {"input"});
    const auto output = row.take(context.columns().answer, {"output"});
    if (!input)
        return missing("input");
    if (!output)
        return missing("output");
    for (const auto* field : {&input, &output})
        if (!field->value->is_array())
            return wrongType(*field->name, "a list of texts", *field->value);
    if (input.value->size() != output.value->size())
        return fail("row.list_lengths",
            {{"field", *output.name}, {"found", std::to_string(output.value->size())},
                {"expected", std::to_string(input.value->size())}});
    if (input.value->empty())
        return fail("row.no_messages", {{"field", *input.name}});
    for (std::size_t i = 0; i < input.value->size(); ++i) {
        auto question = stringOf((*input.value)[i], at(*input.name, i));
        if (!question)
            return forward(question);
        auto answer = stringOf((*output.value)[i], at(*output.name, i));
        if (!answer)
            return forward(answer);
        if (answer->empty())
            context.remarkEmptyTurn(at(*output.name, i));
        sample.messages.push_back(turn(Role::User, std::move(*question)));
        sample.messages.push_back(turn(Role::Assistant, std::move(*answer)));
    }
    return finished(row, context, std::move(sample));
}

RowSamples parseSelfInstructRow(RowFields& row, RowContext& context) {
    const auto instruction = row.take(context.columns().query, {"instruction"});
    const auto instances = row.take({}, {"instances"});
    if (!instruction)
        return missing("instruction");
    auto query = stringOf(instruction);
    if (!query)
        return forward(query);
    if (!instances)
        return missing("instances");
    if (!instances.value->is_array() || instances.value->empty())
        return wrongType(*instances.name, "a list with at least one instance", *instances.value);
    Sample common;
    if (auto done = finishSample(row, context, common); !done)
        return forward(done);
    std::vector<Sample> samples;
    for (std::size_t i = 0; i < instances.value->size(); ++i) {
        const Json& instance = (*instances.value)[i];
        const std::string place = at(*instances.name, i);
        if (!instance.is_object())
            return wrongType(place, "an object", instance);
        std::string input;
        if (const auto value = instance.find("input");
            value != instance.end() && !value->is_null()) {
            auto text = stringOf(*value, place + ".input");
            if (!text)
                return forward(text);
            input = std::move(*text);
        }
        const auto output = instance.find("output");
        if (output == instance.end())
            return missing(place + ".output");
        auto answer = stringOf(*output, place + ".output");
        if (!answer)
            return forward(answer);
        if (answer->empty())
            context.remarkEmptyTurn(place + ".output");
        Sample sample = common;
        Message user = turn(Role::User, joined(*query, input));
        if (!input.empty())
            setShapeNote(user.extra, "input", input.size());
        sample.messages.push_back(std::move(user));
        sample.messages.push_back(turn(Role::Assistant, std::move(*answer)));
        for (const auto& [key, value] : instance.items())
            if (key != "input" && key != "output")
                sample.meta[key] = value;
        samples.push_back(std::move(sample));
    }
    return samples;
}

RowSamples parseTextRow(RowFields& row, RowContext& context) {
    Sample sample;
    const auto field = row.take(context.columns().text, {"text", "content", "raw_content"});
    if (!field)
        return missing(context.columns().text.empty() ? "text" : context.columns().text);
    if (field.value->is_array()) {
        // Lines of a poem and the like.
        std::string text;
        for (std::size_t i = 0; i < field.value->size(); ++i) {
            auto line = stringOf((*field.value)[i], at(*field.name, i));
            if (!line)
                return forward(line);
            text += (i == 0 ? "" : "\n") + *line;
        }
        sample.text = std::move(text);
        setShapeNote(sample.meta, "text_list", true);
    } else {
        auto text = stringOf(field);
        if (!text)
            return forward(text);
        sample.text = std::move(*text);
    }
    if (sample.text->empty())
        context.remarkEmptyTurn(*field.name);
    if (*field.name != "text")
        setShapeNote(sample.meta, "text", *field.name);
    return finished(row, context, std::move(sample));
}

} // namespace assay::importing
