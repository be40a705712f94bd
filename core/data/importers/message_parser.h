#pragma once

#include "core/data/importers/row_fields.h"
#include "core/data/tool_json.h"

namespace assay::importing {

/// Reads {"role","content",..} messages: OpenAI's, and LLaMA-Factory v1's with typed parts and
/// loss_weight.
class MessageParser {
public:
    explicit MessageParser(RowContext& context)
        : m_context(context) { }

    /// `field` is how the message is called in reports: "messages[2]".
    Result<Message> parse(const Json& json, const std::string& field);
    /// A non-empty list of messages, or one message where a list of one is meant.
    Result<std::vector<Message>> parseList(const Json& json, const std::string& field);

private:
    Result<void> parseContent(const Json& content, const std::string& field, Message& message);
    Result<void> parsePart(
        const Json& part, const std::string& field, Message& message, Json& shape);
    Result<void> parseToolCalls(const Json& calls, const std::string& field, Message& message);
    Result<void> parseOldCall(const Json& call, const std::string& field, Message& message);

    RowContext& m_context;
    CallIds m_ids;
};

/// Weight keys of a message, all dialects: "weight", "loss_weight", axolotl's "train".
bool isWeightKey(const std::string& key);
Result<void> parseWeight(
    const std::string& key, const Json& value, const std::string& field, Message& message);

} // namespace assay::importing
