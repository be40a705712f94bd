#include "core/data/importers/row_source.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace assay::importing {

namespace {

constexpr std::string_view whitespace = " \t\r\n";
constexpr const char* notClosed = "a bracket or a quote is not closed";

std::size_t skipWhitespace(std::string_view text, std::size_t at) {
    const std::size_t found = text.find_first_not_of(whitespace, at);
    return found == std::string_view::npos ? text.size() : found;
}

std::size_t endOfLine(std::string_view text, std::size_t at) {
    const std::size_t found = text.find('\n', at);
    return found == std::string_view::npos ? text.size() : found;
}

/// The first key of an object, without quotes and unescaped only in that it holds no quote.
std::string_view firstKeyOf(std::string_view object) {
    if (object.empty() || object.front() != '{')
        return {};
    const std::size_t open = skipWhitespace(object, 1);
    if (open >= object.size() || object[open] != '"')
        return {};
    const std::size_t close = object.find('"', open + 1);
    return close == std::string_view::npos ? std::string_view()
                                           : object.substr(open + 1, close - open - 1);
}

/// The blanks between the line's start and `at`; nullopt when something else stands there.
std::optional<std::string_view> indentBefore(std::string_view text, std::size_t at) {
    const std::size_t newline = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
    const std::string_view indent = text.substr(begin, at - begin);
    if (indent.find_first_not_of(" \t") != std::string_view::npos)
        return std::nullopt;
    return indent;
}

} // namespace

std::int64_t LineCounter::lineAt(std::size_t byte) {
    byte = std::min(byte, m_text.size());
    if (byte > m_counted) {
        m_line += std::count(m_text.begin() + std::ptrdiff_t(m_counted),
            m_text.begin() + std::ptrdiff_t(byte), '\n');
        m_counted = byte;
    }
    return m_line;
}

bool LineRows::next(RawRow& row) {
    while (m_position < m_text.size()) {
        const std::size_t begin = m_position;
        const std::size_t end = endOfLine(m_text, begin);
        m_position = std::min(end + 1, m_text.size());
        const std::size_t first = skipWhitespace(m_text.substr(0, end), begin);
        if (first == end)
            continue;
        std::string_view line = m_text.substr(first, end - first);
        line = line.substr(0, line.find_last_not_of(whitespace) + 1);
        row = {line, m_lines.lineAt(first), std::int64_t(first), std::nullopt};
        return true;
    }
    return false;
}

JsonRows::JsonRows(std::string_view text, std::size_t begin, Kind kind)
    : m_text(text)
    , m_position(begin)
    , m_kind(kind)
    , m_open(kind == Kind::Array)
    , m_lines(text) { }

void JsonRows::remark(const char* code, const char* found) {
    m_remarks.push_back(
        {Error(code, {{"found", found}}), m_lines.lineAt(m_position), std::int64_t(m_position)});
}

/// Moves over commas, blanks and brackets to the first byte of the next row.
bool JsonRows::skipToRow() {
    for (;;) {
        m_position = skipWhitespace(m_text, m_position);
        if (m_position >= m_text.size()) {
            if (m_open)
                remark("row.not_closed", "the end");
            m_open = false;
            return false;
        }
        const char c = m_text[m_position];
        if (c == ',') {
            if (m_kind == Kind::Array && !m_commaDue)
                remark("row.separator", "A comma too many stands");
            m_commaDue = false;
            ++m_position;
        } else if (m_kind == Kind::Array && m_open && c == ']') {
            m_open = false;
            ++m_position;
        } else if (m_kind == Kind::Array && !m_open && c == '[') {
            // Arrays written one behind the other, as joining two files does.
            m_open = true;
            m_commaDue = false;
            ++m_position;
        } else {
            return true;
        }
    }
}

JsonRows::Extent JsonRows::measure(std::size_t begin) const {
    const char first = m_text[begin];
    if (first != '{' && first != '[') {
        // A bare value: not a row of ours, but its end is clear.
        std::size_t end = begin;
        if (first == '"') {
            for (++end; end < m_text.size() && m_text[end] != '"' && m_text[end] != '\n'; ++end)
                end += m_text[end] == '\\' ? 1 : 0;
            end = std::min(end + 1, m_text.size());
        } else {
            end = std::min(m_text.find_first_of(",]{[\n", begin + 1), m_text.size());
        }
        return {end, nullptr, 0, false};
    }
    const std::size_t limit = m_bounded
        ? std::min(m_text.size(), begin + std::max<std::size_t>(16 * m_largest, 1 << 20))
        : m_text.size();
    std::string open;
    for (std::size_t at = begin; at < limit; ++at) {
        switch (m_text[at]) {
        case '"':
            for (++at; at < limit && m_text[at] != '"'; ++at) {
                if (m_text[at] == '\\')
                    ++at;
                else if (m_text[at] == '\n')
                    return {at, "a string is not closed before its line ends", at, false};
            }
            break;
        case '{':
            open.push_back('}');
            break;
        case '[':
            open.push_back(']');
            break;
        case '}':
        case ']':
            if (open.back() != m_text[at])
                return {at, "a bracket is closed that was not opened", at, false};
            open.pop_back();
            if (open.empty())
                return {at + 1, nullptr, 0, false};
            break;
        default:
            break;
        }
    }
    return {begin + 1, notClosed, begin, limit == m_text.size()};
}

