#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The little of protobuf's wire format that event files need (protobuf.dev, "Encoding").
namespace assay::wire {

void appendVarint(std::string& target, std::uint32_t field, std::uint64_t value);
void appendDouble(std::string& target, std::uint32_t field, double value);
void appendFloat(std::string& target, std::uint32_t field, float value);
void appendBytes(std::string& target, std::uint32_t field, std::string_view value);

/// The varint at the beginning of `bytes`, which is cut off; false when there is none.
bool readVarint(std::string_view& bytes, std::uint64_t& value);

struct Field {
    std::uint32_t number = 0;
    std::uint64_t varint = 0; ///< of a varint field
    std::string_view bytes; ///< of a length-delimited field, or the raw bytes of a fixed one
};

/// Walks the fields of one message.
class Reader {
public:
    explicit Reader(std::string_view message)
        : m_rest(message) { }
    /// None at the end, or where the message is not well formed: then ok() is false.
    std::optional<Field> next();
    bool ok() const { return m_ok; }

private:
    std::optional<Field> malformed();
    std::string_view m_rest;
    bool m_ok = true;
};

} // namespace assay::wire
