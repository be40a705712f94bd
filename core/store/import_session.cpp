#include "core/store/import_session.h"

#include "core/base/error_json.h"
#include "core/base/hash.h"
#include "core/base/parallel.h"
#include "core/store/hybrid_clock.h"
#include "core/store/projection.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace assay {

namespace {

/// Large enough that the search index is merged seldom, small enough that a decision made meanwhile
/// waits for a fraction of a second only.
constexpr std::size_t batchRows = 4096;
constexpr std::size_t batchBytes = std::size_t(8) << 20;
/// Longer than a waiting writer sleeps between attempts, so that it gets its turn.
constexpr auto pauseBetweenBatches = std::chrono::milliseconds(3);

} // namespace

std::filesystem::path importLockPath(const Database& database, const std::string& importUid) {
    return database.path().parent_path() / ("import-" + importUid + ".lock");
}

StagingSession::StagingSession(Database& database, FileLock lock)
    : m_database(database)
    , m_lock(std::move(lock)) { }

Result<std::unique_ptr<StagingSession>> StagingSession::begin(
    Database& database, const Json& options) {
    const std::string uid = makeUuid();
    // Locked before the import is on record: an unfinished import without its lock counts as
    // abandoned.
    auto lock = FileLock::tryAcquire(importLockPath(database, uid));
    if (!lock)
        return forward(lock);
    std::unique_ptr<StagingSession> session(
        new StagingSession(database, *lock ? std::move(**lock) : FileLock()));
    ImportRecord& record = session->m_record;
    record.createdMs = wallClockMs();
    auto begun = database.write([&] {
        Query query
            = database.query("INSERT INTO imports(uid, created_ms, options) VALUES (?, ?, ?)");
        query.bindBlob(1, bytesFromHex(uid));
        query.bindOne(2, record.createdMs);
        query.bindOne(3, dumpJson(options));
        query.exec();
        record.id = database.handle().getLastInsertRowid();
        // Batches need not survive a power cut, only the last step must: it syncs the whole log.
        return record.id;
    });
    if (!begun) {
        session->m_lock.removeFile();
        session->m_finished = true; // nothing to take back
        return forward(begun);
    }
    auto relaxed = database.run([&] { database.handle().exec("PRAGMA synchronous=NORMAL"); });
    if (!relaxed)
        return forward(relaxed);
    return session;
}

StagingSession::~StagingSession() {
    if (!m_finished) {
        // Where even this fails (a full disk) the next opening of the project removes it.
        if (auto undone = rollBackImport(m_database, m_record.id); !undone) { }
        if (auto strict
            = m_database.run([&] { m_database.handle().exec("PRAGMA synchronous=FULL"); });
            !strict) { }
        m_lock.removeFile();
    }
}

Result<void> StagingSession::beginFile(const ImportedFile& file) {
    if (auto written = writeBatch(); !written) // a batch holds rows of one file
        return written;
    m_record.files.push_back(file);
    auto added = m_database.write([&] {
        m_database
            .query("INSERT INTO import_files(import_id, path, dialect, why) VALUES (?, ?, ?, ?)")
            .bind(m_record.id, file.path, file.dialect, file.why)
            .exec();
        return std::int64_t(m_database.handle().getLastInsertRowid());
    });
    if (!added)
        return forward(added);
    m_fileId = *added;
    m_fileIds.push_back(m_fileId);
    return {};
}

void StagingSession::endFile(std::int64_t bytes, const std::string& dialect) {
    if (m_record.files.empty())
        return;
    ImportedFile& file = m_record.files.back();
    file.bytes = bytes;
    if (file.dialect.empty())
        file.dialect = dialect;
    m_fileId = 0;
}

