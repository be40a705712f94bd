#include "core/analysis/json_acceptor.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

using Node = JsonSchema::Node;
using Nodes = std::vector<const Node*>;

/// More ways to read a value than this are not followed: the rest of the schema counts as open.
constexpr std::size_t mostReadings = 256;

/// All ways in which a value can satisfy `nodes`: allOf and $ref join, anyOf forks.
void expand(Nodes open, Nodes done, std::vector<Nodes>& ways) {
    while (!open.empty()) {
        const Node* node = open.back();
        open.pop_back();
        if (std::ranges::find(done, node) != done.end())
            continue; // a reference that comes back to itself
        done.push_back(node);
        open.insert(open.end(), node->all.begin(), node->all.end());
        if (node->any.empty())
            continue;
        // The choices of all lists, one list after the other.
        std::vector<Nodes> choices{{}};
        for (const Nodes& list : node->any) {
            std::vector<Nodes> longer;
            for (const Nodes& choice : choices)
                for (const Node* one : list) {
                    longer.push_back(choice);
                    longer.back().push_back(one);
                }
            choices = std::move(longer);
        }
        for (Nodes& choice : choices) {
            choice.insert(choice.end(), open.begin(), open.end());
            if (ways.size() < mostReadings)
                expand(std::move(choice), done, ways);
        }
        return;
    }
    ways.push_back(std::move(done));
}

unsigned typesOf(char first) {
    switch (first) {
    case '{':
        return JsonSchema::Object;
    case '[':
        return JsonSchema::Array;
    case '"':
        return JsonSchema::String;
    case 't':
    case 'f':
        return JsonSchema::Boolean;
    case 'n':
        return JsonSchema::Null;
    default:
        return JsonSchema::Number | JsonSchema::Integer;
    }
}

bool beginsLike(const Json& value, char first) {
    switch (first) {
    case '{':
        return value.is_object();
    case '[':
        return value.is_array();
    case '"':
        return value.is_string();
    case 't':
        return value == true;
    case 'f':
        return value == false;
    case 'n':
        return value.is_null();
    default:
        return value.is_number();
    }
}

/// Null where the value may begin like this.
const char* keywordAgainst(const Node& node, char first) {
    if (node.never)
        return "false";
    if ((node.types & typesOf(first)) == 0)
        return "type";
    if (node.allowed && std::ranges::none_of(*node.allowed, [first](const Json& value) {
            return beginsLike(value, first);
        }))
        return node.allowedBy;
    return nullptr;
}

const Node* propertySchema(const Node& node, const std::string& key) {
    const auto found = node.properties.find(key);
    return found == node.properties.end() ? node.otherProperties : found->second;
}

const Node* itemSchema(const Node& node, std::int64_t index) {
    return index < std::int64_t(node.prefixItems.size()) ? node.prefixItems[std::size_t(index)]
                                                         : node.items;
}

std::int64_t codePoints(std::string_view text) {
    return std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; });
}

const char* keywordAgainstNumber(const Node& node, const std::string& token) {
    const double value = std::strtod(token.c_str(), nullptr);
    if ((node.types & JsonSchema::Number) == 0 && value != std::floor(value))
        return "type";
    if (node.minimum && value < *node.minimum)
        return "minimum";
    if (node.maximum && value > *node.maximum)
        return "maximum";
    if (node.exclusiveMinimum && value <= *node.exclusiveMinimum)
        return "exclusiveMinimum";
    if (node.exclusiveMaximum && value >= *node.exclusiveMaximum)
        return "exclusiveMaximum";
    if (node.multipleOf) {
        const double times = value / *node.multipleOf;
        if (std::abs(times - std::round(times)) > 1e-9 * std::max(1.0, std::abs(times)))
            return "multipleOf";
    }
    if (node.allowed && std::ranges::none_of(*node.allowed, [value](const Json& one) {
            return one.is_number() && one.get<double>() == value;
        }))
        return node.allowedBy;
    return nullptr;
}

const char* keywordAgainstString(const Node& node, const std::string& text) {
    const std::int64_t length = codePoints(text);
    if (length < node.minLength)
        return "minLength";
    if (length > node.maxLength)
        return "maxLength";
    if (node.pattern && !node.pattern->first(text))
        return "pattern";
    if (node.allowed && std::ranges::find(*node.allowed, Json(text)) == node.allowed->end())
        return node.allowedBy;
    return nullptr;
}

const char* keywordAgainstPrefix(const Node& node, const std::string& text, bool whole) {
    if (codePoints(text) > node.maxLength)
        return "maxLength";
    if (node.allowed && std::ranges::none_of(*node.allowed, [&](const Json& one) {
            return one.is_string() && one.get_ref<const std::string&>().starts_with(text);
        }))
        return node.allowedBy;
    if (whole && node.pattern && !node.pattern->mayMatch(text))
        return "pattern";
    return nullptr;
}

} // namespace

/// Drops the readings that no longer hold. `keyword` names the reason, unless the readings set
/// their own in `m_reason`.
bool JsonAcceptor::keepReadings(
    std::string_view keyword, const std::function<bool(Reading&)>& holds) {
    if (!m_schema)
        return true;
    m_reason = keyword;
    std::erase_if(m_readings, [&](Reading& reading) { return !holds(reading); });
    if (m_readings.empty()) {
        const std::string why = m_reason;
        return refuse(JsonDeath::Schema, why);
    }
    return true;
}

