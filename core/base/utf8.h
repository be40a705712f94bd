#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay {

/// Length in bytes of the well-formed UTF-8 sequence at the start of `text` (RFC 3629: no
/// surrogates, no over-long forms, at most U+10FFFF), or 0 when there is none.
std::size_t utf8SequenceLength(std::string_view text);

/// Byte position of the first byte that is not part of well-formed UTF-8, or npos.
std::size_t firstInvalidUtf8(std::string_view text);
inline bool isValidUtf8(std::string_view text) {
    return firstInvalidUtf8(text) == std::string_view::npos;
}

/// The code point at the start of well-formed text, which must not be empty.
char32_t utf8CodePoint(std::string_view text);
void appendUtf8(std::string& text, char32_t codePoint);

/// Invalid bytes replaced by U+FFFD, one each.
std::string toValidUtf8(std::string_view bytes);

/// Han, Hiragana, Katakana, Hangul: scripts written without spaces between words.
bool isCjk(char32_t codePoint);

/// Lower-case hexadecimal digits of the bytes.
std::string toHex(std::string_view bytes);

} // namespace assay
