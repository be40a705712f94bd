#include "core/base/hash.h"

#include <array>
#include <cstdio>
#include <random>
#include <unistd.h>
#include <xxhash.h>

namespace assay {

namespace {

std::string hex(XXH128_hash_t hash) {
    char text[33];
    std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
        static_cast<unsigned long long>(hash.low64));
    return text;
}

} // namespace

std::string contentHash(std::string_view bytes) {
    return hex(XXH3_128bits(bytes.data(), bytes.size()));
}

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed) {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

ContentHasher::ContentHasher()
    : m_state(XXH3_createState()) {
    XXH3_128bits_reset(static_cast<XXH3_state_t*>(m_state));
}

ContentHasher::~ContentHasher() {
    XXH3_freeState(static_cast<XXH3_state_t*>(m_state));
}

void ContentHasher::add(std::string_view bytes) {
    XXH3_128bits_update(static_cast<XXH3_state_t*>(m_state), bytes.data(), bytes.size());
}

std::string ContentHasher::hex() const {
    return assay::hex(XXH3_128bits_digest(static_cast<const XXH3_state_t*>(m_state)));
}

std::string makeUuid() {
    std::array<std::uint32_t, 4> words;
    // Straight from the system: making a std::random_device costs more than the rest of importing a
    // row.
    if (::getentropy(words.data(), sizeof words) != 0) {
        std::random_device source;
        for (std::uint32_t& word : words)
            word = source();
    }
    words[1] = (words[1] & 0xffff0fffU) | 0x00004000U; // version 4
    words[2] = (words[2] & 0x3fffffffU) | 0x80000000U; // RFC 4122 variant
    char text[37];
    std::snprintf(text, sizeof text, "%08x-%04x-%04x-%04x-%04x%08x", words[0], words[1] >> 16,
        words[1] & 0xffffU, words[2] >> 16, words[2] & 0xffffU, words[3]);
    return text;
}

} // namespace assay