bool JsonAcceptor::openReadings(char kind, char byte) {
    std::vector<Reading> next;
    const char* against = "type";
    for (const Reading& reading : m_readings) {
        Nodes nodes;
        if (reading.empty()) {
            nodes.push_back(&m_schema->root());
        } else {
            const Open& parent = reading.back();
            for (const Node* node : parent.nodes) {
                const Node* child = parent.kind == '{' ? propertySchema(*node, parent.keys.back())
                                                       : itemSchema(*node, parent.items);
                if (child)
                    nodes.push_back(child);
                if (parent.kind == '[' && parent.items >= node->maxItems) {
                    against = "maxItems";
                    nodes.assign(1, nullptr);
                    break;
                }
            }
        }
        if (nodes.size() == 1 && !nodes.front())
            continue;
        std::vector<Nodes> ways;
        expand(nodes, {}, ways);
        for (Nodes& way : ways) {
            const char* problem = nullptr;
            bool whole = false;
            for (const Node* node : way) {
                problem = problem ? problem : keywordAgainst(*node, byte);
                whole |= node->allowed && (kind == '{' || kind == '[');
            }
            if (problem) {
                against = problem;
                continue;
            }
            next.push_back(reading);
            Open open;
            open.nodes = std::move(way);
            open.kind = kind;
            if (whole)
                open.raw = " "; // the byte itself is added when it has been taken
            next.back().push_back(std::move(open));
        }
    }
    if (next.empty())
        return refuse(JsonDeath::Schema, against);
    if (next.size() > mostReadings)
        next.resize(mostReadings);
    m_readings = std::move(next);
    return true;
}

bool JsonAcceptor::checkStringPrefix(bool whole) {
    return keepReadings("", [&](Reading& reading) {
        const Open& open = reading.back();
        for (const Node* node : open.nodes) {
            if (!m_isKey) {
                if (const char* problem = keywordAgainstPrefix(*node, m_token, whole)) {
                    m_reason = problem;
                    return false;
                }
                continue;
            }
            const bool closed = node->otherProperties && node->otherProperties->never;
            const auto at = node->properties.lower_bound(m_token);
            if (closed && (at == node->properties.end() || !at->first.starts_with(m_token))) {
                m_reason = "additionalProperties";
                return false;
            }
        }
        return true;
    });
}

bool JsonAcceptor::checkKeyEnd() {
    return keepReadings("additionalProperties", [&](Reading& reading) {
        Open& open = reading.back();
        for (const Node* node : open.nodes) {
            if (const Node* schema = propertySchema(*node, m_token); schema && schema->never)
                return false;
            const bool known = std::ranges::find(open.keys, m_token) != open.keys.end();
            if (!known && std::int64_t(open.keys.size()) >= node->maxProperties) {
                m_reason = "maxProperties";
                return false;
            }
        }
        // The last key is the one whose value comes; a repeated key keeps its first place too.
        open.keys.push_back(m_token);
        return true;
    });
}

bool JsonAcceptor::checkScalarEnd() {
    const bool string = m_lex == Lex::String;
    const bool literal = m_lex == Lex::Literal;
    const bool held = keepReadings("", [&](Reading& reading) {
        for (const Node* node : reading.back().nodes) {
            const char* problem = literal ? nullptr
                : string                  ? keywordAgainstString(*node, m_token)
                                          : keywordAgainstNumber(*node, m_token);
            if (problem) {
                m_reason = problem;
                return false;
            }
        }
        reading.pop_back();
        if (!reading.empty())
            ++reading.back().items;
        return true;
    });
    return held;
}

bool JsonAcceptor::checkContainerEnd() {
    const char close = m_stack.back().kind == '{' ? '}' : ']';
    const bool held = keepReadings("", [&](Reading& reading) {
        const Open& open = reading.back();
        const std::set<std::string> keys(open.keys.begin(), open.keys.end());
        for (const Node* node : open.nodes) {
            const char* problem = nullptr;
            if (open.kind == '{') {
                if (!std::ranges::includes(keys, node->required))
                    problem = "required";
                else if (std::int64_t(keys.size()) < node->minProperties)
                    problem = "minProperties";
            } else if (open.items < node->minItems) {
                problem = "minItems";
            }
            if (!problem && node->allowed) {
                const Json value = Json::parse(open.raw + close, nullptr, false);
                if (std::ranges::find(*node->allowed, value) == node->allowed->end())
                    problem = node->allowedBy;
            }
            if (problem) {
                m_reason = problem;
                return false;
            }
        }
        reading.pop_back();
        if (!reading.empty())
            ++reading.back().items;
        return true;
    });
    if (!held)
        return false;
    // Different readings of what has just ended are the same from here on.
    std::vector<Reading> distinct;
    for (Reading& reading : m_readings)
        if (std::ranges::find(distinct, reading) == distinct.end())
            distinct.push_back(std::move(reading));
    m_readings = std::move(distinct);
    return true;
}

} // namespace assay
