#include "core/data/importers/row_fields.h"

#include "core/data/source_shape.h"
#include "core/data/tool_json.h"

#include <simdjson.h>

#include <algorithm>
#include <cctype>

namespace assay::importing {

namespace {

bool sameIgnoringCase(std::string_view a, std::string_view b) {
    return std::ranges::equal(
        a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// Tags of all dialects. "function_call" is handled by ShareGPT, which alone has it.
const std::map<std::string_view, Role> roleTags = {
    {"system", Role::System},
    {"developer", Role::Developer},
    {"user", Role::User},
    {"human", Role::User},
    {"assistant", Role::Assistant},
    {"gpt", Role::Assistant},
    {"tool", Role::Tool},
    {"observation", Role::Tool},
    {"function", Role::Tool},
};

} // namespace

RowFields::RowFields(Json object)
    : m_row(std::move(object))
    , m_taken(m_row.size(), false) { }

RowFields::Field RowFields::find(
    const std::string& mapped, std::initializer_list<const char*> names) {
    const auto search = [&](auto&& equal, std::string_view wanted) -> Field {
        std::size_t index = 0;
        for (auto it = m_row.begin(); it != m_row.end(); ++it, ++index) {
            if (m_taken[index] || !equal(std::string_view(it.key()), wanted))
                continue;
            m_taken[index] = true;
            return {&it.key(), &it.value()};
        }
        return {};
    };
    const auto exactly = [](std::string_view a, std::string_view b) { return a == b; };
    if (!mapped.empty()) {
        if (Field found = search(exactly, mapped))
            return found;
        return search(sameIgnoringCase, mapped);
    }
    for (const char* name : names)
        if (Field found = search(exactly, name))
            return found;
    for (const char* name : names)
        if (Field found = search(sameIgnoringCase, name))
            return found;
    return {};
}

RowFields::Field RowFields::take(
    const std::string& mapped, std::initializer_list<const char*> names) {
    return find(mapped, names);
}

RowFields::Field RowFields::takeFilled(
    const std::string& mapped, std::initializer_list<const char*> names) {
    const Field field = find(mapped, names);
    if (!field)
        return field;
    const Json& value = *field.value;
    const bool emptyText = value.is_string() && value.get_ref<const std::string&>().empty();
    if (value.is_null() || emptyText || (value.is_array() && value.empty())) {
        m_unused[*field.name] = value;
        return {};
    }
    return field;
}

bool RowFields::has(const char* name) const {
    return m_row.contains(name);
}

const Json* RowFields::peek(const char* name) const {
    const auto found = m_row.find(name);
    return found == m_row.end() ? nullptr : &*found;
}

void RowFields::giveBack(const Field& field) {
    std::size_t index = 0;
    for (auto it = m_row.begin(); it != m_row.end(); ++it, ++index)
        if (&it.value() == field.value)
            m_taken[index] = false;
}

Json RowFields::rest() const {
    Json rest;
    std::size_t index = 0;
    for (auto it = m_row.begin(); it != m_row.end(); ++it, ++index)
        if (!m_taken[index])
            rest[it.key()] = it.value();
    return rest;
}

std::string RowContext::rawValue(const std::string& key) const {
    const simdjson::padded_string padded(m_text);
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    simdjson::ondemand::value value;
    std::string_view raw;
    if (parser.iterate(padded).get(document) || document.find_field_unordered(key).get(value)
        || simdjson::to_json_string(value).get(raw))
        return {};
    return std::string(trimmed(raw));
}

Result<Role> RowContext::role(const std::string& tag, const std::string& field) const {
    if (const auto mapped = m_options.roles.find(tag); mapped != m_options.roles.end())
        return mapped->second;
    if (const auto known = roleTags.find(tag); known != roleTags.end())
        return known->second;
    return fail("row.unknown_role", {{"tag", tag}, {"field", field}});
}

tl::unexpected<Error> wrongType(const std::string& field, const char* expected, const Json& found) {
    return fail(
        "row.type", {{"field", field}, {"expected", expected}, {"found", jsonTypeName(found)}});
}

tl::unexpected<Error> missing(const std::string& field) {
    return fail("row.missing", {{"field", field}});
}

Result<std::string> stringOf(const Json& value, const std::string& field) {
    if (!value.is_string())
        return wrongType(field, "a string", value);
    return value.get<std::string>();
}

Result<std::string> stringOf(const RowFields::Field& field) {
    return stringOf(*field.value, *field.name);
}

std::string at(const std::string& field, std::size_t index) {
    return field + "[" + std::to_string(index) + "]";
}

void remarkTurnOrder(RowContext& context, const std::vector<Message>& messages,
    const std::string& field, bool answerApart) {
    const auto remark = [&](std::size_t index, const char* problem) {
        context.remark(
            Error("row.turn_order", {{"field", at(field, index)}, {"problem", problem}}));
    };
    const Message* previous = nullptr;
    std::size_t index = 0;
    for (const Message& message : messages) {
        const std::size_t here = index++;
        if (message.role == Role::System || message.role == Role::Developer)
            continue;
        if (message.role == Role::Assistant) {
            if (!previous)
                remark(here, "an answer stands first");
            else if (previous->role == Role::Assistant && previous->toolCalls.empty())
                remark(here, "two answers follow each other");
        } else if (message.role == Role::User && previous && previous->role == Role::User) {
            remark(here, "two questions follow each other");
        }
        previous = &message;
    }
    const bool open = !previous || previous->role != Role::Assistant;
    if (open && !answerApart)
        remark(messages.size() - 1, "the last turn has no answer");
}

Result<void> finishSample(RowFields& row, RowContext& context, Sample& sample) {
    const ColumnMapping& columns = context.columns();
    if (const auto tools = row.take(columns.tools, {"tools"})) {
        if (tools.value->is_null() || *tools.value == "") {
            row.unused()[*tools.name] = *tools.value;
        } else if (tools.value->is_string()) {
            sample.tools = tools.value->get<std::string>();
            setShapeNote(sample.meta, "tools", "string");
        } else if (tools.value->is_array()) {
            sample.tools = context.rawValue(*tools.name);
            setShapeNote(sample.meta, "tools", "list");
        } else {
            return wrongType(*tools.name, "a list of tools, or its JSON text", *tools.value);
        }
        const auto problem = sample.tools.empty() ? std::nullopt : jsonTextProblem(sample.tools);
        if (problem)
            context.remark(Error("row.json_text", {{"field", *tools.name}, {"reason", *problem}}));
    }
    if (const auto reference = row.take(columns.reference, {"reference"})) {
        if (reference.value->is_string())
            sample.reference = reference.value->get<std::string>();
        else
            row.giveBack(reference);
    }
    sample.channel = context.defaultChannel();
    const bool fixed = !context.options().channel.empty();
    if (const auto channel = row.take(columns.channel, {"channel", "source"})) {
        if (!fixed && channel.value->is_string()
            && !channel.value->get_ref<const std::string&>().empty()) {
            sample.channel = channel.value->get<std::string>();
            setShapeNote(sample.meta, "channel", *channel.name);
        } else {
            row.giveBack(channel);
        }
    }
    if (!row.unused().is_null())
        setShapeNote(sample.meta, "unused", std::move(row.unused()));
    const Json rest = row.rest();
    if (!rest.is_null())
        for (const auto& [key, value] : rest.items())
            if (key != shapeKey)
                sample.meta[key] = value;
    return {};
}

std::optional<bool> takeLabel(
    RowFields& row, const RowContext& context, Sample& sample, PlainLabel plain) {
    auto label = row.take(context.columns().label, {"kto_tag"});
    if (!label && plain == PlainLabel::Accept)
        label = row.take({}, {"label"});
    if (!label)
        return std::nullopt;
    if (!label.value->is_boolean()) {
        row.giveBack(label);
        return std::nullopt;
    }
    setShapeNote(sample.meta, "label", *label.name);
    return label.value->get<bool>();
}

void applyLabel(Sample& sample, bool good) {
    std::vector<Message>& messages = sample.messages;
    auto answer = messages.end();
    while (answer != messages.begin() && std::prev(answer)->role != Role::User)
        --answer;
    (good ? sample.chosen : sample.rejected)
        .emplace(std::make_move_iterator(answer), std::make_move_iterator(messages.end()));
    messages.erase(answer, messages.end());
}

} // namespace assay::importing
