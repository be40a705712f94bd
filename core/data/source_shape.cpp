#include "core/data/source_shape.h"

namespace assay {

const Json* shapeNote(const Json& extra, std::string_view name) {
    if (!extra.is_object())
        return nullptr;
    const auto shape = extra.find(shapeKey);
    if (shape == extra.end() || !shape->is_object())
        return nullptr;
    const auto note = shape->find(std::string(name));
    return note == shape->end() ? nullptr : &*note;
}

void setShapeNote(Json& extra, std::string_view name, Json value) {
    if (!extra.is_object())
        extra = Json::object();
    Json& shape = extra[shapeKey];
    if (!shape.is_object())
        shape = Json::object();
    shape[std::string(name)] = std::move(value);
}

Json withoutShape(const Json& extra) {
    if (!extra.is_object())
        return nullptr;
    Json rest = Json::object();
    for (const auto& [key, value] : extra.items())
        if (key != shapeKey)
            rest[key] = value;
    return rest.empty() ? Json(nullptr) : rest;
}

Json usualParts(const Message& message) {
    Json parts = Json::array();
    if (!message.reasoning.empty())
        parts.push_back({"reasoning", message.reasoning.size()});
    if (!message.content.empty() || (message.reasoning.empty() && message.toolCalls.empty()))
        parts.push_back({"text", message.content.size()});
    for (std::size_t i = 0; i < message.toolCalls.size(); ++i)
        parts.push_back({"tool_call", 1});
    return parts;
}

std::string_view shareGptTag(Role role) {
    switch (role) {
    case Role::System:
        return "system";
    case Role::User:
        return "human";
    case Role::Assistant:
        return "gpt";
    case Role::Tool:
        return "observation";
    case Role::Developer:
        break;
    }
    return {};
}

} // namespace assay
