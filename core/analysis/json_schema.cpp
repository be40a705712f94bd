#include "core/analysis/json_schema.h"

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

/// Words that describe and decide nothing.
const std::set<std::string> annotations
    = {"$schema", "$id", "$comment", "$anchor", "title", "description", "default", "examples",
        "format", "deprecated", "readOnly", "writeOnly", "$defs", "definitions", "discriminator"};

std::optional<unsigned> typeBit(const Json& name) {
    if (!name.is_string())
        return std::nullopt;
    static const std::map<std::string, unsigned> bits = {{"null", JsonSchema::Null},
        {"boolean", JsonSchema::Boolean}, {"object", JsonSchema::Object},
        {"array", JsonSchema::Array}, {"number", JsonSchema::Number | JsonSchema::Integer},
        {"integer", JsonSchema::Integer}, {"string", JsonSchema::String}};
    const auto found = bits.find(name.get<std::string>());
    return found == bits.end() ? std::nullopt : std::optional(found->second);
}

} // namespace

class JsonSchemaReader {
public:
    JsonSchemaReader(const Json& document, std::string name, JsonSchema& schema)
        : m_document(document)
        , m_name(std::move(name))
        , m_schema(schema) { }

    Result<const JsonSchema::Node*> node(const Json& json, const std::string& pointer) {
        // References may go round in circles: a node stands under its place before it is read.
        if (const auto known = m_known.find(pointer); known != m_known.end())
            return known->second;
        m_schema.m_nodes.push_back(std::make_unique<JsonSchema::Node>());
        JsonSchema::Node* out = m_schema.m_nodes.back().get();
        m_known.emplace(pointer, out);
        if (json.is_boolean()) {
            out->never = !json.get<bool>();
            return out;
        }
        if (!json.is_object())
            return fail("schema.value",
                {{"keyword", "schema"}, {"expected", "an object, true or false"}},
                m_name + "#" + pointer);
        for (const auto& [key, value] : json.items())
            if (auto done = keyword(*out, key, value, pointer + "/" + key); !done)
                return forward(done);
        return out;
    }

private:
    Result<void> keyword(JsonSchema::Node& node, const std::string& key, const Json& value,
        const std::string& pointer) {
        if (annotations.contains(key))
            return {};
        if (key == "type")
            return type(node, value, pointer);
        if (key == "enum" || key == "const")
            return allowed(node, key, value, pointer);
        if (key == "properties")
            return properties(node, value, pointer);
        if (key == "required") {
            if (!value.is_array()
                || !std::ranges::all_of(value, [](const Json& name) { return name.is_string(); }))
                return wrong(key, "a list of names", pointer);
            for (const Json& name : value)
                node.required.insert(name.get<std::string>());
            return {};
        }
        if (key == "additionalProperties")
            return child(node.otherProperties, value, pointer);
        if (key == "items" && !value.is_array())
            return child(node.items, value, pointer);
        if (key == "prefixItems" || key == "items")
            return list(node.prefixItems, key, value, pointer);
        if (key == "allOf")
            return list(node.all, key, value, pointer);
        if (key == "anyOf" || key == "oneOf") {
            node.any.emplace_back();
            return list(node.any.back(), key, value, pointer);
        }
        if (key == "$ref")
            return reference(node, value, pointer);
        if (key == "pattern") {
            if (!value.is_string())
                return wrong(key, "a string", pointer);
            auto pattern = Pattern::compile(value.get<std::string>(), m_name + "#" + pointer);
            if (!pattern)
                return forward(pattern);
            node.pattern = std::move(*pattern);
            return {};
        }
        return bound(node, key, value, pointer);
    }

    Result<void> type(JsonSchema::Node& node, const Json& value, const std::string& pointer) {
        unsigned bits = 0;
        for (const Json& one : value.is_array() ? value : Json::array({value})) {
            const auto bit = typeBit(one);
            if (!bit)
                return wrong(
                    "type", "null, boolean, object, array, number, integer or string", pointer);
            bits |= *bit;
        }
        node.types &= bits;
        return {};
    }

    Result<void> allowed(JsonSchema::Node& node, const std::string& key, const Json& value,
        const std::string& pointer) {
        if (key == "const") {
            node.allowed = std::vector<Json>{value};
            node.allowedBy = "const";
            return {};
        }
        if (!value.is_array() || value.empty())
            return wrong(key, "a list that is not empty", pointer);
        node.allowed = value.get<std::vector<Json>>();
        return {};
    }

