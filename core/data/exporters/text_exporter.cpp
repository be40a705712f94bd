#include "core/data/exporters/json_exporter.h"

#include "core/data/importers/text_rows.h"

namespace assay::exporting {

namespace {

class TextExporter : public Exporter {
public:
    explicit TextExporter(AtomicOutput output)
        : m_output(std::move(output)) { }

    Result<void> add(const Sample& sample) override {
        const RowContext context("text", "text", {}, sample);
        if (auto done = check(context); !done) {
            ++m_summary.refused;
            return done;
        }
        if (!withoutShape(sample.meta).is_null())
            ++m_summary.leftOut["extra keys"];
        if (sample.reference)
            ++m_summary.leftOut["reference answers"];
        ++m_summary.written;
        return m_output.write((m_summary.written > 1 ? "\n" : "") + *sample.text + "\n");
    }

    Result<ExportSummary> finish() override {
        if (auto done = m_output.commit(); !done)
            return forward(done);
        m_summary.bytes = m_output.bytes();
        return m_summary;
    }

private:
    /// A text that would not come back as one paragraph needs a format that keeps texts apart.
    static Result<void> check(const RowContext& context) {
        if (!context.sample.text)
            return context.cannotHold("a conversation");
        importing::TextRows rows(*context.sample.text, 0, TextUnit::Paragraph);
        importing::RawRow row;
        if (!rows.next(row) || row.text != *context.sample.text)
            return context.cannotHold("a text with blank lines (a .jsonl file can)");
        return {};
    }

    AtomicOutput m_output;
    ExportSummary m_summary;
};

} // namespace

Result<std::unique_ptr<Exporter>> makeTextExporter(const std::filesystem::path& path) {
    auto output = AtomicOutput::create(path);
    if (!output)
        return forward(output);
    return std::make_unique<TextExporter>(std::move(*output));
}

} // namespace assay::exporting
