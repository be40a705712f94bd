#include "core/store/schema.h"

#include "core/store/schema_steps.h"
#include "core/store/search_text.h"
#include "core/store/task.h"

#include <array>
#include <functional>

namespace assay {

namespace {

// Index columns stand in `samples`, payloads in `payloads`: what lists and filters read stays small
// however long the texts are. `samples` holds only finished imports; a running one collects in
// `staged_samples`.
constexpr const char* sampleColumns = R"(
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL,
    import_id INTEGER,
    file_id INTEGER,
    line INTEGER NOT NULL,
    byte INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    turns INTEGER NOT NULL,
    query_chars INTEGER NOT NULL,
    answer_chars INTEGER NOT NULL,
    revision BLOB NOT NULL,
    query_preview TEXT NOT NULL,
    answer_preview TEXT NOT NULL,
    status INTEGER NOT NULL DEFAULT 0,
    adjudicated INTEGER NOT NULL DEFAULT 0,
    rating REAL,
    comments INTEGER NOT NULL DEFAULT 0,
    spans INTEGER NOT NULL DEFAULT 0,
    edit_event INTEGER
)";

std::string withSampleColumns(std::string sql) {
    const std::string_view mark = "@columns";
    return sql.replace(sql.find(mark), mark.size(), sampleColumns);
}

void makeCoreTables(Database& database) {
    SQLite::Database& db = database.handle();
    db.exec(R"(
CREATE TABLE meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
CREATE TABLE channels (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);

CREATE TABLE imports (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    created_ms INTEGER NOT NULL,
    finished INTEGER NOT NULL DEFAULT 0,
    options TEXT NOT NULL,
    kept INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    remarks INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE import_files (
    id INTEGER PRIMARY KEY,
    import_id INTEGER REFERENCES imports(id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    dialect TEXT NOT NULL,
    why TEXT NOT NULL DEFAULT '',
    kept INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    remarks INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX import_files_import ON import_files(import_id);
CREATE TABLE import_report (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES imports(id) ON DELETE CASCADE,
    remark INTEGER NOT NULL,
    file TEXT NOT NULL,
    line INTEGER NOT NULL,
    byte INTEGER NOT NULL,
    row_line INTEGER NOT NULL,
    field TEXT NOT NULL,
    reason TEXT NOT NULL,
    raw TEXT NOT NULL
);
CREATE INDEX import_report_import ON import_report(import_id, remark);
)");
    db.exec(withSampleColumns(R"(CREATE TABLE samples (@columns,
    FOREIGN KEY (channel_id) REFERENCES channels(id),
    FOREIGN KEY (import_id) REFERENCES imports(id),
    FOREIGN KEY (file_id) REFERENCES import_files(id));
CREATE UNIQUE INDEX samples_uid ON samples(uid);
CREATE INDEX samples_status ON samples(status);
CREATE INDEX samples_channel ON samples(channel_id, status);
CREATE INDEX samples_file ON samples(file_id, status);
)"));
    db.exec(withSampleColumns(R"(CREATE TABLE staged_samples (@columns);
CREATE INDEX staged_samples_import ON staged_samples(import_id);
)"));
    db.exec(R"(
-- What was imported, never changed afterwards; edited texts stand in their events.
CREATE TABLE payloads (sample_id INTEGER PRIMARY KEY, revision BLOB NOT NULL, json TEXT NOT NULL);

CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    clock INTEGER NOT NULL,
    author TEXT NOT NULL,
    kind INTEGER NOT NULL,
    target BLOB,
    bulk INTEGER NOT NULL,
    sample_count INTEGER NOT NULL,
    revision BLOB,
    active_ms INTEGER NOT NULL,
    guideline TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    saw TEXT NOT NULL
);
CREATE INDEX events_order ON events(clock, uid);
CREATE INDEX events_author ON events(author, clock, uid);
CREATE INDEX events_target ON events(target) WHERE target IS NOT NULL;
CREATE TABLE event_samples (
    event INTEGER NOT NULL REFERENCES events(seq),
    sample_id INTEGER NOT NULL REFERENCES samples(id),
    PRIMARY KEY (event, sample_id)
) WITHOUT ROWID;
CREATE INDEX event_samples_sample ON event_samples(sample_id, event);

-- Decisions are only ever added; undoing one is another event.
CREATE TRIGGER events_keep BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_fixed BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- Part of the projection: the events that an undo has taken out of effect.
CREATE TABLE undone (event INTEGER PRIMARY KEY REFERENCES events(seq));
)");
}

void makeSearchIndex(Database& database) {
    // Contentless: the shadow text can be made again from the payload and need not be stored a
    // second time.
    database.handle().exec(
        "CREATE VIRTUAL TABLE search USING fts5("
        "query, answer, content='', tokenize=\"unicode61 remove_diacritics 2\")");
    SQLite::Statement rows(database.handle(),
        "SELECT s.id, coalesce(e.after, p.json) FROM samples s JOIN payloads p ON p.sample_id = "
        "s.id "
        "LEFT JOIN events e ON e.seq = s.edit_event ORDER BY s.id");
    while (rows.executeStep()) {
        const std::int64_t id = rows.getColumn(0).getInt64();
        auto json = parseJson(rows.getColumn(1).getString(), "payload " + std::to_string(id));
        if (!json)
            throw StoreFailure{json.error()};
        auto sample = sampleFromJson(*json, "payload " + std::to_string(id));
        if (!sample)
            throw StoreFailure{sample.error()};
        const ShadowText shadow = shadowText(*sample);
        database.query("INSERT INTO search(rowid, query, answer) VALUES (?, ?, ?)")
            .bind(id, shadow.query, shadow.answer)
            .exec();
    }
}

void makeRegistry(Database& database) {
    database.handle().exec(R"(
CREATE TABLE views (name TEXT PRIMARY KEY, filter TEXT NOT NULL, changed_ms INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE,
    folder TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    summary TEXT NOT NULL
);
CREATE TABLE models (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    added_ms INTEGER NOT NULL,
    info TEXT NOT NULL
);
)");
}

/// Step n brings version n to version n + 1. Steps are only ever added.
constexpr std::array steps = {makeCoreTables, makeSearchIndex, makeRegistry, makeTableIndexes,
    makeTaskTables, makeNarrowIndex};

int versionOf(Database& database) {
    return database.handle().execAndGet("PRAGMA user_version").getInt();
}

Result<void> checkIsProject(Database& database) {
    return database.run([&] {
        const int id = database.handle().execAndGet("PRAGMA application_id").getInt();
        const int version = versionOf(database);
        const std::string path = database.path().string();
        if (id != projectApplicationId)
            throw StoreFailure{Error("store.not_a_project", {{"path", path}})};
        if (version > newestSchemaVersion())
            throw StoreFailure{Error("store.newer",
                {{"path", path}, {"found", std::to_string(version)},
                    {"known", std::to_string(newestSchemaVersion())}})};
    });
}

} // namespace

int newestSchemaVersion() {
    return int(steps.size());
}

Result<void> migrate(Database& database, int version) {
    auto marked = database.run([&] {
        SQLite::Database& db = database.handle();
        const bool empty = db.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
        if (empty && versionOf(database) == 0)
            db.exec("PRAGMA application_id=" + std::to_string(projectApplicationId));
    });
    if (!marked)
        return marked;
    if (auto project = checkIsProject(database); !project)
        return project;
    for (;;) {
        // The version is read inside the transaction: another process may be migrating too.
        auto more = database.write([&] {
            const int current = versionOf(database);
            if (current >= version)
                return false;
            steps[std::size_t(current)](database);
            database.handle().exec("PRAGMA user_version=" + std::to_string(current + 1));
            return true;
        });
        if (!more)
            return forward(more);
        if (!*more)
            return {};
    }
}

Result<void> checkVersion(Database& database) {
    if (auto project = checkIsProject(database); !project)
        return project;
    return database.run([&] {
        const int version = versionOf(database);
        if (version < newestSchemaVersion())
            throw StoreFailure{Error("store.older",
                {{"path", database.path().string()}, {"found", std::to_string(version)},
                    {"known", std::to_string(newestSchemaVersion())}})};
    });
}

} // namespace assay
