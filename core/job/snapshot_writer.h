#pragma once

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/data/importer.h"
#include "core/job/data_snapshot.h"

#include <memory>

namespace assay {

/// The snapshot file of a form: rows.jsonl, text.jsonl or tokenized.jsonl.
std::filesystem::path snapshotFile(const std::filesystem::path& dataFolder, SnapshotForm form);

/// Writes the rows of a snapshot and the list of what could not be used.
class SnapshotWriter {
public:
    static Result<SnapshotWriter> create(
        const std::filesystem::path& dataFolder, SnapshotForm form);

    /// Rows that follow are counted for this source.
    /// Takes preference pairs, and only them, in place of conversations.
    void takePairs() { m_pairs = true; }
    void beginSource(std::string path, std::string hash);
    /// A sample; one that this form of snapshot cannot hold is rejected with its reason.
    Result<void> add(const Sample& sample, const std::string& id, const std::string& revision);
    Result<void> addTokenized(const std::string& id, const std::string& channel,
        const std::vector<TokenId>& ids, const std::vector<TokenId>& labels);
    Result<void> reject(const RejectedRow& row);
    /// Writes out what is held back, and makes it durable.
    Result<SnapshotSummary> finish();
    /// A few of the rejected rows, for a message.
    const std::vector<Error>& firstProblems() const { return m_problems; }

private:
    Result<void> addLine(const Json& line, const std::string& channel);
    Result<void> flush(bool always);

    bool m_pairs = false;
    SnapshotSummary m_summary;
    AppendFile m_rows;
    AppendFile m_rejected;
    std::unique_ptr<ContentHasher> m_hasher;
    std::string m_buffer;
    std::vector<Error> m_problems;
};

} // namespace assay
