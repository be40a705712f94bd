#include "core/data/sample.h"

#include "core/base/hash.h"

#include <array>
#include <bit>
#include <cmath>

namespace assay {

namespace {

constexpr std::array<std::pair<Role, std::string_view>, 5> roleNames = {{
    {Role::System, "system"},
    {Role::Developer, "developer"},
    {Role::User, "user"},
    {Role::Assistant, "assistant"},
    {Role::Tool, "tool"},
}};

Json messageToJson(const Message& message) {
    Json json = {{"role", roleName(message.role)}, {"content", message.content}};
    if (!message.reasoning.empty())
        json["reasoning"] = message.reasoning;
    if (!message.toolCalls.empty()) {
        Json& calls = json["tool_calls"] = Json::array();
        for (const ToolCall& call : message.toolCalls)
            calls.push_back({{"id", call.id}, {"name", call.name}, {"arguments", call.arguments}});
    }
    if (!message.toolCallId.empty())
        json["tool_call_id"] = message.toolCallId;
    if (message.trainWeight)
        json["train_weight"] = *message.trainWeight;
    if (!message.extra.is_null())
        json["extra"] = message.extra;
    return json;
}

Json messagesToJson(const std::vector<Message>& messages) {
    Json json = Json::array();
    for (const Message& message : messages)
        json.push_back(messageToJson(message));
    return json;
}

/// Reads the parts of a sample and collects the problems of all of them.
class SampleReader {
public:
    Message message(const Json& json, const std::string& place) {
        JsonReader reader(json, place);
        Message message;
        std::string role;
        reader.read("role", role);
        if (const auto known = roleFromName(role))
            message.role = *known;
        else if (reader.has("role"))
            reader.report(Error("sample.value",
                {{"field", "role"}, {"reason", "there is no role called \"" + role + "\""}},
                place));
        reader.read("content", message.content);
        reader.readOptional("reasoning", message.reasoning);
        if (const Json* calls = reader.optional("tool_calls")) {
            if (isList(*calls, "tool_calls", place))
                for (std::size_t i = 0; i < calls->size(); ++i)
                    message.toolCalls.push_back(
                        toolCall((*calls)[i], place + "/tool_calls/" + std::to_string(i)));
        }
        reader.readOptional("tool_call_id", message.toolCallId);
        if (reader.has("train_weight"))
            reader.read("train_weight", message.trainWeight.emplace());
        if (const Json* extra = reader.optional("extra"))
            message.extra = *extra;
        collect(reader);
        return message;
    }

    std::vector<Message> messages(const Json& json, const char* key, const std::string& place) {
        std::vector<Message> messages;
        if (isList(json, key, place))
            for (std::size_t i = 0; i < json.size(); ++i)
                messages.push_back(message(json[i], place + "/" + key + "/" + std::to_string(i)));
        return messages;
    }

    void collect(JsonReader& reader) {
        for (Error& problem : reader.takeProblems())
            m_problems.push_back(std::move(problem));
    }

    Result<void> finish(const std::string& place) {
        if (m_problems.empty())
            return {};
        if (m_problems.size() == 1)
            return fail(std::move(m_problems.front()));
        Error error("several", {{"count", std::to_string(m_problems.size())}}, place);
        error.details = std::move(m_problems);
        return fail(std::move(error));
    }

private:
    ToolCall toolCall(const Json& json, const std::string& place) {
        JsonReader reader(json, place);
        ToolCall call;
        reader.read("id", call.id);
        reader.read("name", call.name);
        reader.read("arguments", call.arguments);
        collect(reader);
        return call;
    }

    bool isList(const Json& json, const char* key, const std::string& place) {
        if (json.is_array())
            return true;
        m_problems.push_back(Error("json.type",
            {{"key", key}, {"expected", "a list"}, {"found", jsonTypeName(json)}}, place));
        return false;
    }

