#include "core/store/database.h"
#include "core/store/sample_row.h"
#include "core/store/schema_steps.h"

namespace assay {

namespace {

/// The last question of conversations that have more than one; for all others it is the first.
void fillLastPreviews(Database& database) {
    SQLite::Statement rows(database.handle(),
        "SELECT s.id, coalesce(e.after, p.json) FROM samples s JOIN payloads p ON p.sample_id = "
        "s.id LEFT JOIN events e ON e.seq = s.edit_event WHERE s.turns > 1 ORDER BY s.id");
    while (rows.executeStep()) {
        const std::int64_t id = rows.getColumn(0).getInt64();
        const std::string place = "payload " + std::to_string(id);
        auto json = parseJson(rows.getColumn(1).getString(), place);
        if (!json)
            throw StoreFailure{json.error()};
        auto sample = sampleFromJson(*json, place);
        if (!sample)
            throw StoreFailure{sample.error()};
        const std::string preview = describeSample(*sample).lastPreview;
        if (!preview.empty())
            database.query("UPDATE samples SET last_preview = ? WHERE id = ?")
                .bind(preview, id)
                .exec();
    }
}

} // namespace

void makeTableIndexes(Database& database) {
    database.handle().exec(R"(
ALTER TABLE samples ADD COLUMN last_preview TEXT NOT NULL DEFAULT '';
ALTER TABLE samples ADD COLUMN channel_set INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staged_samples ADD COLUMN last_preview TEXT NOT NULL DEFAULT '';
ALTER TABLE staged_samples ADD COLUMN channel_set INTEGER NOT NULL DEFAULT 0;
CREATE INDEX samples_length ON samples(query_chars + answer_chars);
CREATE INDEX samples_rating ON samples(rating) WHERE rating IS NOT NULL;
CREATE INDEX samples_edited ON samples(edit_event);

-- Part of the projection.
CREATE TABLE tags (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE sample_tags (
    tag_id INTEGER NOT NULL REFERENCES tags(id),
    sample_id INTEGER NOT NULL REFERENCES samples(id),
    PRIMARY KEY (tag_id, sample_id)
) WITHOUT ROWID;
CREATE INDEX sample_tags_sample ON sample_tags(sample_id, tag_id);

-- What the checks found. Only the newest finished run counts; a run under way writes beside it.
CREATE TABLE check_runs (
    id INTEGER PRIMARY KEY,
    finished INTEGER NOT NULL DEFAULT 0,
    created_ms INTEGER NOT NULL,
    text_version INTEGER NOT NULL,
    settings TEXT NOT NULL,
    overview TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE checks (
    id INTEGER PRIMARY KEY,
    run_id INTEGER NOT NULL REFERENCES check_runs(id),
    name TEXT NOT NULL,
    UNIQUE (run_id, name)
);
CREATE TABLE findings (
    check_id INTEGER NOT NULL REFERENCES checks(id),
    sample_id INTEGER NOT NULL REFERENCES samples(id),
    detail INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (check_id, sample_id)
) WITHOUT ROWID;
CREATE INDEX findings_sample ON findings(sample_id);

-- Of the text as it is now: an edit removes its row.
CREATE TABLE measures (
    sample_id INTEGER PRIMARY KEY REFERENCES samples(id),
    tokens INTEGER NOT NULL,
    answer_tokens INTEGER NOT NULL
);
CREATE INDEX measures_tokens ON measures(tokens);

-- Mean loss of the answer under a model, of the text with that revision.
CREATE TABLE losses (
    sample_id INTEGER PRIMARY KEY REFERENCES samples(id),
    revision BLOB NOT NULL,
    loss REAL NOT NULL,
    model TEXT NOT NULL,
    measured_ms INTEGER NOT NULL
);
CREATE INDEX losses_loss ON losses(loss);

-- Grows with every import and every change of a text: what was computed under another is stale.
INSERT INTO meta(key, value) VALUES ('text_version', 1);
)");
    fillLastPreviews(database);
}

void makeNarrowIndex(Database& database) {
    database.handle().exec(
        "CREATE INDEX samples_narrow ON samples(id, channel_id, status, file_id, edit_event, "
        "query_chars, answer_chars, rating);"
        "CREATE INDEX findings_group ON findings(check_id, detail) WHERE detail <> 0");
}

} // namespace assay
