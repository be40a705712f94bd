#include "core/job/snapshot_writer.h"

#include "core/base/error_json.h"

namespace assay {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t bufferBytes = 1 << 20;
constexpr std::size_t keptProblems = 5;

/// Why a sample cannot stand in a snapshot of this form; empty when it can.
std::string unusable(const Sample& sample, SnapshotForm form, bool pairs) {
    if (form == SnapshotForm::Text)
        return sample.text ? "" : "it is a conversation; a pre-training run learns plain text";
    if (pairs)
        return sample.chosen && sample.rejected ? ""
                                                : "it is no pair of a better and a worse answer";
    if (sample.chosen || sample.rejected)
        return "it is a preference pair; this kind of run learns conversations";
    if (!sample.text && sample.messages.empty())
        return "it has neither messages nor text";
    return "";
}

} // namespace

fs::path snapshotFile(const fs::path& dataFolder, SnapshotForm form) {
    return dataFolder / (std::string(snapshotFormName(form)) + ".jsonl");
}

Result<SnapshotWriter> SnapshotWriter::create(const fs::path& dataFolder, SnapshotForm form) {
    SnapshotWriter writer;
    writer.m_summary.form = form;
    writer.m_hasher = std::make_unique<ContentHasher>();
    auto rows = AppendFile::open(snapshotFile(dataFolder, form), 0);
    if (!rows)
        return forward(rows);
    writer.m_rows = std::move(*rows);
    auto rejected = AppendFile::open(dataFolder / "rejected.jsonl", 0);
    if (!rejected)
        return forward(rejected);
    writer.m_rejected = std::move(*rejected);
    return writer;
}

void SnapshotWriter::beginSource(std::string path, std::string hash) {
    m_summary.sources.push_back({std::move(path), std::move(hash), 0, 0});
}

Result<void> SnapshotWriter::add(
    const Sample& sample, const std::string& id, const std::string& revision) {
    if (const std::string reason = unusable(sample, m_summary.form, m_pairs); !reason.empty()) {
        RejectedRow row;
        row.file = sample.provenance.file;
        row.line = row.rowLine = sample.provenance.line;
        row.byte = sample.provenance.byte;
        row.reason = Error("snapshot.row", {{"reason", reason}}, id);
        return reject(row);
    }
    Json line = {
        {"row", m_summary.rows}, {"id", id}, {"revision", revision}, {"channel", sample.channel}};
    if (m_summary.form == SnapshotForm::Text)
        line["text"] = *sample.text;
    else
        line["sample"] = sampleToJson(sample);
    return addLine(line, sample.channel);
}

Result<void> SnapshotWriter::addTokenized(const std::string& id, const std::string& channel,
    const std::vector<TokenId>& ids, const std::vector<TokenId>& labels) {
    const Json line = {{"row", m_summary.rows}, {"id", id}, {"channel", channel}, {"ids", ids},
        {"labels", labels}};
    return addLine(line, channel);
}

Result<void> SnapshotWriter::addLine(const Json& line, const std::string& channel) {
    m_buffer += dumpJson(line) + "\n";
    ++m_summary.rows;
    ++m_summary.sources.back().rows;
    ++m_summary.channels[channel];
    return flush(false);
}

Result<void> SnapshotWriter::flush(bool always) {
    if (m_buffer.empty() || (!always && m_buffer.size() < bufferBytes))
        return {};
    m_hasher->add(m_buffer);
    auto written = m_rows.append(m_buffer);
    m_buffer.clear();
    return written;
}

Result<void> SnapshotWriter::reject(const RejectedRow& row) {
    ++m_summary.rejected;
    ++m_summary.sources.back().rejected;
    if (m_problems.size() < keptProblems) {
        Error problem = row.reason;
        if (problem.where.empty())
            problem.where = row.file + ":" + std::to_string(row.line);
        m_problems.push_back(std::move(problem));
    }
    const Json line
        = {{"file", row.file}, {"line", row.line}, {"byte", row.byte}, {"row_line", row.rowLine},
            {"field", row.field}, {"reason", errorToJson(row.reason)}, {"raw", row.raw}};
    return m_rejected.append(dumpJson(line) + "\n");
}

Result<SnapshotSummary> SnapshotWriter::finish() {
    if (auto written = flush(true); !written)
        return forward(written);
    for (AppendFile* file : {&m_rows, &m_rejected})
        if (auto synced = file->sync(); !synced)
            return forward(synced);
    m_summary.hash = m_hasher->hex();
    return m_summary;
}

} // namespace assay
