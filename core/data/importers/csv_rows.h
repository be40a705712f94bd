#pragma once

#include "core/data/importers/row_source.h"

#include <functional>
#include <string>
#include <vector>

namespace assay::importing {

/// Records of RFC 4180: quotes, doubled quotes, line breaks inside quotes, LF or CRLF. A field that
/// begins without a quote may hold quotes. Where a quote is wrong the record costs its first line
/// only.
class CsvRows : public RowSource {
public:
    CsvRows(std::string_view text, std::size_t begin, char delimiter)
        : m_text(text)
        , m_position(begin)
        , m_delimiter(delimiter)
        , m_lines(text) { }
    bool next(RawRow& row) override;
    std::int64_t position() const override { return std::int64_t(m_position); }
    /// The fields of the row that `next` gave last.
    const std::vector<std::string>& fields() const { return m_fields; }

private:
    /// Reads one record at m_position; the place of a wrong quote is returned.
    std::size_t readRecord(const char*& problem);

    std::string_view m_text;
    std::size_t m_position;
    char m_delimiter;
    LineCounter m_lines;
    std::vector<std::string> m_fields;
};

/// What a text looks like when read as CSV.
struct CsvGuess {
    char delimiter = 0; ///< 0: it is not CSV
    std::vector<std::string> header;
};
/// Tab, comma or semicolon, whichever gives a known header row, else an equal number of fields on
/// every line.
CsvGuess guessCsv(std::string_view text, std::size_t begin,
    const std::function<bool(const std::vector<std::string>&)>& knownHeader);

} // namespace assay::importing
