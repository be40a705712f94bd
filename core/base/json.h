#pragma once

#include "core/base/result.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace assay {

/// Key order is kept: what people wrote is written back in their order.
using Json = nlohmann::ordered_json;

enum class JsonComments { Reject, Allow };

/// Parses one document. `name` (a path, or what the text is) goes into the error's place together
/// with line and column. Bare NaN and Infinity, which Python writes, are refused here.
Result<Json> parseJson(
    std::string_view text, const std::string& name, JsonComments comments = JsonComments::Reject);
Result<Json> readJsonFile(
    const std::filesystem::path& path, JsonComments comments = JsonComments::Reject);

/// Compact, valid UTF-8 even where a string is not (replaced by U+FFFD), so that a line is always
/// written.
std::string dumpJson(const Json& json, int indent = -1);

/// JSON's word for the type, for messages.
std::string jsonTypeName(const Json& json);

/// Reads the keys of one JSON object into variables and collects every problem; `finish()` also
/// reports the keys nobody read, so that a misspelt key is an error and not silence.
class JsonReader {
public:
    JsonReader(const Json& object, std::string place);

    bool has(const char* key) const;
    /// The value of a required key; null after reporting when it is missing.
    const Json* required(const char* key);
    /// The value of an optional key; null when absent.
    const Json* optional(const char* key);

    template <class T> void read(const char* key, T& target) {
        convert(key, required(key), target);
    }
    template <class T> void readOptional(const char* key, T& target) {
        if (const Json* value = optional(key))
            convert(key, value, target);
    }
    void report(Error error);
    /// Accepts any keys that are left, for files whose owners add keys of their own.
    void ignoreOthers() { m_closed = false; }
    const std::string& place() const { return m_place; }

    /// Success, or one "several" error (or the only one) with all problems.
    Result<void> finish();
    /// The problems found, for a parent that collects; unread keys included.
    std::vector<Error> takeProblems();

private:
    void convert(const char* key, const Json* value, std::string& target);
    void convert(const char* key, const Json* value, bool& target);
    void convert(const char* key, const Json* value, int& target);
    void convert(const char* key, const Json* value, std::int64_t& target);
    void convert(const char* key, const Json* value, std::uint64_t& target);
    void convert(const char* key, const Json* value, double& target);
    void convert(const char* key, const Json* value, std::vector<std::string>& target);
    void wrongType(const char* key, const char* expected, const Json& value);

    const Json& m_object;
    std::string m_place;
    bool m_closed = true;
    std::vector<std::string> m_read;
    std::vector<Error> m_problems;
};

} // namespace assay
