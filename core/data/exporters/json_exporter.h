#pragma once

#include "core/data/exporters/atomic_output.h"
#include "core/data/exporters/row_writers.h"

namespace assay::exporting {

/// One JSON row a sample, as an array or one a line.
class JsonExporter : public Exporter {
public:
    struct Format {
        const char* name;
        const char* dialect; ///< whose notes on spelling apply
        RowWriter writer;
    };
    JsonExporter(Format format, AtomicOutput output, bool array, ExportOptions options)
        : m_format(format)
        , m_output(std::move(output))
        , m_array(array)
        , m_options(options) { }
    Result<void> add(const Sample& sample) override;
    Result<ExportSummary> finish() override;

private:
    Format m_format;
    AtomicOutput m_output;
    bool m_array;
    ExportOptions m_options;
    ExportSummary m_summary;
};

/// system, query, answer and what else the samples turn out to need.
Result<std::unique_ptr<Exporter>> makeCsvExporter(
    const std::filesystem::path& path, char delimiter, const ExportOptions& options);
/// Paragraphs with a blank line between.
Result<std::unique_ptr<Exporter>> makeTextExporter(const std::filesystem::path& path);

} // namespace assay::exporting
