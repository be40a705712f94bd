#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace assay {

/// What the patterns of tokenizers ask of a character.
enum CharClass : std::uint8_t {
    CharLetter = 1, ///< general category L
    CharNumber = 2, ///< general category N
    CharSpace = 4, ///< Unicode's White_Space, what \s means in a pattern
    CharMark = 8, ///< general category M
    CharPunctuation = 16, ///< general category P
    CharDigit = 32, ///< general category Nd
    CharConnector = 64, ///< general category Pc
};

/// The classes of all code points, 0x110000 of them; made once.
const std::uint8_t* charClasses();

/// The code point at `at` of well-formed UTF-8, and the bytes it takes.
struct CharAt {
    char32_t codePoint;
    std::uint32_t size;
};

inline CharAt charAt(const char* at) {
    const auto byte = [at](int i) { return std::uint32_t(static_cast<unsigned char>(at[i])); };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80)
        return {lead, 1};
    if (lead < 0xe0)
        return {(lead & 0x1f) << 6 | (byte(1) & 0x3f), 2};
    if (lead < 0xf0)
        return {(lead & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f), 3};
    return {
        (lead & 0x07) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 | (byte(3) & 0x3f), 4};
}

/// Where the character before `at` starts; `at` must not be the start of the text.
inline const char* charBefore(const char* at) {
    do
        --at;
    while ((static_cast<unsigned char>(*at) & 0xc0) == 0x80);
    return at;
}

/// Letters, marks, decimal digits and connectors: what \w means in the patterns of tokenizers.
inline bool isWordChar(std::uint8_t charClass) {
    return charClass & (CharLetter | CharMark | CharDigit | CharConnector);
}

} // namespace assay