/// Where the row after a broken one begins: an object that starts with the same key, or that stands
/// alone at the same depth of indentation. The end of the file when there is none.
std::size_t JsonRows::resume(std::size_t rowBegin, std::size_t from) const {
    std::string_view key = firstKeyOf(m_text.substr(rowBegin));
    if (key.empty() || key.find('\n') != std::string_view::npos)
        key = m_firstKey;
    const auto indent = indentBefore(m_text, rowBegin);
    for (std::size_t at = m_text.find('{', from); at != std::string_view::npos;
         at = m_text.find('{', at + 1)) {
        if (!key.empty() && firstKeyOf(m_text.substr(at, key.size() + 4096)) == key)
            return at;
        if (indent && !indent->empty() && indentBefore(m_text, at) == indent)
            return at;
    }
    return m_text.size();
}

bool JsonRows::next(RawRow& row) {
    if (!skipToRow())
        return false;
    const std::size_t begin = m_position;
    if (m_commaDue)
        remark("row.separator", "A comma is missing");
    row = {{}, m_lines.lineAt(begin), std::int64_t(begin), std::nullopt};
    const Extent extent = measure(begin);
    if (!extent.problem) {
        m_position = extent.end;
        row.text = m_text.substr(begin, extent.end - begin);
        if (m_text[begin] == '{') {
            m_firstKey = firstKeyOf(row.text);
            m_largest = std::max(m_largest, row.text.size());
        }
        m_commaDue = m_kind == Kind::Array;
        return true;
    }
    // What was read after the row's real end says nothing, so the search starts at the row itself.
    m_position = resume(begin, begin + 1);
    const bool lastRow = m_position == m_text.size();
    row.text = m_text.substr(begin, m_position - begin);
    row.text = row.text.substr(0, row.text.find_last_not_of(" \t\r\n,") + 1);
    if (extent.cutOff && lastRow) {
        row.fault = Fault{Error("row.cut_off"), row.line, row.byte};
    } else if (extent.problemAt < m_position) {
        const auto from = m_text.begin() + std::ptrdiff_t(begin);
        const auto to = m_text.begin() + std::ptrdiff_t(extent.problemAt);
        row.fault = Fault{Error("row.syntax", {{"reason", extent.problem}}),
            row.line + std::count(from, to, '\n'), std::int64_t(extent.problemAt)};
    } else {
        row.fault = Fault{Error("row.syntax", {{"reason", notClosed}}), row.line, row.byte};
    }
    if (lastRow)
        m_open = false; // said already
    m_bounded = true;
    m_commaDue = false;
    return true;
}

Opening lookAtOpening(std::string_view text) {
    const auto startsWith = [&](std::string_view magic) { return text.starts_with(magic); };
    using namespace std::string_view_literals;
    if (startsWith("\x1f\x8b"sv))
        return {"", "gzip", 0};
    if (startsWith("PK\x03\x04"sv))
        return {"", "a zip archive or a spreadsheet", 0};
    if (startsWith("PAR1"sv))
        return {"", "Parquet", 0};
    if (startsWith("\x28\xb5\x2f\xfd"sv))
        return {"", "zstd", 0};
    if (startsWith("ARROW1"sv))
        return {"", "Arrow", 0};
    if (startsWith("SQLite format 3"sv))
        return {"", "a SQLite database", 0};
    if (startsWith("\xff\xfe"sv) || startsWith("\xfe\xff"sv))
        return {"", "UTF-16 text", 0};
    if (text.substr(0, 4096).find('\0') != std::string_view::npos)
        return {"", "binary data", 0};

    const std::size_t mark = startsWith("\xef\xbb\xbf"sv) ? 3 : 0;
    const std::size_t first = skipWhitespace(text, mark);
    if (first >= text.size())
        return {"text", "", mark};
    const std::size_t second = skipWhitespace(text, first + 1);
    const char following = second < text.size() ? text[second] : '\0';
    if (text[first] == '[' && (following == '{' || following == ']'))
        return {"json array", "", first + 1};
    if (text[first] != '{' || (following != '"' && following != '}'))
        return {"text", "", mark};

    // Objects, one a line or spread over lines. A first line that is broken must not make one row
    // of all.
    const std::string_view line = text.substr(first, endOfLine(text, first) - first);
    const std::size_t last = line.find_last_not_of(whitespace);
    const bool goesOn = last == 0 || line[last] == ',' || line[last] == '[';
    return {goesOn && !nlohmann::json::accept(line) ? "json objects" : "jsonl", "", mark};
}

} // namespace assay::importing
