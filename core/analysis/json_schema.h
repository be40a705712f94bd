#pragma once

#include "core/analysis/pattern.h"
#include "core/base/json.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace assay {

/// A JSON Schema, as far as a text that grows byte by byte can be held against it. Read are: type,
/// enum, const, properties, required, additionalProperties, minProperties, maxProperties, items,
/// prefixItems, minItems, maxItems, minLength, maxLength, pattern, minimum, maximum,
/// exclusiveMinimum, exclusiveMaximum, multipleOf, allOf, anyOf, oneOf (read as anyOf), $ref within
/// the document, and the schemas true and false. Words that only describe (title, description,
/// default, examples, format, ..) say nothing about validity and are skipped; any other keyword is
/// an error, never silently ignored.
class JsonSchema {
public:
    enum Type : unsigned {
        Null = 1,
        Boolean = 2,
        Object = 4,
        Array = 8,
        Number = 16,
        Integer = 32, ///< a number without fraction; 1.0 is one
        String = 64,
        Any = 127,
    };

    struct Node {
        bool never = false; ///< the schema false
        unsigned types = Any;
        std::optional<std::vector<Json>> allowed;
        const char* allowedBy = "enum"; ///< or "const"
        std::map<std::string, const Node*> properties;
        std::set<std::string> required;
        const Node* otherProperties = nullptr; ///< null: anything
        const Node* items = nullptr; ///< behind the prefix; null: anything
        std::vector<const Node*> prefixItems;
        std::int64_t minProperties = 0;
        std::int64_t maxProperties = INT64_MAX;
        std::int64_t minItems = 0;
        std::int64_t maxItems = INT64_MAX;
        std::int64_t minLength = 0; ///< in code points
        std::int64_t maxLength = INT64_MAX;
        std::optional<Pattern> pattern;
        std::optional<double> minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf;
        std::vector<const Node*> all; ///< allOf and $ref
        std::vector<std::vector<const Node*>> any; ///< one of each list
    };

    /// `name` says where the schema stands, for errors: "schema.keyword", "schema.value",
    /// "schema.reference".
    static Result<std::shared_ptr<const JsonSchema>> parse(
        const Json& schema, const std::string& name);
    static Result<std::shared_ptr<const JsonSchema>> read(const std::filesystem::path& file);

    const Node& root() const { return *m_root; }

private:
    friend class JsonSchemaReader;
    std::vector<std::unique_ptr<Node>> m_nodes;
    const Node* m_root = nullptr;
};

} // namespace assay
