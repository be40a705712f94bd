#pragma once

#include "core/base/progress.h"
#include "core/data/sample.h"
#include "core/job/train_spec.h"
#include "core/text/tokenizer.h"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace assay {

enum class SnapshotForm {
    Rows, ///< data/rows.jsonl: samples (conversations, or texts that came as samples)
    Text, ///< data/text.jsonl: plain documents
    Tokenized, ///< data/tokenized.jsonl: ids and labels
};
std::string_view snapshotFormName(SnapshotForm form);

struct SnapshotSource {
    std::string path; ///< file or project folder
    std::string hash; ///< of the file's bytes; empty for a project
    std::int64_t rows = 0;
    std::int64_t rejected = 0;
};

/// What data/snapshot.json says.
struct SnapshotSummary {
    SnapshotForm form = SnapshotForm::Rows;
    std::int64_t rows = 0;
    std::int64_t rejected = 0; ///< listed in data/rejected.jsonl with file, line and reason
    std::string hash; ///< of the snapshot file
    std::map<std::string, std::int64_t> channels; ///< rows of each channel
    std::vector<SnapshotSource> sources;
};

/// One row of a snapshot. `row` counts from 0 and is what samples.jsonl and the trainer name it by.
struct SnapshotRow {
    std::int64_t row = 0;
    std::string id; ///< the sample's uid, or "file:line"
    std::string revision; ///< revision hash of a sample; empty for other forms
    std::string channel;
    Sample sample; ///< Rows: the sample. Text: only `sample.text`
    std::vector<TokenId> ids; ///< Tokenized
    std::vector<TokenId> labels; ///< Tokenized; ignoredLabel (-100) where not trained
    std::int64_t byte = 0; ///< where its line begins in the rows file
};

/// Writes the rows that the spec's data source gives now into `dataFolder`, so that the run can be
/// repeated. An error when no row is left; the single bad rows are listed in data/rejected.jsonl.
Result<SnapshotSummary> makeSnapshot(const TrainSpec& spec, const std::filesystem::path& dataFolder,
    const ProgressFunction& progress, StopToken stop);

Result<SnapshotSummary> readSnapshotSummary(const std::filesystem::path& dataFolder);

/// Calls `use` for every row in order; ends early with `use`'s error. The file is checked against
/// the summary's hash first: a snapshot that was changed is an error.
Result<void> forEachSnapshotRow(const std::filesystem::path& dataFolder,
    const SnapshotSummary& summary, const std::function<Result<void>(SnapshotRow&&)>& use);

/// The row whose line begins at `byte`, as `forEachSnapshotRow` told.
Result<SnapshotRow> snapshotRowAt(
    const std::filesystem::path& dataFolder, const SnapshotSummary& summary, std::int64_t byte);

} // namespace assay
