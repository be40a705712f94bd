#pragma once

#include "core/data/importer.h"
#include "core/data/importers/row_source.h"

namespace assay::importing {

/// Pieces of a plain text file: paragraphs between blank lines, lines, or the whole document.
class TextRows : public RowSource {
public:
    static constexpr std::size_t largestPiece = std::size_t(1) << 20;

    TextRows(std::string_view text, std::size_t begin, TextUnit unit)
        : m_text(text)
        , m_position(begin)
        , m_unit(unit)
        , m_lines(text) { }
    bool next(RawRow& row) override;
    std::int64_t position() const override { return std::int64_t(m_position); }

private:
    std::string_view m_text;
    std::size_t m_position;
    TextUnit m_unit;
    LineCounter m_lines;
};

/// With LF line ends.
std::string unixText(std::string_view text);

} // namespace assay::importing
