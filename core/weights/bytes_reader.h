#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

namespace assay {

/// Walks over bytes that nobody vouches for: a read past the end gives zeros and makes `ok` false.
class BytesReader {
public:
    explicit BytesReader(std::span<const std::byte> bytes)
        : m_bytes(bytes) { }

    bool ok() const { return m_ok; }
    std::size_t position() const { return m_at; }
    std::size_t left() const { return m_bytes.size() - m_at; }

    /// Little-endian, as stored.
    template <class T> T read() {
        T value{};
        if (const auto from = take(sizeof(T)); m_ok)
            std::memcpy(&value, from.data(), sizeof(T));
        return value;
    }
    std::span<const std::byte> take(std::uint64_t count) {
        if (!m_ok || count > left()) {
            m_ok = false;
            return {};
        }
        const auto part = m_bytes.subspan(m_at, std::size_t(count));
        m_at += std::size_t(count);
        return part;
    }
    std::string_view text(std::uint64_t count) {
        const auto part = take(count);
        return {reinterpret_cast<const char*>(part.data()), part.size()};
    }
    /// Up to and without the next newline, which is passed over.
    std::string_view line() {
        const std::string_view rest(reinterpret_cast<const char*>(m_bytes.data()) + m_at, left());
        const std::size_t end = rest.find('\n');
        if (end == std::string_view::npos) {
            m_ok = false;
            return {};
        }
        m_at += end + 1;
        return rest.substr(0, end);
    }

private:
    std::span<const std::byte> m_bytes;
    std::size_t m_at = 0;
    bool m_ok = true;
};

} // namespace assay
