#include "core/data/importers/row_parsers.h"

#include <algorithm>
#include <cctype>
#include <map>

namespace assay::importing {

namespace {

std::string lowered(std::string text) {
    std::ranges::transform(
        text, text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    return text;
}

/// The row's keys without regard to case.
using Keys = std::map<std::string, const Json*>;

bool isTurnList(const Json* value, const char* key) {
    return value && value->is_array() && !value->empty() && value->front().is_object()
        && value->front().contains(key);
}

/// Typed parts with values, or a loss weight: LLaMA-Factory's v1.
bool isV1(const Json& messages) {
    for (const Json& message : messages) {
        if (!message.is_object())
            continue;
        if (message.contains("loss_weight"))
            return true;
        const auto content = message.find("content");
        if (content != message.end() && content->is_array() && !content->empty()
            && content->front().is_object() && content->front().contains("value"))
            return true;
    }
    return false;
}

std::string dialectOfTurns(const Json& turns) {
    if (isTurnList(&turns, "from"))
        return "sharegpt";
    if (isTurnList(&turns, "human"))
        return "ms-swift";
    return isV1(turns) ? "llamafactory-v1" : "openai";
}

} // namespace

std::string dialectOfRow(const Json& row, const ColumnMapping& columns) {
    if (!row.is_object())
        return {};
    Keys keys;
    for (const auto& [key, value] : row.items())
        keys.emplace(lowered(key), &value);
    const auto get = [&](const char* key) -> const Json* {
        const auto found = keys.find(key);
        return found == keys.end() ? nullptr : found->second;
    };
    const auto has = [&](const char* key) { return get(key) != nullptr; };
    const auto mapped = [&](const std::string& name) -> const Json* {
        return name.empty() ? nullptr : get(lowered(name).c_str());
    };
    const auto isBoolean = [&](const char* key) { return has(key) && get(key)->is_boolean(); };

    const auto any
        = [&](std::initializer_list<const char*> names) { return std::ranges::any_of(names, has); };

    if (const Json* turns = mapped(columns.messages))
        return dialectOfTurns(*turns);
    if (mapped(columns.text))
        return "text";
    if (mapped(columns.query))
        return "query-response";

    if (has("conversations"))
        return dialectOfTurns(*get("conversations"));
    if (isTurnList(get("conversation"), "human") || isTurnList(get("conversation"), "from"))
        return dialectOfTurns(*get("conversation"));
    if (has("chosen_messages") || has("rejected_messages"))
        return "llamafactory-v1";
    if (has("preferred_output") && has("input"))
        return "openai-dpo";
    const bool pair = has("chosen") && has("rejected");
    // Answers that repeat the conversation need no "messages" beside them, which some sets add.
    if (pair && isTurnList(get("chosen"), "role") && isTurnList(get("rejected"), "role")
        && (!isTurnList(get("messages"), "role")
            || get("messages")->front() == get("chosen")->front()))
        return "trl";
    if (const Json* messages = get("messages"))
        return isTurnList(messages, "from") ? "sharegpt"
            : isV1(*messages)               ? "llamafactory-v1"
                                            : "openai";
    if (has("instances") && has("instruction"))
        return "self-instruct";
    if (has("instruction"))
        return "alpaca";
    if (pair && !any({"query", "question", "user", "human"}))
        return "trl";
    if (pair)
        return "query-response";
    if (has("prompt") && has("completion") && (isBoolean("label") || isBoolean("kto_tag")))
        return "trl";
    if (has("input") && has("output"))
        return get("input")->is_array() || get("output")->is_array() ? "parallel-lists"
                                                                     : "query-response";
    if (any({"query", "question", "prompt", "user", "human"})
        && any({"response", "answer", "output", "completion", "assistant", "target"}))
        return "query-response";
    // A text with a list of labels is an annotation tool's row and no pre-training text.
    if (any({"text", "raw_content", "content"}) && !(has("label") && get("label")->is_array()))
        return "text";
    return {};
}

RowParser parserOf(const std::string& dialect) {
    static const std::map<std::string, RowParser> parsers = {
        {"alpaca", parseInstructionRow},
        {"query-response", parseInstructionRow},
        {"parallel-lists", parseParallelRow},
        {"self-instruct", parseSelfInstructRow},
        {"sharegpt", parseShareGptRow},
        {"ms-swift", parseShareGptRow},
        {"openai", parseMessagesRow},
        {"llamafactory-v1", parseMessagesRow},
        {"openai-dpo", parseOpenAiPairRow},
        {"trl", parseTrlRow},
        {"text", parseTextRow},
    };
    const auto found = parsers.find(dialect);
    return found == parsers.end() ? nullptr : found->second;
}

} // namespace assay::importing
