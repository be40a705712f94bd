#include "core/analysis/json_acceptor.h"

#include "core/base/utf8.h"

#include <algorithm>

namespace assay {

namespace {

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
int hexValue(char c) {
    if (isDigit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}
constexpr std::size_t deepest = 1000;

} // namespace

JsonAcceptor::JsonAcceptor(std::shared_ptr<const JsonSchema> schema)
    : m_schema(std::move(schema)) {
    if (m_schema)
        m_readings.emplace_back();
}

bool JsonAcceptor::refuse(JsonDeath death, std::string_view reason) {
    m_death = death;
    m_reason = reason;
    return false;
}

bool JsonAcceptor::feed(char byte) {
    m_death = JsonDeath::None;
    // A refused byte leaves everything as it was; only a schema's readings change before it is
    // known.
    if (!m_schema)
        return step(byte);
    JsonAcceptor before = *this;
    if (step(byte)) {
        for (Reading& reading : m_readings)
            for (Open& open : reading)
                if (!open.raw.empty())
                    open.raw += byte;
        return true;
    }
    before.m_death = m_death;
    before.m_reason = std::move(m_reason);
    *this = std::move(before);
    return false;
}

std::size_t JsonAcceptor::feed(std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i)
        if (!feed(bytes[i]))
            return i;
    return bytes.size();
}

bool JsonAcceptor::step(char byte) {
    switch (m_lex) {
    case Lex::Value:
        return isSpace(byte) || beginValue(byte);
    case Lex::FirstItem:
        if (isSpace(byte))
            return true;
        return byte == ']' ? endValue() : beginValue(byte);
    case Lex::FirstKey:
    case Lex::Key:
        if (isSpace(byte))
            return true;
        if (byte == '}' && m_lex == Lex::FirstKey)
            return endValue();
        if (byte != '"')
            return refuse(JsonDeath::Syntax,
                m_lex == Lex::FirstKey ? "a key or } was expected" : "a key was expected");
        m_lex = Lex::String;
        m_isKey = true;
        m_token.clear();
        return true;
    case Lex::Colon:
        if (isSpace(byte))
            return true;
        if (byte != ':')
            return refuse(JsonDeath::Syntax, "a colon was expected");
        m_lex = Lex::Value;
        return true;
    case Lex::After:
        return afterValue(byte);
    case Lex::String:
    case Lex::Escape:
    case Lex::LowSurrogate:
    case Lex::LowSurrogateU:
        return inString(byte);
    case Lex::Hex:
        return hexDigit(byte);
    case Lex::Literal:
        if (byte != m_literal.front())
            return refuse(JsonDeath::Syntax, "true, false or null was begun");
        m_token += byte;
        m_literal.remove_prefix(1);
        return !m_literal.empty() || endValue();
    default:
        return inNumber(byte);
    }
}

bool JsonAcceptor::beginValue(char byte) {
    const bool number = byte == '-' || isDigit(byte);
    if (!number && byte != '"' && byte != '{' && byte != '[' && byte != 't' && byte != 'f'
        && byte != 'n')
        return refuse(JsonDeath::Syntax,
            m_lex == Lex::FirstItem ? "a value or ] was expected" : "a value was expected");
    if (m_stack.size() >= deepest)
        return refuse(JsonDeath::Syntax, "nested too deeply");
    if (m_schema && !openReadings(number ? '-' : byte, byte))
        return false;
    m_token.clear();
    switch (byte) {
    case '{':
    case '[':
        m_stack.push_back({byte, {}, 0});
        m_lex = byte == '{' ? Lex::FirstKey : Lex::FirstItem;
        return true;
    case '"':
        m_lex = Lex::String;
        m_isKey = false;
        return true;
    case 't':
    case 'f':
    case 'n':
        m_literal = byte == 't' ? "rue" : byte == 'f' ? "alse" : "ull";
        m_token = byte;
        m_lex = Lex::Literal;
        return true;
    default:
        m_token = byte;
        m_lex = byte == '-' ? Lex::Minus : byte == '0' ? Lex::Zero : Lex::Digits;
        return true;
    }
}

/// A value is over: a container that closes here, or a scalar.
bool JsonAcceptor::endValue() {
    const bool container = m_lex == Lex::FirstItem || m_lex == Lex::FirstKey || m_lex == Lex::After;
    if (m_schema && !(container ? checkContainerEnd() : checkScalarEnd()))
        return false;
    if (container)
        m_stack.pop_back();
    m_lex = Lex::After;
    return true;
}

bool JsonAcceptor::afterValue(char byte) {
    if (isSpace(byte))
        return true;
    if (m_stack.empty())
        return refuse(JsonDeath::Syntax, "the document was over");
    Level& level = m_stack.back();
    if (byte == (level.kind == '{' ? '}' : ']'))
        return endValue();
    if (byte != ',')
        return refuse(JsonDeath::Syntax,
            level.kind == '{' ? "a comma or } was expected" : "a comma or ] was expected");
    if (level.kind == '{') {
        m_lex = Lex::Key;
        return keepReadings("maxProperties", [](Reading& reading) {
            const Open& open = reading.back();
            return std::ranges::all_of(open.nodes, [&](const Node* node) {
                return std::int64_t(open.keys.size()) < node->maxProperties;
            });
        });
    }
    ++level.index;
    m_lex = Lex::Value;
    return keepReadings("maxItems", [](Reading& reading) {
        const Open& open = reading.back();
        return std::ranges::all_of(
            open.nodes, [&](const Node* node) { return open.items < node->maxItems; });
    });
}

bool JsonAcceptor::numberMayEnd() const {
    return m_lex == Lex::Zero || m_lex == Lex::Digits || m_lex == Lex::Fraction
        || m_lex == Lex::ExponentDigits;
}

bool JsonAcceptor::inNumber(char byte) {
    const auto go = [&](Lex to) {
        m_lex = to;
        m_token += byte;
        return true;
    };
    const bool exponent = byte == 'e' || byte == 'E';
    switch (m_lex) {
    case Lex::Minus:
        if (isDigit(byte))
            return go(byte == '0' ? Lex::Zero : Lex::Digits);
        break;
    case Lex::Zero:
    case Lex::Digits:
        if (isDigit(byte) && m_lex == Lex::Digits)
            return go(Lex::Digits);
        if (byte == '.' || exponent)
            return go(byte == '.' ? Lex::Point : Lex::Exponent);
        break;
    case Lex::Point:
    case Lex::Fraction:
        if (isDigit(byte))
            return go(Lex::Fraction);
        if (exponent && m_lex == Lex::Fraction)
            return go(Lex::Exponent);
        break;
    case Lex::Exponent:
        if (byte == '+' || byte == '-')
            return go(Lex::ExponentSign);
        [[fallthrough]];
    default:
        if (isDigit(byte))
            return go(Lex::ExponentDigits);
        break;
    }
    if (!numberMayEnd())
        return refuse(JsonDeath::Syntax, "a digit was expected");
    const Lex before = m_lex;
    if (!endValue())
        return false;
    if (afterValue(byte))
        return true;
    m_lex = before; // still the same number
    return false;
}

bool JsonAcceptor::inString(char byte) {
    const auto value = static_cast<unsigned char>(byte);
    if (m_lex == Lex::LowSurrogate || m_lex == Lex::LowSurrogateU) {
        if (byte != (m_lex == Lex::LowSurrogate ? '\\' : 'u'))
            return refuse(JsonDeath::Syntax, "the second half of a surrogate pair was expected");
        m_hexSeen = 0;
        m_code = 0;
        m_lowHalf = true;
        m_lex = m_lex == Lex::LowSurrogate ? Lex::LowSurrogateU : Lex::Hex;
        return true;
    }
    if (m_lex == Lex::Escape) {
        constexpr std::string_view letters = "\"\\/bfnrt";
        constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
        if (byte == 'u') {
            m_hexSeen = 0;
            m_code = 0;
            m_lowHalf = false;
            m_lex = Lex::Hex;
            return true;
        }
        const std::size_t at = letters.find(byte);
        if (at == std::string_view::npos)
            return refuse(JsonDeath::Syntax, "there is no such escape");
        m_lex = Lex::String;
        return appendToString(meanings.substr(at, 1), true);
    }
    if (m_utf8Left > 0) {
        if (value < m_utf8Low || value > m_utf8High)
            return refuse(JsonDeath::Syntax, "not UTF-8");
        --m_utf8Left;
        m_utf8Low = 0x80;
        m_utf8High = 0xBF;
        return appendToString({&byte, 1}, m_utf8Left == 0);
    }
    if (byte == '"') {
        if (!m_isKey)
            return endValue();
        if (m_schema && !checkKeyEnd())
            return false;
        m_stack.back().key = m_token;
        m_lex = Lex::Colon;
        return true;
    }
    if (byte == '\\') {
        m_lex = Lex::Escape;
        return true;
    }
    if (value < 0x20)
        return refuse(JsonDeath::Syntax, "a control character in a string must be escaped");
    if (value < 0x80)
        return appendToString({&byte, 1}, true);
    // RFC 3629: no over-long forms, no surrogates, nothing above U+10FFFF.
    if (value < 0xC2 || value > 0xF4)
        return refuse(JsonDeath::Syntax, "not UTF-8");
    m_utf8Left = value < 0xE0 ? 1 : value < 0xF0 ? 2 : 3;
    m_utf8Low = value == 0xE0 ? 0xA0 : value == 0xF0 ? 0x90 : 0x80;
    m_utf8High = value == 0xED ? 0x9F : value == 0xF4 ? 0x8F : 0xBF;
    return appendToString({&byte, 1}, false);
}

bool JsonAcceptor::hexDigit(char byte) {
    const int digit = hexValue(byte);
    if (digit < 0)
        return refuse(JsonDeath::Syntax, "a hexadecimal digit was expected");
    const std::uint32_t code = m_code * 16 + std::uint32_t(digit);
    ++m_hexSeen;
    // The first two digits tell whether this is half of a surrogate pair.
    if (m_lowHalf && ((m_hexSeen == 1 && code != 0xD) || (m_hexSeen == 2 && code < 0xDC))) {
        --m_hexSeen;
        return refuse(JsonDeath::Syntax, "the second half of a surrogate pair was expected");
    }
    if (!m_lowHalf && m_hexSeen == 2 && code >= 0xDC && code <= 0xDF) {
        --m_hexSeen;
        return refuse(JsonDeath::Syntax, "the second half of a surrogate pair without the first");
    }
    m_code = code;
    if (m_hexSeen < 4)
        return true;
    if (!m_lowHalf && code >= 0xD800 && code <= 0xDBFF) {
        m_highHalf = code;
        m_lex = Lex::LowSurrogate;
        return true;
    }
    std::string character;
    appendUtf8(character,
        char32_t(m_lowHalf ? 0x10000 + ((m_highHalf - 0xD800) << 10U) + (code - 0xDC00) : code));
    m_lex = Lex::String;
    return appendToString(character, true);
}

bool JsonAcceptor::appendToString(std::string_view bytes, bool whole) {
    if (!m_schema && !m_isKey)
        return true;
    m_token += bytes;
    return !m_schema || checkStringPrefix(whole);
}

bool JsonAcceptor::complete() const {
    if (closed())
        return true;
    if (!m_stack.empty() || !numberMayEnd())
        return false;
    JsonAcceptor copy = *this;
    return copy.endValue();
}

std::string JsonAcceptor::pointer() const {
    std::string out;
    const bool keyOpen = m_lex == Lex::FirstKey || m_lex == Lex::Key
        || (m_isKey && (m_lex == Lex::String || m_lex == Lex::Escape || m_lex == Lex::Hex));
    for (std::size_t i = 0; i < m_stack.size(); ++i) {
        const Level& level = m_stack[i];
        if (i + 1 == m_stack.size() && (keyOpen || m_lex == Lex::FirstItem))
            break;
        if (level.kind == '[') {
            out += "/" + std::to_string(level.index);
            continue;
        }
        out += '/';
        for (const char c : level.key)
            out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    }
    return out;
}

std::string JsonAcceptor::completion() const {
    std::string out;
    const auto endString = [&] { out += m_isKey ? "\":0" : "\""; };
    switch (m_lex) {
    case Lex::Value:
        out = "0";
        break;
    case Lex::Key:
        out = "\"\":0";
        break;
    case Lex::Colon:
        out = ":0";
        break;
    case Lex::Escape:
        out = "n";
        endString();
        break;
    case Lex::Hex:
        // D and DC keep a second half possible; a first digit D may become one.
        for (std::uint8_t i = m_hexSeen; i < 4; ++i)
            out += m_lowHalf ? "DC00"[i] : '0';
        if (!m_lowHalf && m_hexSeen == 3 && (m_code >> 4U) >= 0xD8 && (m_code >> 4U) <= 0xDB)
            out += "\\uDC00";
        else if (!m_lowHalf && m_hexSeen == 2 && m_code >= 0xD8 && m_code <= 0xDB)
            out += "\\uDC00";
        endString();
        break;
    case Lex::LowSurrogate:
        out = "\\uDC00";
        endString();
        break;
    case Lex::LowSurrogateU:
        out = "uDC00";
        endString();
        break;
    case Lex::String:
        if (m_utf8Left > 0)
            out += char(m_utf8Low);
        for (std::uint8_t i = 1; i < m_utf8Left; ++i)
            out += char(0x80);
        endString();
        break;
    case Lex::Minus:
    case Lex::Point:
    case Lex::Exponent:
    case Lex::ExponentSign:
        out = "0";
        break;
    case Lex::Literal:
        out = m_literal;
        break;
    default:
        break;
    }
    for (std::size_t i = m_stack.size(); i > 0; --i)
        out += m_stack[i - 1].kind == '{' ? '}' : ']';
    return out;
}

} // namespace assay
