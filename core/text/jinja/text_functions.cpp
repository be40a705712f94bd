#include "core/text/jinja/text_functions.h"

#include "core/base/utf8.h"
#include "core/text/template_text.h"

#include <utf8proc.h>

#include <algorithm>

namespace assay::jinja {

namespace {

/// The character that starts at `at`: its bytes.
std::string_view characterAt(std::string_view text, std::size_t at) {
    return text.substr(at, std::max<std::size_t>(utf8SequenceLength(text.substr(at)), 1));
}

std::size_t characterBefore(std::string_view text, std::size_t at) {
    do
        --at;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80);
    return at;
}

bool isBlank(std::string_view character) {
    return trimmed(character).empty();
}

} // namespace

Text stripped(const Text& text, const std::optional<std::string>& characters, Side side) {
    const std::string_view bytes = text.bytes();
    const auto goes = [&](std::string_view one) {
        return characters ? characters->find(one) != std::string::npos : isBlank(one);
    };
    std::size_t begin = 0;
    std::size_t end = bytes.size();
    if (side != Side::Right)
        while (begin < end && goes(characterAt(bytes, begin)))
            begin += characterAt(bytes, begin).size();
    if (side != Side::Left)
        while (end > begin) {
            const std::size_t last = characterBefore(bytes, end);
            if (!goes(bytes.substr(last, end - last)))
                break;
            end = last;
        }
    return text.part(begin, end);
}

List splitText(const Text& text, const std::optional<std::string>& separator, std::int64_t most,
    bool fromRight) {
    const std::string_view bytes = text.bytes();
    List parts;
    if (!separator) {
        std::size_t at = 0;
        while (true) {
            while (at < bytes.size() && isBlank(characterAt(bytes, at)))
                at += characterAt(bytes, at).size();
            if (at >= bytes.size())
                return parts;
            if (most >= 0 && std::int64_t(parts.size()) >= most) {
                parts.push_back(
                    Value(stripped(text.part(at, bytes.size()), std::nullopt, Side::Right)));
                return parts;
            }
            std::size_t end = at;
            while (end < bytes.size() && !isBlank(characterAt(bytes, end)))
                end += characterAt(bytes, end).size();
            parts.push_back(Value(text.part(at, end)));
            at = end;
        }
    }
    if (separator->empty())
        failRender("a text cannot be split at an empty text");
    std::vector<std::size_t> cuts;
    if (fromRight) {
        for (std::size_t end = bytes.size(); most < 0 || std::int64_t(cuts.size()) < most;) {
            if (end < separator->size())
                break;
            const std::size_t found = bytes.rfind(*separator, end - separator->size());
            if (found == std::string_view::npos)
                break;
            cuts.push_back(found);
            end = found;
        }
        std::reverse(cuts.begin(), cuts.end());
    } else {
        for (std::size_t at = 0; most < 0 || std::int64_t(cuts.size()) < most;) {
            const std::size_t found = bytes.find(*separator, at);
            if (found == std::string_view::npos)
                break;
            cuts.push_back(found);
            at = found + separator->size();
        }
    }
    if (cuts.size() > largestList)
        failRender("a list grows too large");
    std::size_t at = 0;
    for (const std::size_t cut : cuts) {
        parts.push_back(Value(text.part(at, cut)));
        at = cut + separator->size();
    }
    parts.push_back(Value(text.part(at, bytes.size())));
    return parts;
}

List splitLines(const Text& text) {
    const std::string& bytes = text.bytes();
    List lines;
    for (std::size_t at = 0; at < bytes.size();) {
        const std::size_t end = std::min(bytes.find_first_of("\r\n", at), bytes.size());
        lines.push_back(Value(text.part(at, end)));
        at = end + (bytes.compare(end, 2, "\r\n") == 0 ? 2 : 1);
    }
    return lines;
}

Text replacedText(const Text& text, const Text& from, const Text& to, std::int64_t most) {
    const std::string_view bytes = text.bytes();
    Text result;
    std::size_t at = 0;
    const auto grown = [&] {
        if (result.size() > largestText)
            failRender("a text grows too large");
    };
    if (from.empty()) {
        for (std::int64_t done = 0; most < 0 || done < most; ++done) {
            result.append(to);
            grown();
            if (at >= bytes.size())
                return result;
            const std::size_t next = at + characterAt(bytes, at).size();
            result.append(text, at, next);
            at = next;
        }
    }
    for (std::int64_t done = 0; most < 0 || done < most; ++done) {
        const std::size_t found = bytes.find(from.bytes(), at);
        if (found == std::string_view::npos || from.empty())
            break;
        result.append(text, at, found);
        result.append(to);
        grown();
        at = found + from.size();
    }
    result.append(text, at, bytes.size());
    return result;
}

Text inCase(const Text& text, Case form) {
    Text result;
    bool start = true;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view one = characterAt(text.bytes(), at);
        const auto point
            = utf8proc_int32_t(utf8SequenceLength(one) > 0 ? utf8CodePoint(one) : U'\ufffd');
        const bool upper = form == Case::Upper || (form != Case::Lower && start);
        std::string changed;
        appendUtf8(changed, char32_t(upper ? utf8proc_toupper(point) : utf8proc_tolower(point)));
        if (upper && point == 0xdf)
            changed = "SS";
        result.append(changed, text.sourceAt(at));
        const utf8proc_category_t kind = utf8proc_category(point);
        const bool letter = kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_LO;
        start = form == Case::Title && !letter;
        at += one.size();
    }
    return result;
}

Text joinedText(const List& list, const Text& separator) {
    Text result;
    bool first = true;
    for (const Value& item : list) {
        if (!first)
            result.append(separator);
        first = false;
        result.append(printed(item));
        if (result.size() > largestText)
            failRender("a text grows too large");
    }
    return result;
}

Text indented(const Text& text, const std::string& by, bool first, bool blank) {
    const std::string& bytes = text.bytes();
    Text result;
    for (std::size_t at = 0, line = 0; at <= bytes.size(); ++line) {
        const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
        if (line > 0)
            result.append("\n", fromTemplate);
        if (line == 0 ? first : blank || end > at)
            result.append(by, fromTemplate);
        result.append(text, at, end);
        at = end + 1;
    }
    return result;
}

} // namespace assay::jinja
