#include "core/data/importers/csv_rows.h"

#include <algorithm>

namespace assay::importing {

std::size_t CsvRows::readRecord(const char*& problem) {
    problem = nullptr;
    m_fields.clear();
    std::size_t at = m_position;
    for (;;) {
        std::string field;
        if (at < m_text.size() && m_text[at] == '"') {
            const std::size_t open = at++;
            for (;;) {
                const std::size_t quote = m_text.find('"', at);
                if (quote == std::string_view::npos) {
                    problem = "not closed";
                    return open;
                }
                field += m_text.substr(at, quote - at);
                at = quote + 1;
                if (at >= m_text.size() || m_text[at] != '"')
                    break;
                field += '"';
                ++at;
            }
            if (at < m_text.size() && m_text[at] == '\r' && at + 1 < m_text.size()
                && m_text[at + 1] == '\n')
                ++at;
            if (at < m_text.size() && m_text[at] != m_delimiter && m_text[at] != '\n') {
                problem = "followed by text after its closing quote";
                return at;
            }
        } else {
            std::size_t end = at;
            while (end < m_text.size() && m_text[end] != m_delimiter && m_text[end] != '\n')
                ++end;
            field = m_text.substr(at, end - at);
            if ((end == m_text.size() || m_text[end] == '\n') && field.ends_with('\r'))
                field.pop_back();
            at = end;
        }
        m_fields.push_back(std::move(field));
        if (at >= m_text.size() || m_text[at] == '\n') {
            m_position = std::min(at + 1, m_text.size());
            return at;
        }
        ++at; // the delimiter
    }
}

bool CsvRows::next(RawRow& row) {
    while (m_position < m_text.size()) {
        const std::size_t begin = m_position;
        const char* problem = nullptr;
        const std::size_t end = readRecord(problem);
        if (!problem) {
            if (m_fields.size() == 1 && m_fields.front().empty())
                continue; // an empty line
            row = {m_text.substr(begin, end - begin), m_lines.lineAt(begin), std::int64_t(begin),
                std::nullopt};
            return true;
        }
        const std::size_t lineEnd = std::min(m_text.find('\n', begin), m_text.size());
        m_position = std::min(lineEnd + 1, m_text.size());
        row = {m_text.substr(begin, lineEnd - begin), m_lines.lineAt(begin), std::int64_t(begin),
            std::nullopt};
        const auto from = m_text.begin() + std::ptrdiff_t(begin);
        const auto to = m_text.begin() + std::ptrdiff_t(end);
        row.fault = Fault{Error("row.quote", {{"problem", problem}}),
            row.line + std::count(from, to, '\n'), std::int64_t(end)};
        m_fields.clear();
        return true;
    }
    return false;
}

namespace {

/// Short, different words: what stands above columns, and rarely at the start of prose.
bool looksLikeNames(const std::vector<std::string>& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const std::string& name = fields[i];
        if (name.empty() || name.size() > 64 || std::ranges::count(name, ' ') > 4)
            return false;
        if (std::find(fields.begin(), fields.begin() + std::ptrdiff_t(i), name)
            != fields.begin() + std::ptrdiff_t(i))
            return false;
    }
    return fields.size() > 1;
}

} // namespace

CsvGuess guessCsv(std::string_view text, std::size_t begin,
    const std::function<bool(const std::vector<std::string>&)>& knownHeader) {
    constexpr std::size_t looked = 1 << 20;
    constexpr char delimiters[] = {'\t', ',', ';'};
    for (const char delimiter : delimiters) {
        CsvRows rows(text, begin, delimiter);
        RawRow row;
        if (rows.next(row) && !row.fault && rows.fields().size() > 1 && knownHeader(rows.fields()))
            return {delimiter, rows.fields()};
    }
    for (const char delimiter : delimiters) {
        CsvRows rows(text.substr(0, begin + looked), begin, delimiter);
        RawRow row;
        CsvGuess guess{delimiter, {}};
        int records = 0;
        bool even = true;
        for (; even && records < 50 && rows.next(row); ++records) {
            if (records == 0)
                guess.header = rows.fields();
            // The last record may be cut by the limit of what is looked at.
            const bool cut = rows.position() >= std::int64_t(begin + looked);
            even = cut || (!row.fault && rows.fields().size() == guess.header.size());
        }
        if (even && records >= 3 && looksLikeNames(guess.header))
            return guess;
    }
    return {};
}

} // namespace assay::importing