    std::vector<Error> m_problems;
};

/// Every field goes in with its length, so that no two different samples feed the same bytes.
class FieldHasher {
public:
    void add(std::string_view field) {
        number(field.size());
        m_hasher.add(field);
    }
    void number(std::uint64_t value) {
        std::array<char, 8> bytes;
        for (char& byte : bytes) {
            byte = char(value & 0xff);
            value >>= 8;
        }
        m_hasher.add({bytes.data(), bytes.size()});
    }
    void optional(const std::optional<std::string>& field) {
        number(field ? 1 : 0);
        if (field)
            add(*field);
    }
    void messages(const std::vector<Message>& messages) {
        number(messages.size());
        for (const Message& message : messages) {
            add(roleName(message.role));
            add(message.content);
            add(message.reasoning);
            number(message.toolCalls.size());
            for (const ToolCall& call : message.toolCalls) {
                add(call.id);
                add(call.name);
                add(call.arguments);
            }
            add(message.toolCallId);
            number(message.trainWeight ? 1 : 0);
            // + 0.0 makes the two zeros one.
            if (message.trainWeight)
                number(std::bit_cast<std::uint64_t>(*message.trainWeight + 0.0));
        }
    }
    void optional(const std::optional<std::vector<Message>>& list) {
        number(list ? 1 : 0);
        if (list)
            messages(*list);
    }
    std::string hex() const { return m_hasher.hex(); }

private:
    ContentHasher m_hasher;
};

} // namespace

std::string_view roleName(Role role) {
    for (const auto& [known, name] : roleNames)
        if (known == role)
            return name;
    return {};
}

std::optional<Role> roleFromName(std::string_view name) {
    for (const auto& [role, known] : roleNames)
        if (known == name)
            return role;
    return std::nullopt;
}

Json sampleToJson(const Sample& sample) {
    Json json = {{"uid", sample.uid}, {"channel", sample.channel}};
    json["messages"] = messagesToJson(sample.messages);
    if (sample.text)
        json["text"] = *sample.text;
    if (sample.chosen)
        json["chosen"] = messagesToJson(*sample.chosen);
    if (sample.rejected)
        json["rejected"] = messagesToJson(*sample.rejected);
    if (sample.reference)
        json["reference"] = *sample.reference;
    if (!sample.tools.empty())
        json["tools"] = sample.tools;
    if (sample.provenance != Provenance{})
        json["provenance"] = {{"file", sample.provenance.file}, {"line", sample.provenance.line},
            {"byte", sample.provenance.byte}, {"dialect", sample.provenance.dialect}};
    if (!sample.meta.is_null())
        json["meta"] = sample.meta;
    return json;
}

Result<Sample> sampleFromJson(const Json& json, const std::string& place) {
    Sample sample;
    SampleReader parts;
    JsonReader reader(json, place);
    reader.readOptional("uid", sample.uid);
    reader.readOptional("channel", sample.channel);
    if (const Json* messages = reader.optional("messages"))
        sample.messages = parts.messages(*messages, "messages", place);
    if (reader.has("text"))
        reader.read("text", sample.text.emplace());
    if (const Json* chosen = reader.optional("chosen"))
        sample.chosen = parts.messages(*chosen, "chosen", place);
    if (const Json* rejected = reader.optional("rejected"))
        sample.rejected = parts.messages(*rejected, "rejected", place);
    if (reader.has("reference"))
        reader.read("reference", sample.reference.emplace());
    reader.readOptional("tools", sample.tools);
    if (const Json* provenance = reader.optional("provenance")) {
        JsonReader source(*provenance, place + "/provenance");
        source.read("file", sample.provenance.file);
        source.read("line", sample.provenance.line);
        source.read("byte", sample.provenance.byte);
        source.read("dialect", sample.provenance.dialect);
        parts.collect(source);
    }
    if (const Json* meta = reader.optional("meta"))
        sample.meta = *meta;
    parts.collect(reader);
    if (auto done = parts.finish(place); !done)
        return forward(done);
    return sample;
}

std::string revisionHash(const Sample& sample) {
    FieldHasher hasher;
    hasher.messages(sample.messages);
    hasher.optional(sample.text);
    hasher.optional(sample.chosen);
    hasher.optional(sample.rejected);
    hasher.optional(sample.reference);
    hasher.add(sample.tools);
    return hasher.hex();
}

} // namespace assay
