#include "core/data/importers/text_rows.h"

#include <algorithm>

namespace assay::importing {

bool TextRows::next(RawRow& row) {
    constexpr std::string_view blanks = " \t\r\v\f";
    std::size_t begin = m_position;
    std::size_t end = begin; // behind the last line that is not blank
    bool cut = false;
    std::size_t at = begin;
    while (at < m_text.size()) {
        const std::size_t lineEnd = std::min(m_text.find('\n', at), m_text.size());
        const std::string_view line = m_text.substr(at, lineEnd - at);
        const bool blank = line.find_first_not_of(blanks) == std::string_view::npos;
        const std::size_t next = std::min(lineEnd + 1, m_text.size());
        if (end > begin && blank && m_unit == TextUnit::Paragraph) {
            at = next;
            break;
        }
        if (end > begin && next - begin > largestPiece) {
            cut = !blank;
            break;
        }
        if (blank && end == begin)
            begin = end = next; // blank lines before the piece
        else if (!blank)
            end = lineEnd;
        at = next;
        if (m_unit == TextUnit::Line && end > begin)
            break;
    }
    m_position = at;
    if (end == begin)
        return false;
    std::string_view piece = m_text.substr(begin, end - begin);
    if (piece.ends_with('\r'))
        piece.remove_suffix(1);
    row = {piece, m_lines.lineAt(begin), std::int64_t(begin), std::nullopt};
    if (cut)
        m_remarks.push_back(
            {Error("row.text_cut", {{"bytes", std::to_string(piece.size())}}), row.line, row.byte});
    return true;
}

std::string unixText(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n')
            result += text[i];
    return result;
}

} // namespace assay::importing
