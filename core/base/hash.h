#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assay {

/// 128-bit XXH3 as 32 hexadecimal digits: identity of content, not a defence against forgery.
std::string contentHash(std::string_view bytes);
std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);

/// Feeds a hash piece by piece.
class ContentHasher {
public:
    ContentHasher();
    ~ContentHasher();
    ContentHasher(const ContentHasher&) = delete;
    ContentHasher& operator=(const ContentHasher&) = delete;
    void add(std::string_view bytes);
    std::string hex() const;

private:
    void* m_state;
};

/// A random (version 4) UUID from the system's random source.
std::string makeUuid();

} // namespace assay
