#pragma once

#include "core/base/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::importing {

/// What is wrong at a place of the file.
struct Fault {
    Error reason;
    std::int64_t line = 0;
    std::int64_t byte = 0;
};

/// One row as it stands in the file; the view points into the mapped file.
struct RawRow {
    std::string_view text;
    std::int64_t line = 0; ///< 1-based line on which it begins
    std::int64_t byte = 0; ///< offset of its first byte
    /// Set when the row is broken so badly that its end had to be guessed.
    std::optional<Fault> fault;
};

/// Walks over the rows of one file, first to last.
class RowSource {
public:
    virtual ~RowSource() = default;
    /// False at the end of the file.
    virtual bool next(RawRow& row) = 0;
    /// Bytes of the file walked over.
    virtual std::int64_t position() const = 0;
    /// What was odd between rows since the last call.
    std::vector<Fault> takeRemarks() { return std::exchange(m_remarks, {}); }

protected:
    std::vector<Fault> m_remarks;
};

/// Counts lines up to places that are asked for in ascending order.
class LineCounter {
public:
    explicit LineCounter(std::string_view text)
        : m_text(text) { }
    std::int64_t lineAt(std::size_t byte);

private:
    std::string_view m_text;
    std::size_t m_counted = 0;
    std::int64_t m_line = 1;
};

/// One row a line; empty lines are not rows.
class LineRows : public RowSource {
public:
    LineRows(std::string_view text, std::size_t begin)
        : m_text(text)
        , m_position(begin)
        , m_lines(text) { }
    bool next(RawRow& row) override;
    std::int64_t position() const override { return std::int64_t(m_position); }

private:
    std::string_view m_text;
    std::size_t m_position;
    LineCounter m_lines;
};

/// The elements of a JSON array, or JSON values one after the other. Values are told apart by their
/// brackets alone, so that one row's syntax error costs that row and not the file.
class JsonRows : public RowSource {
public:
    enum class Kind { Array, Sequence };
    JsonRows(std::string_view text, std::size_t begin, Kind kind);
    bool next(RawRow& row) override;
    std::int64_t position() const override { return std::int64_t(m_position); }

private:
    struct Extent {
        std::size_t end = 0;
        const char* problem = nullptr; ///< why `end` is not the row's real end
        std::size_t problemAt = 0;
        bool cutOff = false;
    };
    bool skipToRow();
    void remark(const char* code, const char* found);
    Extent measure(std::size_t begin) const;
    std::size_t resume(std::size_t rowBegin, std::size_t from) const;

    std::string_view m_text;
    std::size_t m_position;
    Kind m_kind;
    bool m_open;
    bool m_commaDue = false;
    LineCounter m_lines;
    /// The first key of the last sound row: where a broken row ends is guessed by it.
    std::string_view m_firstKey;
    std::size_t m_largest = 0;
    /// Set once a row was broken: no later one is followed far beyond the size of the others, so
    /// that many broken rows do not each walk to the end of the file.
    bool m_bounded = false;
};

/// What a file is, seen from its first bytes.
struct Opening {
    std::string
        container; ///< "json array", "json objects", "jsonl", "text" (also CSV), or empty: binary
    std::string binaryKind;
    std::size_t begin = 0; ///< behind a byte order mark and, for an array, its bracket
};
Opening lookAtOpening(std::string_view text);

} // namespace assay::importing
