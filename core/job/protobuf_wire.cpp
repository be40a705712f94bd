#include "core/job/protobuf_wire.h"

#include <cstring>

namespace assay::wire {

namespace {

enum WireType : std::uint32_t { Varint = 0, Fixed64 = 1, Delimited = 2, Fixed32 = 5 };

void appendPlainVarint(std::string& target, std::uint64_t value) {
    while (value >= 0x80) {
        target.push_back(char(0x80 | (value & 0x7F)));
        value >>= 7;
    }
    target.push_back(char(value));
}

void appendKey(std::string& target, std::uint32_t field, WireType type) {
    appendPlainVarint(target, (std::uint64_t(field) << 3) | type);
}

template <class T> void appendFixed(std::string& target, T value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    target.append(bytes, sizeof value);
}

} // namespace

void appendVarint(std::string& target, std::uint32_t field, std::uint64_t value) {
    appendKey(target, field, Varint);
    appendPlainVarint(target, value);
}

void appendDouble(std::string& target, std::uint32_t field, double value) {
    appendKey(target, field, Fixed64);
    appendFixed(target, value);
}

void appendFloat(std::string& target, std::uint32_t field, float value) {
    appendKey(target, field, Fixed32);
    appendFixed(target, value);
}

void appendBytes(std::string& target, std::uint32_t field, std::string_view value) {
    appendKey(target, field, Delimited);
    appendPlainVarint(target, value.size());
    target += value;
}

bool readVarint(std::string_view& bytes, std::uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (bytes.empty())
            return false;
        const auto byte = std::uint8_t(bytes.front());
        bytes.remove_prefix(1);
        value |= std::uint64_t(byte & 0x7F) << shift;
        if (byte < 0x80)
            return true;
    }
    return false;
}

std::optional<Field> Reader::malformed() {
    m_ok = false;
    m_rest = {};
    return std::nullopt;
}

std::optional<Field> Reader::next() {
    if (m_rest.empty())
        return std::nullopt;
    std::uint64_t key = 0;
    if (!readVarint(m_rest, key) || (key >> 3) == 0)
        return malformed();
    Field field;
    field.number = std::uint32_t(key >> 3);
    std::uint64_t length = 0;
    switch (key & 7) {
    case Varint:
        if (!readVarint(m_rest, field.varint))
            return malformed();
        return field;
    case Fixed64:
        length = 8;
        break;
    case Fixed32:
        length = 4;
        break;
    case Delimited:
        if (!readVarint(m_rest, length))
            return malformed();
        break;
    default:
        return malformed(); // groups have not been written for many years
    }
    if (length > m_rest.size())
        return malformed();
    field.bytes = m_rest.substr(0, length);
    m_rest.remove_prefix(length);
    return field;
}

} // namespace assay::wire
