#pragma once

#include "core/analysis/compare_case.h"
#include "core/base/file.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace assay {

/// What is done with every sample: the numbers of `compareCase`, or both models' own answers, for
/// people to judge.
enum class BatchTask { Compare, Answers };

/// Everything that the numbers of a batch depend on besides the sample.
struct CompareBatchSettings {
    Json base; ///< `info` of the models
    Json tuned;
    std::string templateName; ///< empty: the tuned model's own
    AnswerSource source = AnswerSource::Reference;
    int maxNew = 64;
    BatchTask task = BatchTask::Compare;
};
/// Equal for settings that give the same numbers: model and tokenizer hashes, template, source and
/// length, never paths. 16 hexadecimal digits.
std::string compareBatchKey(const CompareBatchSettings& settings);

/// One sample of a batch.
struct CompareBatchRow {
    std::string uid; ///< the sample's global id
    std::string revision; ///< of the text that was compared
    std::int64_t sample = 0; ///< id in the project; 0 outside one
    std::string channel;
    std::string prompt; ///< start of the question
    Json numbers; ///< what `compareCase` or `answerBoth` gave; null where it failed
    Json error; ///< why it failed, else null
    bool operator==(const CompareBatchRow&) const = default;
};
Json compareBatchRowToJson(const CompareBatchRow& row);
Result<CompareBatchRow> compareBatchRowFromJson(const Json& json, const std::string& place);

/// A row without numbers, and what is to be asked for it.
CompareBatchRow batchRowOf(const Sample& sample, const std::string& revision, std::int64_t id);
CompareCaseRequest caseRequest(const Sample& sample, const CompareBatchSettings& settings);

/// A batch's results on the disk: a JSONL file whose first line holds the settings and whose other
/// lines are rows, one written after each sample. A file that is opened again is continued; half a
/// line at its end (a killed run) is cut off.
class CompareBatchFile {
public:
    /// "analysis.batch_other" where the file holds a batch with other settings.
    static Result<CompareBatchFile> open(
        const std::filesystem::path& path, const CompareBatchSettings& settings);
    /// Reads only.
    static Result<std::vector<CompareBatchRow>> read(const std::filesystem::path& path);

    /// Whether this very text of the sample has its numbers already.
    bool has(const std::string& uid, const std::string& revision) const;
    const CompareBatchRow* find(const std::string& uid, const std::string& revision) const;
    const std::vector<CompareBatchRow>& rows() const { return m_rows; }
    Result<void> append(const CompareBatchRow& row);
    Result<void> sync() { return m_file.sync(); }
    const std::filesystem::path& path() const { return m_file.path(); }

private:
    AppendFile m_file;
    std::vector<CompareBatchRow> m_rows;
    std::map<std::pair<std::string, std::string>, std::size_t> m_index;
};

/// The table of a batch as CSV (RFC 4180): one line a row, numbers with a point, empty where there
/// is none.
std::string compareBatchCsv(const std::vector<CompareBatchRow>& rows);

} // namespace assay
