#pragma once

#include "core/data/importer.h"

#include <memory>
#include <span>

namespace assay {

class Database;

/// One file of an import, as recorded.
struct ImportedFile {
    std::string path;
    std::string dialect;
    std::string why; ///< what in the file decided the dialect
    std::int64_t kept = 0;
    std::int64_t rejected = 0;
    std::int64_t remarks = 0;
    std::int64_t bytes = 0;
};

struct ImportRecord {
    std::int64_t id = 0;
    std::int64_t createdMs = 0; ///< since 1970, UTC
    std::int64_t kept = 0;
    std::int64_t rejected = 0;
    std::int64_t remarks = 0;
    std::vector<ImportedFile> files;
};

/// A row of the import report: a rejected row, or one that was kept with a remark.
struct ReportRow {
    bool remark = false;
    RejectedRow row;
};
/// {"kind": "rejected" or "remark", "file", "line", "byte", "row_line", "field", "code",
/// "arguments", "message", "raw"}
Json reportRowToJson(const ReportRow& row);

/// An import under way. What it takes in is written in batches, so that others can go on working in
/// the project, and becomes visible all at once with `finish`. Destroyed before that (or killed) it
/// leaves nothing.
class ImportSession : public ImportSink {
public:
    /// The samples that follow come from this file. Provenance of generated samples needs no file.
    virtual Result<void> beginFile(const ImportedFile& file) = 0;
    /// The file's size and, where it was not known before, its dialect, for the record.
    virtual void endFile(std::int64_t bytes, const std::string& dialect = {}) = 0;
    virtual Result<ImportRecord> finish() = 0;
};

class Imports {
public:
    explicit Imports(Database& database)
        : m_database(database) { }

    /// Takes files into the project, all of them or, on an error or when cancelled, nothing. Rows
    /// that cannot be kept are in the report; when no row at all was kept the record has `kept` 0
    /// and the report says why. Progress is in bytes of all files. Errors: those of `importFile`,
    /// and of the database.
    Result<ImportRecord> importFiles(std::span<const std::filesystem::path> files,
        const ImportOptions& options, const ProgressFunction& progress = {}, StopToken stop = {});

    /// For samples that do not come from a file of a known format. `options` is kept as a record.
    Result<std::unique_ptr<ImportSession>> begin(const Json& options = Json::object());

    Result<std::vector<ImportRecord>> list();
    Result<std::vector<ReportRow>> report(
        std::int64_t importId, std::int64_t limit = -1, std::int64_t offset = 0);

    /// Removes what an import left behind whose process is gone. Called when a project is opened
    /// for writing.
    Result<void> clearAbandoned();

private:
    Database& m_database;
};

} // namespace assay
