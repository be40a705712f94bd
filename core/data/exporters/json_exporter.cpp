#include "core/data/exporters/json_exporter.h"

namespace assay::exporting {

Result<void> JsonExporter::add(const Sample& sample) {
    RowContext context(m_format.name, m_format.dialect, m_options, sample);
    auto row = writeRow(m_format.writer, context);
    if (!row) {
        ++m_summary.refused;
        return forward(row);
    }
    std::string line;
    if (m_array)
        line = m_summary.written == 0 ? "[\n" : ",\n";
    line += rowText(context, *row);
    if (!m_array)
        line += '\n';
    if (auto done = m_output.write(line); !done)
        return done;
    ++m_summary.written;
    for (const std::string& what : context.leftOut)
        ++m_summary.leftOut[what];
    return {};
}

Result<ExportSummary> JsonExporter::finish() {
    if (m_array)
        if (auto done = m_output.write(m_summary.written == 0 ? "[]\n" : "\n]\n"); !done)
            return forward(done);
    if (auto done = m_output.commit(); !done)
        return forward(done);
    m_summary.bytes = m_output.bytes();
    return m_summary;
}

} // namespace assay::exporting
