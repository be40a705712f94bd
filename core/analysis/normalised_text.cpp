#include "core/analysis/normalised_text.h"

#include "core/base/utf8.h"

#include <cstdlib>
#include <utf8proc.h>

namespace assay {

namespace {

bool isSpace(char32_t c) {
    if (c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f' || c == 0x85)
        return true;
    const utf8proc_category_t category = utf8proc_category(utf8proc_int32_t(c));
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL
        || category == UTF8PROC_CATEGORY_ZP;
}

/// Bytes of the character at the start and of the combining marks that follow it: the unit that NFC
/// may change. Hangul jamo compose across characters without being marks, so they are taken
/// together.
std::size_t clusterLength(std::string_view text) {
    std::size_t length = utf8SequenceLength(text);
    const auto isJamo = [](char32_t c) { return c >= 0x1100 && c <= 0x11FF; };
    char32_t before = utf8CodePoint(text);
    while (length < text.size()) {
        const std::string_view rest = text.substr(length);
        const std::size_t next = utf8SequenceLength(rest);
        if (next == 0)
            break;
        const char32_t c = utf8CodePoint(rest);
        const bool mark = utf8proc_get_property(utf8proc_int32_t(c))->combining_class != 0;
        if (!mark && !(isJamo(before) && isJamo(c)))
            break;
        before = c;
        length += next;
    }
    return length;
}

std::string composed(std::string_view cluster, bool ignoreCase) {
    if (cluster.size() == 1 && !ignoreCase)
        return std::string(cluster);
    const int options = UTF8PROC_STABLE | UTF8PROC_COMPOSE | (ignoreCase ? UTF8PROC_CASEFOLD : 0);
    utf8proc_uint8_t* mapped = nullptr;
    const utf8proc_ssize_t size
        = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(cluster.data()),
            utf8proc_ssize_t(cluster.size()), &mapped, utf8proc_option_t(options));
    std::string out = size < 0
        ? std::string(cluster)
        : std::string(reinterpret_cast<const char*>(mapped), std::size_t(size));
    std::free(mapped);
    return out;
}

} // namespace

NormalisedText normaliseForComparison(std::string_view text, bool ignoreCase) {
    NormalisedText out;
    std::int64_t spaceAt = -1;
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view rest = text.substr(at);
        std::size_t length = utf8SequenceLength(rest);
        if (length > 0 && isSpace(utf8CodePoint(rest))) {
            if (spaceAt < 0)
                spaceAt = std::int64_t(at);
            at += length;
            continue;
        }
        if (spaceAt >= 0 && !out.text.empty()) {
            out.text += ' ';
            out.origin.push_back(spaceAt);
        }
        spaceAt = -1;
        length = length == 0 ? 1 : clusterLength(rest);
        const std::string_view cluster = rest.substr(0, length);
        const std::string form
            = isValidUtf8(cluster) ? composed(cluster, ignoreCase) : std::string(cluster);
        out.text += form;
        out.origin.insert(out.origin.end(), form.size(), std::int64_t(at));
        at += length;
        end = at;
    }
    out.origin.push_back(std::int64_t(end));
    return out;
}

} // namespace assay
