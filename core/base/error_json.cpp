#include "core/base/error_json.h"

namespace assay {

Json errorToJson(const Error& error) {
    Json json = {{"code", error.code}, {"arguments", Json::object()}};
    for (const auto& [name, value] : error.arguments)
        json["arguments"][name] = value;
    if (!error.where.empty())
        json["where"] = error.where;
    for (const Error& detail : error.details)
        json["details"].push_back(errorToJson(detail));
    json["message"] = message(error);
    return json;
}

Error errorFromJson(const Json& json) {
    Error error;
    if (!json.is_object())
        return error;
    const auto text = [&](const char* key) {
        const auto found = json.find(key);
        return found != json.end() && found->is_string() ? found->get<std::string>()
                                                         : std::string();
    };
    error.code = text("code");
    error.where = text("where");
    if (const auto found = json.find("arguments"); found != json.end() && found->is_object())
        for (const auto& [name, value] : found->items())
            error.arguments.emplace_back(
                name, value.is_string() ? value.get<std::string>() : dumpJson(value));
    if (const auto found = json.find("details"); found != json.end() && found->is_array())
        for (const Json& detail : *found)
            error.details.push_back(errorFromJson(detail));
    return error;
}

} // namespace assay
