#include "core/text/split/char_class.h"

#include <utf8proc.h>

#include <vector>

namespace assay {

namespace {

bool isWhiteSpace(char32_t c) {
    return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680
        || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f
        || c == 0x3000;
}

std::uint8_t classOf(char32_t c) {
    std::uint8_t result = isWhiteSpace(c) ? std::uint8_t(CharSpace) : std::uint8_t(0);
    switch (utf8proc_category(utf8proc_int32_t(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
        return result | CharLetter;
    case UTF8PROC_CATEGORY_ND:
        return result | CharNumber | CharDigit;
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return result | CharNumber;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return result | CharMark;
    case UTF8PROC_CATEGORY_PC:
        return result | CharPunctuation | CharConnector;
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
        return result | CharPunctuation;
    default:
        return result;
    }
}

} // namespace

const std::uint8_t* charClasses() {
    static const std::vector<std::uint8_t> table = [] {
        std::vector<std::uint8_t> classes(0x110000);
        for (char32_t c = 0; c < classes.size(); ++c)
            classes[c] = classOf(c);
        return classes;
    }();
    return table.data();
}

} // namespace assay
