#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/data/sample.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace assay {

/// Which column (CSV, TSV) or key (JSON) holds what. An empty name takes the dialect's own
/// spellings; a name is matched exactly first, then without regard to case. "#2" is the second
/// column of a CSV file.
struct ColumnMapping {
    std::string system;
    std::string query;
    std::string input; ///< joined to the query with a line break, as Alpaca does
    std::string answer;
    std::string history; ///< [["q","a"],..]; in CSV as JSON text
    std::string messages;
    std::string tools;
    std::string text; ///< pre-training text
    std::string chosen;
    std::string rejected;
    std::string reference;
    std::string channel;
    std::string label; ///< KTO: a boolean, true for a good answer
    bool operator==(const ColumnMapping&) const = default;
};

/// How a plain text file becomes samples.
enum class TextUnit {
    Paragraph, ///< blank lines separate
    Line,
    Document, ///< the whole file; cut at a line's end where it exceeds 1 MiB
};

struct ImportOptions {
    /// One of `importDialects()`; empty recognises it from the content.
    std::string dialect;
    /// Channel of every sample; empty takes the row's own "channel" or "source", else the file's
    /// stem.
    std::string channel;
    ColumnMapping columns;
    /// Role tags that the file uses and Assay does not know, for example {"bot", Role::Assistant}.
    std::map<std::string, Role> roles;
    /// CSV, TSV: whether the first row names the columns; without one, `columns` must use "#1",
    /// "#2", ..
    bool header = true;
    TextUnit textUnit = TextUnit::Paragraph;
    /// A row larger than this is rejected and not parsed: bytes.
    std::int64_t largestRow = std::int64_t(256) << 20;
};

/// What is wrong with one row. Line and byte are those of the wrong character where it is known
/// (syntax, encoding), otherwise those at which the row begins.
struct RejectedRow {
    std::string file;
    std::int64_t line = 0; ///< 1-based
    std::int64_t byte = 0; ///< offset in the file, 0-based
    std::int64_t rowLine = 0; ///< line on which the row begins
    std::string field; ///< for example "messages[2].role"; empty when the row as a whole is meant
    Error reason;
    std::string raw; ///< the row's text, valid UTF-8, at most 4000 bytes
};

class ImportSink {
public:
    virtual ~ImportSink() = default;
    /// An error ends the import and is returned by it.
    virtual Result<void> accept(Sample&& sample) = 0;
    virtual Result<void> reject(RejectedRow&& row) = 0;
    /// A row that was accepted but looks wrong (an empty turn, tool arguments that are not JSON, a
    /// missing comma between rows). Not counted as rejected.
    virtual Result<void> remark(RejectedRow&&) { return {}; }
};

struct ImportSummary {
    std::string dialect;
    std::string container;
    std::int64_t accepted = 0;
    std::int64_t rejected = 0;
    std::int64_t remarks = 0;
    std::int64_t bytes = 0;
};

/// Reads a file row by row in constant memory (the largest row, and a read-only map of the file). A
/// bad row goes to `sink.reject` and never ends the import. Errors: the file cannot be read, its
/// dialect is not recognised, no row was kept ("import.nothing_kept", with the first reasons as
/// details), the sink failed, "cancelled". Progress is in bytes of the file.
Result<ImportSummary> importFile(const std::filesystem::path& path, const ImportOptions& options,
    ImportSink& sink, const ProgressFunction& progress = {}, StopToken stop = {});

/// What a file holds, decided from its first rows and never from its name.
struct Recognition {
    std::string dialect; ///< one of `importDialects()`
    std::string container; ///< "json array", "json objects", "jsonl", "csv", "tsv", "text"
    bool preference = false; ///< chosen and rejected answers, or answers labelled good and bad
    std::string why; ///< the keys that decided, for people
    /// Keys or column names in order of first sight.
    std::vector<std::string> columns;
    /// Role tags seen that need `ImportOptions::roles`.
    std::vector<std::string> unknownRoles;
    std::int64_t rowsSeen = 0; ///< rows that were looked at
};
/// `options` may map columns or force the dialect.
Result<Recognition> recognise(const std::filesystem::path& path, const ImportOptions& options = {});

/// "alpaca", "query-response", "parallel-lists", "self-instruct", "sharegpt", "ms-swift", "openai",
/// "llamafactory-v1", "openai-dpo", "trl", "text", "csv", "tsv".
const std::vector<std::string>& importDialects();

} // namespace assay
