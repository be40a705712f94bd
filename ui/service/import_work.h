#pragma once

#include "core/data/exporter.h"
#include "core/data/importer.h"
#include "core/store/project.h"

namespace assay {

/// What an import of a file would make of its beginning.
struct ImportPreview {
    /// Why the format was not recognised; the rest is then empty, but for the columns if any were
    /// seen.
    std::optional<Error> problem;
    Recognition recognition;
    std::vector<Sample> rows;
    std::int64_t rejected = 0; ///< of the rows looked at
    std::vector<RejectedRow> firstRejected;
};

/// Reads at most `rows` samples of the file. Never fails: what is wrong is part of the answer.
ImportPreview previewImport(
    const std::filesystem::path& file, const ImportOptions& options, std::size_t rows);

/// What an import left, with the beginning of its report.
struct ImportOutcome {
    ImportRecord record;
    std::vector<ReportRow> report;
};
constexpr std::int64_t mostReportRows = 5000;

/// The work of an import, for a BackgroundWork. All or nothing.
Result<ImportOutcome> importWork(Project& project, const std::vector<std::filesystem::path>& files,
    const ImportOptions& options, const ProgressFunction& progress, const StopToken& stop);

/// Writes the whole report of an import: one JSON object a line into *.jsonl, else one line of text
/// a row ("file:line: reason").
Result<void> saveImportReport(
    Project& project, std::int64_t importId, const std::filesystem::path& file);

/// What an export wrote.
struct ExportOutcome {
    ExportSummary summary;
    Error firstRefusal; ///< of `summary.refused` samples
};
/// The work of an export in one of `exportFormats()`. "export.cannot_hold" where the format can
/// hold none of the samples.
Result<ExportOutcome> exportWork(Project& project, const SampleFilter& filter,
    const std::string& format, const std::filesystem::path& file, const ProgressFunction& progress,
    const StopToken& stop);

} // namespace assay