Result<void> StagingSession::accept(Sample&& sample) {
    PreparedSample prepared;
    prepared.fileId = m_fileId;
    if (!sample.uid.empty()) {
        const std::string uid = bytesFromHex(sample.uid);
        auto known = m_database.run([&] {
            Query query = m_database.query("SELECT 1 FROM samples WHERE uid = ?");
            query.bindBlob(1, uid);
            return query.step();
        });
        if (!known)
            return forward(known);
        if (uid.size() != 16 || *known || !m_givenUids.insert(uid).second) {
            RejectedRow row;
            row.file = sample.provenance.file;
            row.line = row.rowLine = sample.provenance.line;
            row.byte = sample.provenance.byte;
            row.field = "uid";
            row.reason = Error("store.duplicate_sample", {{"uid", sample.uid}});
            return reject(std::move(row));
        }
    }
    for (const Message& message : sample.messages)
        m_batchBytes += message.content.size() + message.reasoning.size();
    m_batchBytes += sample.text ? sample.text->size() : 0;
    prepared.sample = std::move(sample);
    m_samples.push_back(std::move(prepared));
    ++m_record.kept;
    if (m_fileId != 0)
        ++m_record.files.back().kept;
    return writeBatchIfFull();
}

void StagingSession::prepare(PreparedSample& prepared) const {
    Sample& sample = prepared.sample;
    prepared.uidBytes = bytesFromHex(sample.uid.empty() ? makeUuid() : sample.uid);
    prepared.description = describeSample(sample);
    prepared.revisionBytes = bytesFromHex(revisionHash(sample));
    prepared.shadow = shadowText(sample);
    // What the index row says for good is not said again in the payload. (The channel may change by
    // an edit.)
    const Provenance source = sample.provenance;
    sample.uid.clear();
    if (prepared.fileId != 0 && source.file == m_record.files.back().path
        && source.dialect == m_record.files.back().dialect)
        sample.provenance = {};
    prepared.payload = dumpJson(sampleToJson(sample));
    sample.provenance = source;
}

Result<void> StagingSession::addReport(RejectedRow&& row, bool remark) {
    ++(remark ? m_record.remarks : m_record.rejected);
    if (m_fileId != 0)
        ++(remark ? m_record.files.back().remarks : m_record.files.back().rejected);
    m_batchBytes += row.raw.size() + 200;
    m_report.push_back({remark, std::move(row)});
    return writeBatchIfFull();
}

Result<void> StagingSession::reject(RejectedRow&& row) {
    return addReport(std::move(row), false);
}
Result<void> StagingSession::remark(RejectedRow&& row) {
    return addReport(std::move(row), true);
}

Result<void> StagingSession::writeBatchIfFull() {
    if (m_samples.size() + m_report.size() < batchRows && m_batchBytes < batchBytes)
        return {};
    auto written = writeBatch();
    std::this_thread::sleep_for(pauseBetweenBatches);
    return written;
}

void StagingSession::insertSample(std::int64_t id, const PreparedSample& sample) {
    auto [channel, isNew] = m_channels.try_emplace(sample.sample.channel, 0);
    if (isNew)
        channel->second = channelId(m_database, sample.sample.channel);
    {
        Query query = m_database.query(
            "INSERT INTO staged_samples(id, import_id, line, byte, channel_id, kind, turns, "
            "query_chars, "
            "answer_chars, uid, revision, file_id, query_preview, answer_preview, last_preview) "
            "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
        const SampleDescription& about = sample.description;
        query.bind(id, m_record.id, sample.sample.provenance.line, sample.sample.provenance.byte,
            channel->second, int(about.kind), about.turns, about.queryChars, about.answerChars);
        query.bindBlob(10, sample.uidBytes);
        query.bindBlob(11, sample.revisionBytes);
        if (sample.fileId != 0)
            query.bindOne(12, sample.fileId);
        else
            query.bindNull(12);
        query.bindView(13, about.queryPreview);
        query.bindView(14, about.answerPreview);
        query.bindView(15, about.lastPreview);
        query.exec();
    }
    {
        Query query
            = m_database.query("INSERT INTO payloads(sample_id, revision, json) VALUES (?, ?, ?)");
        query.bindOne(1, id);
        query.bindBlob(2, sample.revisionBytes);
        query.bindView(3, sample.payload);
        query.exec();
    }
    Query query = m_database.query("INSERT INTO search(rowid, query, answer) VALUES (?, ?, ?)");
    query.bindOne(1, id);
    query.bindView(2, sample.shadow.query);
    query.bindView(3, sample.shadow.answer);
    query.exec();
}

Result<void> StagingSession::writeBatch() {
    if (m_samples.empty() && m_report.empty())
        return {};
    parallelFor(0, std::int64_t(m_samples.size()), 64, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i)
            prepare(m_samples[std::size_t(i)]);
    });
    auto written = m_database.write([&] {
        // Numbers are taken by the block, so that two imports at once do not mix.
        m_database.query("INSERT OR IGNORE INTO meta(key, value) VALUES ('next_sample', 1)").exec();
        std::int64_t id = 0;
        {
            Query next = m_database.query("SELECT value FROM meta WHERE key = 'next_sample'");
            next.step();
            id = next.integer(0);
        }
        for (const PreparedSample& sample : m_samples)
            insertSample(id++, sample);
        m_database.query("UPDATE meta SET value = ? WHERE key = 'next_sample'").bind(id).exec();
        for (const ReportRow& entry : m_report)
            m_database
                .query("INSERT INTO import_report(import_id, remark, file, line, byte, row_line, "
                       "field, reason, "
                       "raw) VALUES (?,?,?,?,?,?,?,?,?)")
                .bind(m_record.id, entry.remark, entry.row.file, entry.row.line, entry.row.byte,
                    entry.row.rowLine, entry.row.field, dumpJson(errorToJson(entry.row.reason)),
                    entry.row.raw)
                .exec();
    });
    m_samples.clear();
    m_report.clear();
    m_batchBytes = 0;
    if (!written)
        m_channels.clear(); // rolled back with the batch
    return written;
}

