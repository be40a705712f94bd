#include "core/data/exporters/row_writers.h"

#include "core/base/utf8.h"
#include "core/data/tool_json.h"

#include <cmath>
#include <new>

namespace assay::exporting {

Json weightJson(double weight) {
    const bool whole = weight == std::floor(weight) && std::abs(weight) < 1e9;
    return whole ? Json(std::int64_t(weight)) : Json(weight);
}

bool isUsualWeight(const Message& message) {
    return !message.trainWeight
        || *message.trainWeight == (message.role == Role::Assistant ? 1.0 : 0.0);
}

std::string notedTag(const RowContext& context, const Message& message, const char* name) {
    const Json* note = context.note(message, name);
    if (!note || !note->is_array() || note->size() != 2 || (*note)[1] != roleName(message.role))
        return {};
    return (*note)[0].is_string() ? (*note)[0].get<std::string>() : std::string();
}

void addExtraKeys(const Message& message, Json& written) {
    if (!message.extra.is_object())
        return;
    for (const auto& [key, value] : message.extra.items())
        if (key != shapeKey && !written.contains(key))
            written[key] = value;
}

void addExtraKeys(RowContext& context, const Json& extra, Json& written) {
    if (!extra.is_object())
        return;
    for (const auto& [key, value] : extra.items()) {
        if (key == shapeKey)
            continue;
        if (!written.contains(key))
            written[key] = value;
        else if (written[key] != value)
            context.leftOut.insert("extra keys");
    }
}

void checkCallIds(RowContext& context, const std::vector<Message>& messages) {
    CallIds ids;
    for (const Message& message : messages) {
        std::vector<ToolCall> calls = message.toolCalls;
        for (ToolCall& call : calls)
            call.id.clear();
        if (!calls.empty())
            ids.nameCalls(calls);
        const std::string answered = message.role == Role::Tool ? ids.answered() : std::string();
        if (calls != message.toolCalls || answered != message.toolCallId)
            context.leftOut.insert("ids of tool calls");
    }
}

Result<Json> toolsJson(RowContext& context, ToolsForm form) {
    const Sample& sample = context.sample;
    if (sample.tools.empty())
        return Json(nullptr);
    if (const Json* note = context.note("tools"))
        form = *note == "list" ? ToolsForm::List : ToolsForm::Text;
    if (form == ToolsForm::Text)
        return Json(sample.tools);
    auto tools = parseJson(sample.tools, "tools");
    if (!tools)
        return context.cannotHold("tool definitions that are not JSON");
    if (sample.tools.find_first_of("\r\n") != std::string::npos || !isValidUtf8(sample.tools))
        return std::move(*tools);
    context.rawTools = sample.tools;
    return Json(rawToolsMark);
}

Result<void> finishRow(RowContext& context, Json& row, ToolsForm toolsForm) {
    const Sample& sample = context.sample;
    if (!row.contains("tools")) {
        auto tools = toolsJson(context, toolsForm);
        if (!tools)
            return forward(tools);
        if (!tools->is_null())
            row["tools"] = std::move(*tools);
    }
    if (sample.reference)
        row["reference"] = *sample.reference;

    // The name of the file it came from is every sample's channel when nothing else is said.
    using Channel = ExportOptions::Channel;
    const std::string usual = std::filesystem::path(sample.provenance.file).stem().string();
    const bool write = context.options.channel == Channel::Always
        || (context.options.channel == Channel::Auto && sample.channel != usual);
    if (write && !sample.channel.empty()) {
        const Json* key = shapeNote(sample.meta, "channel");
        row[key && key->is_string() ? key->get<std::string>() : "channel"] = sample.channel;
    }
    if (const Json* unused = context.note("unused"))
        for (const auto& [key, value] : unused->items())
            if (!row.contains(key))
                row[key] = value;
    addExtraKeys(context, sample.meta, row);
    return {};
}

Result<Json> writeRow(RowWriter writer, RowContext& context) {
    try {
        return writer(context);
    } catch (const std::bad_alloc&) {
        return fail("memory.exhausted", {{"what", "writing a row"}});
    } catch (const std::exception& e) {
        return fail("internal", {{"what", e.what()}}, context.sample.provenance.file);
    }
}

std::string rowText(const RowContext& context, const Json& row) {
    std::string text = dumpJson(row);
    if (context.rawTools.empty())
        return text;
    std::string mark = dumpJson(rawToolsMark);
    const std::size_t size = mark.size();
    mark.insert(0, "\"tools\":");
    // A text of the row cannot hold the mark: its quotes would be escaped.
    if (const std::size_t at = text.find(mark); at != std::string::npos)
        text.replace(at + mark.size() - size, size, context.rawTools);
    return text;
}

Result<Json> textRow(RowContext& context) {
    const Sample& sample = context.sample;
    if (!sample.text)
        return context.cannotHold("a conversation");
    Json row = Json::object();
    if (context.note("text_list")) {
        Json& lines = row["text"] = Json::array();
        std::string_view rest = *sample.text;
        for (std::size_t end = rest.find('\n'); end != std::string_view::npos;
             end = rest.find('\n')) {
            lines.push_back(rest.substr(0, end));
            rest.remove_prefix(end + 1);
        }
        lines.push_back(rest);
    } else {
        row["text"] = *sample.text;
    }
    if (const Json* key = context.note("text"); key && key->is_string()) {
        Json renamed = Json::object();
        renamed[key->get<std::string>()] = std::move(row["text"]);
        row = std::move(renamed);
    }
    if (auto done = finishRow(context, row, ToolsForm::Text); !done)
        return forward(done);
    return row;
}

} // namespace assay::exporting
