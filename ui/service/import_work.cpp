#include "ui/service/import_work.h"

#include "core/base/file.h"

namespace assay {

namespace {

/// Takes the first rows and then ends the reading.
class PreviewSink final : public ImportSink {
public:
    PreviewSink(ImportPreview& preview, std::size_t most)
        : m_preview(preview)
        , m_most(most) { }

    Result<void> accept(Sample&& sample) override {
        m_preview.rows.push_back(std::move(sample));
        return goOn();
    }
    Result<void> reject(RejectedRow&& row) override {
        ++m_preview.rejected;
        if (m_preview.firstRejected.size() < 5)
            m_preview.firstRejected.push_back(std::move(row));
        return goOn();
    }

private:
    Result<void> goOn() const {
        if (m_preview.rows.size() + std::size_t(m_preview.rejected) < m_most)
            return {};
        return fail("cancelled");
    }
    ImportPreview& m_preview;
    std::size_t m_most;
};

/// The keys that an unrecognised file has, for a mapping by hand.
std::vector<std::string> keysSeen(const Error& error) {
    std::vector<std::string> keys;
    std::string_view rest = error.code == "import.unrecognised" ? error.argument("keys") : "";
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(", "), rest.size());
        if (rest.substr(0, end) != "..")
            keys.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    return keys;
}

std::string reportText(const ReportRow& entry) {
    Error reason = entry.row.reason;
    reason.where.clear(); // the place stands in front already
    return entry.row.file + ":" + std::to_string(entry.row.line)
        + (entry.remark ? ": (kept) " : ": ") + message(reason) + "\n";
}

} // namespace

ImportPreview previewImport(
    const std::filesystem::path& file, const ImportOptions& options, std::size_t rows) {
    ImportPreview preview;
    auto recognition = recognise(file, options);
    if (!recognition) {
        preview.problem = recognition.error();
        preview.recognition.columns = keysSeen(recognition.error());
        return preview;
    }
    preview.recognition = std::move(*recognition);
    PreviewSink sink(preview, rows);
    const auto read = importFile(file, options, sink);
    if (!read && read.error().code != "cancelled" && preview.rows.empty())
        preview.problem = read.error();
    return preview;
}

Result<ImportOutcome> importWork(Project& project, const std::vector<std::filesystem::path>& files,
    const ImportOptions& options, const ProgressFunction& progress, const StopToken& stop) {
    auto record = project.imports().importFiles(files, options, progress, stop);
    if (!record)
        return forward(record);
    auto report = project.imports().report(record->id, mostReportRows);
    if (!report)
        return forward(report);
    return ImportOutcome{std::move(*record), std::move(*report)};
}

Result<void> saveImportReport(
    Project& project, std::int64_t importId, const std::filesystem::path& file) {
    const bool json = file.extension() == ".jsonl" || file.extension() == ".json";
    std::string content;
    constexpr std::int64_t page = 2000;
    for (std::int64_t offset = 0;; offset += page) {
        auto rows = project.imports().report(importId, page, offset);
        if (!rows)
            return forward(rows);
        for (const ReportRow& row : *rows)
            content += json ? dumpJson(reportRowToJson(row)) + "\n" : reportText(row);
        if (std::int64_t(rows->size()) < page)
            break;
    }
    return writeFileAtomically(file, content);
}

Result<ExportOutcome> exportWork(Project& project, const SampleFilter& filter,
    const std::string& format, const std::filesystem::path& file, const ProgressFunction& progress,
    const StopToken& stop) {
    auto total = project.samples().count(filter);
    if (!total)
        return forward(total);
    auto exporter = makeExporter(format, file);
    if (!exporter)
        return forward(exporter);
    ExportOutcome outcome;
    std::int64_t done = 0;
    std::int64_t written = 0;
    auto walked = project.samples().forEach(
        filter,
        [&](StoredSample&& stored) -> Result<void> {
            auto added = (*exporter)->add(stored.sample);
            if (!added && added.error().code != "export.cannot_hold")
                return added;
            if (!added && outcome.firstRefusal.code.empty())
                outcome.firstRefusal = added.error();
            written += added.has_value();
            if (progress && ++done % 200 == 0)
                progress({done, *total});
            return {};
        },
        stop);
    if (!walked)
        return forward(walked);
    // An empty file would pass for a finished export.
    if (written == 0)
        return fail(outcome.firstRefusal.code.empty()
                ? Error("store.nothing_exported", {{"format", format}, {"count", "0"}})
                : outcome.firstRefusal);
    auto summary = (*exporter)->finish();
    if (!summary)
        return forward(summary);
    outcome.summary = std::move(*summary);
    return outcome;
}

} // namespace assay
