#include "core/base/utf8.h"

namespace assay {

namespace {

bool isContinuation(unsigned char byte) {
    return (byte & 0xc0U) == 0x80U;
}

} // namespace

std::size_t utf8SequenceLength(std::string_view text) {
    if (text.empty())
        return 0;
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = at(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xc2 && first <= 0xdf)
        return text.size() >= 2 && isContinuation(at(1)) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        if (text.size() < 3 || !isContinuation(at(1)) || !isContinuation(at(2)))
            return 0;
        if ((first == 0xe0 && at(1) < 0xa0) || (first == 0xed && at(1) > 0x9f))
            return 0;
        return 3;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        if (text.size() < 4 || !isContinuation(at(1)) || !isContinuation(at(2))
            || !isContinuation(at(3)))
            return 0;
        if ((first == 0xf0 && at(1) < 0x90) || (first == 0xf4 && at(1) > 0x8f))
            return 0;
        return 4;
    }
    return 0;
}

std::size_t firstInvalidUtf8(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        const std::size_t length = utf8SequenceLength(text.substr(i));
        if (length == 0)
            return i;
        i += length;
    }
    return std::string_view::npos;
}

char32_t utf8CodePoint(std::string_view text) {
    const auto at = [&](std::size_t i) { return char32_t(static_cast<unsigned char>(text[i])); };
    switch (utf8SequenceLength(text)) {
    case 1:
        return at(0);
    case 2:
        return (at(0) & 0x1f) << 6 | (at(1) & 0x3f);
    case 3:
        return (at(0) & 0x0f) << 12 | (at(1) & 0x3f) << 6 | (at(2) & 0x3f);
    case 4:
        return (at(0) & 0x07) << 18 | (at(1) & 0x3f) << 12 | (at(2) & 0x3f) << 6 | (at(3) & 0x3f);
    default:
        return 0xfffd;
    }
}

void appendUtf8(std::string& text, char32_t c) {
    if (c < 0x80) {
        text += char(c);
    } else if (c < 0x800) {
        text += char(0xc0 | (c >> 6));
        text += char(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        text += char(0xe0 | (c >> 12));
        text += char(0x80 | ((c >> 6) & 0x3f));
        text += char(0x80 | (c & 0x3f));
    } else {
        text += char(0xf0 | (c >> 18));
        text += char(0x80 | ((c >> 12) & 0x3f));
        text += char(0x80 | ((c >> 6) & 0x3f));
        text += char(0x80 | (c & 0x3f));
    }
}

std::string toValidUtf8(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const std::size_t length = utf8SequenceLength(bytes);
        if (length == 0) {
            text += "\xef\xbf\xbd";
            bytes.remove_prefix(1);
        } else {
            text += bytes.substr(0, length);
            bytes.remove_prefix(length);
        }
    }
    return text;
}

bool isCjk(char32_t c) {
    return (c >= 0x2e80 && c <= 0x2fdf) || (c >= 0x3005 && c <= 0x3007)
        || (c >= 0x3040 && c <= 0x30ff) || (c >= 0x31f0 && c <= 0x31ff)
        || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0x4e00 && c <= 0x9fff)
        || (c >= 0xac00 && c <= 0xd7af) || (c >= 0xf900 && c <= 0xfaff)
        || (c >= 0xff66 && c <= 0xff9d) || (c >= 0x20000 && c <= 0x3134f);
}

std::string toHex(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        text += digits[static_cast<unsigned char>(c) >> 4];
        text += digits[static_cast<unsigned char>(c) & 15];
    }
    return text;
}

} // namespace assay