    Result<void> properties(JsonSchema::Node& node, const Json& value, const std::string& pointer) {
        if (!value.is_object())
            return wrong("properties", "an object", pointer);
        for (const auto& [name, schema] : value.items()) {
            const JsonSchema::Node* property = nullptr;
            if (auto done = child(property, schema, pointer + "/" + name); !done)
                return done;
            node.properties[name] = property;
        }
        return {};
    }

    Result<void> child(
        const JsonSchema::Node*& target, const Json& value, const std::string& pointer) {
        auto read = node(value, pointer);
        if (!read)
            return forward(read);
        target = *read;
        return {};
    }

    Result<void> list(std::vector<const JsonSchema::Node*>& target, const std::string& key,
        const Json& value, const std::string& pointer) {
        if (!value.is_array() || value.empty())
            return wrong(key, "a list of schemas", pointer);
        for (std::size_t i = 0; i < value.size(); ++i) {
            const JsonSchema::Node* one = nullptr;
            if (auto done = child(one, value[i], pointer + "/" + std::to_string(i)); !done)
                return done;
            target.push_back(one);
        }
        return {};
    }

    Result<void> reference(JsonSchema::Node& node, const Json& value, const std::string& pointer) {
        const std::string to = value.is_string() ? value.get<std::string>() : std::string();
        const Json* found = nullptr;
        if (to.starts_with('#')) {
            try {
                const Json::json_pointer place(to.substr(1));
                if (m_document.contains(place))
                    found = &m_document.at(place);
            } catch (const Json::exception&) {
                found = nullptr;
            }
        }
        if (!found)
            return fail("schema.reference", {{"reference", to}}, m_name + "#" + pointer);
        const JsonSchema::Node* target = nullptr;
        if (auto done = child(target, *found, to.substr(1)); !done)
            return done;
        node.all.push_back(target);
        return {};
    }

    Result<void> bound(JsonSchema::Node& node, const std::string& key, const Json& value,
        const std::string& pointer) {
        const std::map<std::string, std::int64_t*> counts
            = {{"minItems", &node.minItems}, {"maxItems", &node.maxItems},
                {"minLength", &node.minLength}, {"maxLength", &node.maxLength},
                {"minProperties", &node.minProperties}, {"maxProperties", &node.maxProperties}};
        if (const auto count = counts.find(key); count != counts.end()) {
            if (!value.is_number_integer() || value.get<std::int64_t>() < 0)
                return wrong(key, "a whole number that is not negative", pointer);
            *count->second = value.get<std::int64_t>();
            return {};
        }
        const std::map<std::string, std::optional<double>*> limits = {{"minimum", &node.minimum},
            {"maximum", &node.maximum}, {"exclusiveMinimum", &node.exclusiveMinimum},
            {"exclusiveMaximum", &node.exclusiveMaximum}, {"multipleOf", &node.multipleOf}};
        if (const auto limit = limits.find(key); limit != limits.end()) {
            if (!value.is_number() || (key == "multipleOf" && value.get<double>() <= 0))
                return wrong(key, key == "multipleOf" ? "a number above 0" : "a number", pointer);
            *limit->second = value.get<double>();
            return {};
        }
        return fail("schema.keyword", {{"keyword", key}}, m_name + "#" + pointer);
    }

    Result<void> wrong(
        const std::string& key, const std::string& expected, const std::string& pointer) const {
        return fail(
            "schema.value", {{"keyword", key}, {"expected", expected}}, m_name + "#" + pointer);
    }

    const Json& m_document;
    std::string m_name;
    JsonSchema& m_schema;
    std::map<std::string, const JsonSchema::Node*> m_known;
};

Result<std::shared_ptr<const JsonSchema>> JsonSchema::parse(
    const Json& schema, const std::string& name) {
    auto out = std::make_shared<JsonSchema>();
    auto root = JsonSchemaReader(schema, name, *out).node(schema, "");
    if (!root)
        return forward(root);
    out->m_root = *root;
    return std::shared_ptr<const JsonSchema>(out);
}

Result<std::shared_ptr<const JsonSchema>> JsonSchema::read(const std::filesystem::path& file) {
    auto json = readJsonFile(file);
    if (!json)
        return forward(json);
    return parse(*json, file.string());
}

} // namespace assay
