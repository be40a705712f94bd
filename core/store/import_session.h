#pragma once

#include "core/store/database.h"
#include "core/store/file_lock.h"
#include "core/store/imports.h"
#include "core/store/sample_row.h"

#include <unordered_map>
#include <unordered_set>

namespace assay {

/// A sample as it came, and as the tables want it.
struct PreparedSample {
    Sample sample;
    std::int64_t fileId = 0; ///< 0 when it comes from no file
    SampleDescription description;
    std::string uidBytes;
    std::string revisionBytes;
    std::string payload;
    ShadowText shadow;
};

/// Index rows wait in `staged_samples` until the import is finished; payloads and search entries go
/// to their final tables at once, where nobody finds them without an index row.
class StagingSession final : public ImportSession {
public:
    static Result<std::unique_ptr<StagingSession>> begin(Database& database, const Json& options);
    ~StagingSession() override;

    Result<void> beginFile(const ImportedFile& file) override;
    void endFile(std::int64_t bytes, const std::string& dialect) override;
    Result<void> accept(Sample&& sample) override;
    Result<void> reject(RejectedRow&& row) override;
    Result<void> remark(RejectedRow&& row) override;
    Result<ImportRecord> finish() override;

private:
    StagingSession(Database& database, FileLock lock);
    Result<void> addReport(RejectedRow&& row, bool remark);
    Result<void> writeBatchIfFull();
    Result<void> writeBatch();
    void prepare(PreparedSample& prepared) const;
    void insertSample(std::int64_t id, const PreparedSample& sample);

    Database& m_database;
    FileLock m_lock;
    ImportRecord m_record;
    std::int64_t m_fileId = 0; ///< of the file being read; 0 between files
    std::vector<std::int64_t> m_fileIds;
    std::vector<PreparedSample> m_samples;
    std::vector<ReportRow> m_report;
    std::size_t m_batchBytes = 0;
    std::unordered_map<std::string, std::int64_t> m_channels;
    std::unordered_set<std::string> m_givenUids;
    bool m_finished = false;
};

/// Removes all that an unfinished import has written.
Result<void> rollBackImport(Database& database, std::int64_t importId);

/// The lock that a running import holds; an import without its lock is abandoned.
std::filesystem::path importLockPath(const Database& database, const std::string& importUid);

} // namespace assay