Result<ImportRecord> StagingSession::finish() {
    if (auto written = writeBatch(); !written)
        return forward(written);
    auto strict = m_database.run([&] { m_database.handle().exec("PRAGMA synchronous=FULL"); });
    if (!strict)
        return forward(strict);
    auto done = m_database.write([&] {
        m_database
            .query(
                "INSERT INTO samples SELECT * FROM staged_samples WHERE import_id = ? ORDER BY id")
            .bind(m_record.id)
            .exec();
        m_database.query("DELETE FROM staged_samples WHERE import_id = ?").bind(m_record.id).exec();
        noteTextChange(m_database);
        m_database
            .query(
                "UPDATE imports SET finished = 1, kept = ?, rejected = ?, remarks = ? WHERE id = ?")
            .bind(m_record.kept, m_record.rejected, m_record.remarks, m_record.id)
            .exec();
        for (std::size_t i = 0; i < m_fileIds.size(); ++i) {
            const ImportedFile& file = m_record.files[i];
            m_database
                .query("UPDATE import_files SET dialect = ?, kept = ?, rejected = ?, remarks = ?, "
                       "bytes = ? "
                       "WHERE id = ?")
                .bind(
                    file.dialect, file.kept, file.rejected, file.remarks, file.bytes, m_fileIds[i])
                .exec();
        }
    });
    if (!done)
        return forward(done);
    m_finished = true;
    m_lock.removeFile();
    return m_record;
}

Result<void> rollBackImport(Database& database, std::int64_t importId) {
    constexpr int stepRows = 2000;
    for (;;) {
        auto removed = database.write([&] {
            std::vector<std::int64_t> ids;
            {
                Query query
                    = database.query("SELECT id FROM staged_samples WHERE import_id = ? LIMIT ?");
                query.bind(importId, stepRows);
                while (query.step())
                    ids.push_back(query.integer(0));
            }
            Projection projection(database);
            for (const std::int64_t id : ids) {
                const ShadowText shadow = shadowText(projection.sampleUnder(id, {}));
                database
                    .query("INSERT INTO search(search, rowid, query, answer) VALUES ('delete', ?, "
                           "?, ?)")
                    .bind(id, shadow.query, shadow.answer)
                    .exec();
                database.query("DELETE FROM payloads WHERE sample_id = ?").bind(id).exec();
                database.query("DELETE FROM staged_samples WHERE id = ?").bind(id).exec();
            }
            if (ids.empty()) // files and report go with it
                database.query("DELETE FROM imports WHERE id = ? AND finished = 0")
                    .bind(importId)
                    .exec();
            return !ids.empty();
        });
        if (!removed)
            return forward(removed);
        if (!*removed)
            return {};
    }
}

} // namespace assay
