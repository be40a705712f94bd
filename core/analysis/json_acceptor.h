#pragma once

#include "core/analysis/json_schema.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay {

/// Why no text that goes on from here can be right.
enum class JsonDeath {
    None,
    Syntax, ///< no completion is JSON (RFC 8259, strings in UTF-8, surrogates in pairs)
    Schema, ///< it may become JSON, but none that fits the schema
};

/// Reads one JSON document byte by byte and says at each byte whether some completion is still
/// valid. A copy is a fork: what would happen with other bytes can be tried out.
///
/// With a schema the same holds for it, but for three places where the judgement comes later: a
/// number is held against its schema where it ends (an exponent can still change it), an escape in
/// a string where it is complete, and an enum of objects or lists where the value ends.
class JsonAcceptor {
public:
    explicit JsonAcceptor(std::shared_ptr<const JsonSchema> schema = nullptr);

    /// Takes the next byte, or refuses it: then nothing has changed and `death` says why.
    bool feed(char byte);
    /// Feeds as many bytes as are viable; returns how many.
    std::size_t feed(std::string_view bytes);
    /// Whether the text so far is a whole document that fits.
    bool complete() const;
    /// Whether a whole document has been read, so that only white space may follow.
    bool closed() const { return m_lex == Lex::After && m_stack.empty(); }

    JsonDeath death() const { return m_death; }
    /// What stood in the way of the byte refused last: "a comma or ] was expected"; with a schema
    /// the keyword, "enum".
    const std::string& reason() const { return m_reason; }
    /// JSON pointer of the value that was being read.
    std::string pointer() const;
    /// A short text that makes a whole JSON document of the one so far (not of its schema).
    std::string completion() const;

private:
    enum class Lex : std::uint8_t {
        Value,
        FirstItem, ///< of a list, or its end
        FirstKey, ///< of an object, or its end
        Key,
        Colon,
        After, ///< a value
        String,
        Escape,
        Hex,
        LowSurrogate, ///< the backslash of the second half
        LowSurrogateU,
        Minus,
        Zero,
        Digits,
        Point,
        Fraction,
        Exponent,
        ExponentSign,
        ExponentDigits,
        Literal,
    };
    using Node = JsonSchema::Node;
    /// One reading of an open value under the schema.
    struct Open {
        std::vector<const Node*> nodes; ///< all of them must hold
        char kind = 0; ///< first byte: { [ " - t f n, and - for every number
        std::vector<std::string> keys; ///< of an object, in order
        std::int64_t items = 0; ///< of a list
        std::string raw; ///< its text, where it is held against an enum as a whole
        bool operator==(const Open&) const = default;
    };
    using Reading = std::vector<Open>;
    struct Level {
        char kind = 0;
        std::string key;
        std::int64_t index = 0;
    };

    bool refuse(JsonDeath death, std::string_view reason);
    bool step(char byte);
    bool beginValue(char byte);
    bool endValue();
    bool inString(char byte);
    bool appendToString(std::string_view bytes, bool whole);
    bool hexDigit(char byte);
    bool afterValue(char byte);
    bool inNumber(char byte);
    bool numberMayEnd() const;

    bool openReadings(char kind, char byte);
    bool keepReadings(std::string_view keyword, const std::function<bool(Reading&)>& holds);
    bool checkStringPrefix(bool whole);
    bool checkKeyEnd();
    bool checkScalarEnd();
    bool checkContainerEnd();

    std::shared_ptr<const JsonSchema> m_schema;
    Lex m_lex = Lex::Value;
    bool m_isKey = false; ///< the string being read
    std::uint8_t m_utf8Left = 0; ///< continuation bytes to come
    std::uint8_t m_utf8Low = 0x80; ///< range of the next one
    std::uint8_t m_utf8High = 0xBF;
    std::uint8_t m_hexSeen = 0;
    bool m_lowHalf = false;
    std::uint32_t m_code = 0;
    std::uint32_t m_highHalf = 0;
    std::string_view m_literal; ///< what is left of it
    std::vector<Level> m_stack;
    std::string m_token; ///< string decoded so far, number or literal
    std::vector<Reading> m_readings;
    JsonDeath m_death = JsonDeath::None;
    std::string m_reason;
};

} // namespace assay
