#include "core/text/normalise/unicode_form.h"

#include "core/text/split/char_class.h"

#include <utf8proc.h>

#include <cstdlib>
#include <new>

namespace assay {

namespace {

/// Characters that are their own NFC and never join the character before them, by ranges that hold
/// most text. All others take the long way.
bool standsAlone(char32_t c) {
    if (c < 0x300)
        return true;
    struct Range {
        char32_t first, last;
    };
    static constexpr Range ranges[] = {
        {0x400, 0x482}, {0x48a, 0x52f}, // Cyrillic
        {0x3b1, 0x3c9}, {0x3a3, 0x3a9}, {0x391, 0x3a1}, {0x3ac, 0x3ae}, // Greek
        {0x5d0, 0x5ea}, {0x620, 0x64a}, {0xe01, 0xe30}, // Hebrew, Arabic, Thai
        {0x1ea0, 0x1ef9}, // Vietnamese
        {0x2010, 0x2027}, {0x2030, 0x205e}, {0x20a0, 0x20c0}, {0x2190, 0x21cc}, {0x2500, 0x27bf},
        {0x3001, 0x3029}, {0x3041, 0x3096}, {0x309b, 0x30ff}, // kana
        {0x3400, 0x4dbf}, {0x4e00, 0x9fff}, {0xac00, 0xd7a3}, // Han, Hangul
        {0xff01, 0xffee}, {0x1f300, 0x1faff}, // full width, emoji
    };
    for (const Range& range : ranges)
        if (c >= range.first && c <= range.last)
            return true;
    return false;
}

bool isAscii(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x80)
            return false;
    return true;
}

utf8proc_option_t optionsOf(UnicodeForm form) {
    const int composed = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    const int decomposed = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE;
    switch (form) {
    case UnicodeForm::Nfc:
        return utf8proc_option_t(composed);
    case UnicodeForm::Nfd:
        return utf8proc_option_t(decomposed);
    case UnicodeForm::Nfkc:
        return utf8proc_option_t(composed | UTF8PROC_COMPAT);
    case UnicodeForm::Nfkd:
        break;
    }
    return utf8proc_option_t(decomposed | UTF8PROC_COMPAT);
}

std::string mapped(UnicodeForm form, std::string_view text) {
    utf8proc_uint8_t* bytes = nullptr;
    const utf8proc_ssize_t size
        = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
            utf8proc_ssize_t(text.size()), &bytes, optionsOf(form));
    if (size < 0) {
        if (size == UTF8PROC_ERROR_NOMEM)
            throw std::bad_alloc();
        return std::string(text);
    }
    std::string result(reinterpret_cast<char*>(bytes), std::size_t(size));
    std::free(bytes);
    return result;
}

} // namespace

bool isSurelyInForm(UnicodeForm form, std::string_view text) {
    if (form != UnicodeForm::Nfc)
        return isAscii(text);
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at < end;) {
        const CharAt c = charAt(at);
        if (!standsAlone(c.codePoint))
            return false;
        at += c.size;
    }
    return true;
}

void appendInForm(UnicodeForm form, const TextView& view, AlignedText& out) {
    const char* const begin = view.text.data();
    const char* const end = begin + view.text.size();
    for (const char* at = begin; at < end;) {
        const CharAt first = charAt(at);
        const char* next = at + first.size;
        while (next < end) {
            const CharAt c = charAt(next);
            if (standsAlone(c.codePoint))
                break;
            next += c.size;
        }
        const TextView cluster = view.part(std::size_t(at - begin), std::size_t(next - at));
        const bool plain = next - at == std::ptrdiff_t(first.size)
            && (first.codePoint < 0x80
                || (form == UnicodeForm::Nfc && standsAlone(first.codePoint)));
        const std::string other = plain ? std::string() : mapped(form, cluster.text);
        if (plain || other == cluster.text)
            out.append(cluster);
        else
            out.append(other, wholeOf(cluster));
        at = next;
    }
}

} // namespace assay
