#pragma once

#include "core/base/json.h"

#include <optional>
#include <string>
#include <vector>

namespace assay {

enum class Role { System, Developer, User, Assistant, Tool };
std::string_view roleName(Role role);
std::optional<Role> roleFromName(std::string_view name);

/// A call of a tool by the assistant. `arguments` is a string that should hold JSON; it is kept
/// byte for byte as it was imported, even where it is not JSON.
struct ToolCall {
    std::string id;
    std::string name;
    std::string arguments;
    bool operator==(const ToolCall&) const = default;
};

struct Message {
    Role role = Role::User;
    std::string content;
    /// Thinking text kept apart from the answer (LLaMA-Factory v1 parts, `reasoning_content`).
    std::string reasoning;
    std::vector<ToolCall> toolCalls;
    /// Of a tool result: which call it answers.
    std::string toolCallId;
    /// Weight in the loss; unset means the role's default (assistant 1, others 0).
    std::optional<double> trainWeight;
    /// Keys of the source message that have no field here, written back at export. Null when none.
    Json extra;
    bool operator==(const Message&) const = default;
};

/// Where a sample came from. A file row, or a generated one (then `meta` names prompt, model and
/// seed).
struct Provenance {
    std::string file;
    std::int64_t line = 0; ///< 1-based; for a JSON array the line on which the row begins
    std::int64_t byte = 0; ///< offset of the row in the file
    std::string dialect; ///< the importer's name: "alpaca", "sharegpt", "openai", "csv", ..
    bool operator==(const Provenance&) const = default;
};

/// One data point: a conversation, plain pre-training text, or a preference pair.
struct Sample {
    std::string uid; ///< global id (UUID); empty until stored
    /// Source or task: the unit of channel loss.
    std::string channel;
    std::vector<Message> messages;
    /// Pre-training text; then `messages` is empty.
    std::optional<std::string> text;
    /// Preference pair: the answers that follow `messages`.
    std::optional<std::vector<Message>> chosen;
    std::optional<std::vector<Message>> rejected;
    /// What a right answer says, where it is not an assistant turn to be trained.
    std::optional<std::string> reference;
    /// Tool definitions exactly as imported (a JSON text), empty when none.
    std::string tools;
    Provenance provenance;
    /// Keys of the source row that have no field here, written back at export. Null when none.
    Json meta;
    bool operator==(const Sample&) const = default;
};

/// The payload form in which samples are stored and travel in job folders; `sampleFromJson` reads
/// it back.
Json sampleToJson(const Sample& sample);
Result<Sample> sampleFromJson(const Json& json, const std::string& place);

/// Hash of what a person judges and a model learns (messages, text, pair, reference, tools): the
/// revision.
std::string revisionHash(const Sample& sample);

} // namespace assay
