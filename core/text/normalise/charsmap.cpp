#include "core/text/normalise/charsmap.h"

#include "core/text/split/char_class.h"

#include <utf8proc.h>

#include <array>
#include <cstring>

namespace assay {

namespace {

/// A group of characters this long or longer is looked up character by character only, as the
/// tokenizers library does.
constexpr std::size_t longestGroup = 6;

} // namespace

bool decodeBase64(std::string_view text, std::string& bytes) {
    static const std::array<signed char, 256> values = [] {
        std::array<signed char, 256> table{};
        table.fill(-1);
        const std::string_view digits
            = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (std::size_t i = 0; i < digits.size(); ++i)
            table[static_cast<unsigned char>(digits[i])] = static_cast<signed char>(i);
        return table;
    }();
    while (!text.empty() && text.back() == '=')
        text.remove_suffix(1);
    if (text.size() % 4 == 1)
        return false;
    bytes.clear();
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const int value = values[static_cast<unsigned char>(c)];
        if (value < 0)
            return false;
        bits = bits << 6 | std::uint32_t(value);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<char>(bits >> count & 0xff));
        }
    }
    return true;
}

Result<Charsmap> Charsmap::read(std::string_view base64, const std::string& place) {
    std::string bytes;
    std::uint32_t trieBytes = 0;
    bool sound = decodeBase64(base64, bytes) && bytes.size() >= 4;
    if (sound) {
        std::memcpy(&trieBytes, bytes.data(), 4);
        sound = trieBytes > 0 && trieBytes % 4 == 0 && trieBytes <= bytes.size() - 4;
    }
    if (!sound)
        return fail("text.tokenizer_file",
            {{"path", place}, {"reason", "precompiled_charsmap is damaged"}}, place);
    Charsmap map;
    map.m_units.resize(trieBytes / 4);
    std::memcpy(map.m_units.data(), bytes.data() + 4, trieBytes);
    map.m_replacements = bytes.substr(4 + trieBytes);
    return map;
}

const char* Charsmap::replacement(std::string_view text) const {
    // Units of Darts-clone: label, whether a value hangs below, and the offset to the children.
    const auto offset
        = [](std::uint32_t unit) { return (unit >> 10) << ((unit & (1u << 9)) >> 6); };
    std::size_t node = offset(m_units[0]);
    for (const char c : text) {
        const auto byte = std::uint32_t(static_cast<unsigned char>(c));
        node ^= byte;
        if (node >= m_units.size())
            return nullptr;
        const std::uint32_t unit = m_units[node];
        if ((unit & ((1u << 31) | 0xff)) != byte)
            return nullptr;
        node ^= offset(unit);
        if (unit >> 8 & 1) {
            const std::size_t value = node < m_units.size() ? m_units[node] & 0x7fffffff : SIZE_MAX;
            return value < m_replacements.size() ? m_replacements.c_str() + value : nullptr;
        }
    }
    return nullptr;
}

void Charsmap::apply(const TextView& view, AlignedText& out) const {
    const char* const begin = view.text.data();
    const char* const end = begin + view.text.size();
    for (const char* at = begin; at < end;) {
        // One group: what a reader sees as one character.
        utf8proc_int32_t state = 0;
        CharAt last = charAt(at);
        const char* next = at + last.size;
        while (next < end) {
            const CharAt c = charAt(next);
            if (utf8proc_grapheme_break_stateful(
                    utf8proc_int32_t(last.codePoint), utf8proc_int32_t(c.codePoint), &state))
                break;
            last = c;
            next += c.size;
        }
        const TextView group = view.part(std::size_t(at - begin), std::size_t(next - at));
        const char* whole = group.text.size() < longestGroup ? replacement(group.text) : nullptr;
        if (whole) {
            out.append(std::string_view(whole), wholeOf(group));
        } else {
            for (const char* one = at; one < next;) {
                const std::uint32_t size = charAt(one).size;
                const TextView single = view.part(std::size_t(one - begin), size);
                if (const char* other = replacement(single.text))
                    out.append(std::string_view(other), wholeOf(single));
                else
                    out.append(single);
                one += size;
            }
        }
        at = next;
    }
}

} // namespace assay
