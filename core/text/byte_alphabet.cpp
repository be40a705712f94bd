#include "core/text/byte_alphabet.h"

#include "core/base/utf8.h"

#include <array>

namespace assay {

namespace {

bool isShownAsItself(int byte) {
    return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac)
        || (byte >= 0xae && byte <= 0xff);
}

} // namespace

bool bytesOfAlphabet(std::string_view spelling, std::string& bytes) {
    // The others follow from U+0100 in order.
    static const std::array<short, 0x144> byteOf = [] {
        std::array<short, 0x144> table{};
        table.fill(-1);
        short next = 0x100;
        for (short byte = 0; byte < 256; ++byte)
            table[std::size_t(isShownAsItself(byte) ? byte : next++)] = byte;
        return table;
    }();
    bytes.clear();
    for (std::size_t at = 0; at < spelling.size();) {
        const std::size_t length = utf8SequenceLength(spelling.substr(at));
        if (length == 0)
            return false;
        const char32_t c = utf8CodePoint(spelling.substr(at, length));
        if (c >= byteOf.size() || byteOf[c] < 0)
            return false;
        bytes.push_back(static_cast<char>(byteOf[c]));
        at += length;
    }
    return true;
}

} // namespace assay
