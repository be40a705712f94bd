#include "core/store/imports.h"

#include "core/base/error_json.h"
#include "core/store/import_session.h"

namespace assay {

namespace {

Json optionsToJson(const ImportOptions& options) {
    Json json = {{"dialect", options.dialect}, {"channel", options.channel}};
    const ColumnMapping& columns = options.columns;
    const std::pair<const char*, const std::string*> named[] = {{"system", &columns.system},
        {"query", &columns.query}, {"input", &columns.input}, {"answer", &columns.answer},
        {"history", &columns.history}, {"messages", &columns.messages}, {"tools", &columns.tools},
        {"text", &columns.text}, {"chosen", &columns.chosen}, {"rejected", &columns.rejected},
        {"reference", &columns.reference}, {"channel", &columns.channel},
        {"label", &columns.label}};
    Json& mapping = json["columns"] = Json::object();
    for (const auto& [name, column] : named)
        if (!column->empty())
            mapping[name] = *column;
    Json& roles = json["roles"] = Json::object();
    for (const auto& [tag, role] : options.roles)
        roles[tag] = roleName(role);
    json["header"] = options.header;
    return json;
}

std::int64_t sizeOf(const std::filesystem::path& path) {
    std::error_code problem;
    const auto size = std::filesystem::file_size(path, problem);
    return problem ? 0 : std::int64_t(size);
}

} // namespace

Json reportRowToJson(const ReportRow& entry) {
    const RejectedRow& row = entry.row;
    Json arguments = Json::object();
    for (const auto& [name, value] : row.reason.arguments)
        arguments[name] = value;
    return {{"kind", entry.remark ? "remark" : "rejected"}, {"file", row.file}, {"line", row.line},
        {"byte", row.byte}, {"row_line", row.rowLine}, {"field", row.field},
        {"code", row.reason.code}, {"arguments", arguments}, {"message", message(row.reason)},
        {"raw", row.raw}};
}

Result<std::unique_ptr<ImportSession>> Imports::begin(const Json& options) {
    auto session = StagingSession::begin(m_database, options);
    if (!session)
        return forward(session);
    return std::unique_ptr<ImportSession>(std::move(*session));
}

Result<ImportRecord> Imports::importFiles(std::span<const std::filesystem::path> files,
    const ImportOptions& options, const ProgressFunction& progress, StopToken stop) {
    auto session = begin(optionsToJson(options));
    if (!session)
        return forward(session);
    std::int64_t total = 0;
    for (const std::filesystem::path& path : files)
        total += sizeOf(path);
    std::int64_t before = 0;
    for (const std::filesystem::path& path : files) {
        ImportedFile file;
        file.path = path.string();
        // Where nothing can be recognised the reading below says why, row by row if it can.
        if (auto recognised = recognise(path, options)) {
            file.dialect = recognised->dialect;
            file.why = recognised->why;
        }
        if (auto begun = (*session)->beginFile(file); !begun)
            return forward(begun);
        const auto report = [&](const Progress& p) {
            if (progress)
                progress({before + p.done, total});
        };
        auto summary = importFile(path, options, **session, report, stop);
        // A file of which nothing could be kept still has its report, which is what the user needs
        // now.
        if (!summary && summary.error().code != "import.nothing_kept")
            return forward(summary);
        const std::int64_t size = sizeOf(path);
        (*session)->endFile(
            summary ? summary->bytes : size, summary ? summary->dialect : options.dialect);
        before += size;
    }
    if (stop.stop_requested())
        return fail("cancelled");
    return (*session)->finish();
}

Result<std::vector<ImportRecord>> Imports::list() {
    return m_database.run([&] {
        std::vector<ImportRecord> records;
        Query imports = m_database.query("SELECT id, created_ms, kept, rejected, remarks FROM "
                                         "imports WHERE finished = 1 ORDER BY id");
        while (imports.step()) {
            ImportRecord record{imports.integer(0), imports.integer(1), imports.integer(2),
                imports.integer(3), imports.integer(4), {}};
            Query files
                = m_database.query("SELECT path, dialect, why, kept, rejected, remarks, bytes "
                                   "FROM import_files WHERE import_id = ? ORDER BY id");
            files.bind(record.id);
            while (files.step())
                record.files.push_back({files.text(0), files.text(1), files.text(2),
                    files.integer(3), files.integer(4), files.integer(5), files.integer(6)});
            records.push_back(std::move(record));
        }
        return records;
    });
}

Result<std::vector<ReportRow>> Imports::report(
    std::int64_t importId, std::int64_t limit, std::int64_t offset) {
    return m_database.run([&] {
        std::vector<ReportRow> rows;
        Query query = m_database.query(
            "SELECT remark, file, line, byte, row_line, field, reason, raw "
            "FROM import_report WHERE import_id = ? ORDER BY id LIMIT ? OFFSET ?");
        query.bind(importId, limit, offset);
        while (query.step()) {
            ReportRow entry;
            entry.remark = query.integer(0) != 0;
            entry.row.file = query.text(1);
            entry.row.line = query.integer(2);
            entry.row.byte = query.integer(3);
            entry.row.rowLine = query.integer(4);
            entry.row.field = query.text(5);
            auto reason = parseJson(query.text(6), "import report");
            if (reason)
                entry.row.reason = errorFromJson(*reason);
            entry.row.raw = query.text(7);
            rows.push_back(std::move(entry));
        }
        return rows;
    });
}

Result<void> Imports::clearAbandoned() {
    std::vector<std::pair<std::int64_t, std::string>> unfinished;
    auto read = m_database.run([&] {
        Query query = m_database.query("SELECT id, uid FROM imports WHERE finished = 0");
        while (query.step())
            unfinished.emplace_back(query.integer(0), uuidFromBytes(query.text(1)));
    });
    if (!read)
        return read;
    for (const auto& [id, uid] : unfinished) {
        auto lock = FileLock::tryAcquire(importLockPath(m_database, uid));
        if (!lock)
            return forward(lock);
        if (!*lock)
            continue; // its process is alive
        if (auto undone = rollBackImport(m_database, id); !undone)
            return undone;
        (*lock)->removeFile();
    }
    return {};
}

} // namespace assay
