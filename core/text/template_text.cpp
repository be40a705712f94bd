#include "core/text/template_text.h"

#include "core/base/utf8.h"

namespace assay {

namespace {

/// str.isspace() of Python 3 (Unicode's bidirectional types WS, B, S and category Zs).
bool isSpace(char32_t c) {
    return (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x20) || c == 0x85 || c == 0xa0
        || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f
        || c == 0x205f || c == 0x3000;
}

bool isSpaceAt(std::string_view text, std::size_t at, std::size_t length) {
    return length > 0 && isSpace(utf8CodePoint(text.substr(at, length)));
}

} // namespace

std::string trimmed(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = utf8SequenceLength(text);
        if (!isSpaceAt(text, 0, length))
            break;
        text.remove_prefix(length);
    }
    while (!text.empty()) {
        // Back over continuation bytes to the start of the last character.
        std::size_t start = text.size() - 1;
        while (start > 0 && text.size() - start < 4
            && (static_cast<unsigned char>(text[start]) & 0xc0) == 0x80)
            --start;
        const std::size_t length = utf8SequenceLength(text.substr(start));
        if (start + length != text.size() || !isSpaceAt(text, start, length))
            break;
        text.remove_suffix(length);
    }
    return std::string(text);
}

} // namespace assay
