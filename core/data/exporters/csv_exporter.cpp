#include "core/data/exporters/json_exporter.h"

#include "core/base/file.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <unistd.h>

namespace assay::exporting {

namespace {

/// Columns are known only when the last sample was seen, so records wait in a file of their own,
/// each with its number of fields and bytes before it, and are completed when the header is
/// written.
class CsvExporter : public Exporter {
public:
    CsvExporter(AtomicOutput output, AppendFile records, char delimiter, ExportOptions options)
        : m_output(std::move(output))
        , m_records(std::move(records))
        , m_delimiter(delimiter)
        , m_options(options) { }
    ~CsvExporter() override {
        std::error_code ignored;
        std::filesystem::remove(m_records.path(), ignored);
    }

    Result<void> add(const Sample& sample) override {
        RowContext context(m_delimiter == '\t' ? "tsv" : "csv", "", m_options, sample);
        auto fields = rowFields(context);
        if (!fields) {
            ++m_summary.refused;
            return forward(fields);
        }
        std::string record;
        for (std::size_t i = 0; i < fields->size(); ++i) {
            if (i > 0)
                record += m_delimiter;
            record += quoted((*fields)[i]);
        }
        const std::uint64_t head[2] = {fields->size(), record.size()};
        m_pending.append(reinterpret_cast<const char*>(head), sizeof head);
        m_pending += record;
        ++m_summary.written;
        for (const std::string& what : context.leftOut)
            ++m_summary.leftOut[what];
        return m_pending.size() < (256 << 10) ? Result<void>() : flush();
    }

    Result<ExportSummary> finish() override {
        if (auto done = flush(); !done)
            return forward(done);
        std::string header;
        for (const std::string& column : m_columns)
            header += (header.empty() ? "" : std::string(1, m_delimiter)) + quoted(column);
        if (auto done = m_output.write(header + "\n"); !done)
            return forward(done);
        auto map = MappedFile::open(m_records.path());
        if (!map)
            return forward(map);
        for (std::string_view rest = map->text(); !rest.empty();) {
            std::uint64_t head[2];
            std::memcpy(head, rest.data(), sizeof head);
            std::string line(rest.substr(sizeof head, head[1]));
            line.append(m_columns.size() - head[0], m_delimiter);
            line += '\n';
            if (auto done = m_output.write(line); !done)
                return forward(done);
            rest.remove_prefix(sizeof head + head[1]);
        }
        if (auto done = m_output.commit(); !done)
            return forward(done);
        m_summary.bytes = m_output.bytes();
        return m_summary;
    }

private:
    /// The sample as Alpaca has it, under the names of a table.
    Result<std::vector<std::string>> rowFields(RowContext& context) {
        const Sample& sample = context.sample;
        if (sample.text)
            return context.cannotHold("plain text");
        if (!(sample.chosen && sample.rejected) && (sample.chosen || sample.rejected))
            return context.cannotHold("an answer labelled good or bad");
        auto row = writeRow(alpacaRow, context);
        if (!row)
            return forward(row);
        (*row)["instruction"] = wholeQuery(*row);
        row->erase("input");
        std::vector<std::string> fields(m_columns.size());
        for (const auto& [key, value] : row->items()) {
            const std::string name = key == "instruction" ? "query"
                : key == "output"                         ? "answer"
                                                          : key;
            auto column = std::ranges::find(m_columns, name);
            if (column == m_columns.end()) {
                m_columns.push_back(name);
                fields.emplace_back();
                column = std::prev(m_columns.end());
            }
            fields[std::size_t(column - m_columns.begin())]
                = value.is_string() ? value.get<std::string>() : dumpJson(value);
        }
        return fields;
    }

    static std::string wholeQuery(const Json& row) {
        const std::string query = row["instruction"].get<std::string>();
        const auto input = row.find("input");
        if (input == row.end() || !input->is_string()
            || input->get_ref<const std::string&>().empty())
            return query;
        return query.empty() ? input->get<std::string>() : query + "\n" + input->get<std::string>();
    }

    std::string quoted(const std::string& field) const {
        const bool plain = field.find_first_of("\"\r\n") == std::string::npos
            && field.find(m_delimiter) == std::string::npos
            && (field.empty() || (field.front() != ' ' && field.back() != ' '));
        if (plain)
            return field;
        std::string text = "\"";
        for (const char c : field)
            text += c == '"' ? std::string("\"\"") : std::string(1, c);
        return text + '"';
    }

    Result<void> flush() {
        if (m_pending.empty())
            return {};
        auto done = m_records.append(m_pending);
        m_pending.clear();
        return done;
    }

    AtomicOutput m_output;
    AppendFile m_records;
    char m_delimiter;
    ExportOptions m_options;
    std::vector<std::string> m_columns = {"system", "query", "answer"};
    std::string m_pending;
    ExportSummary m_summary;
};

} // namespace

Result<std::unique_ptr<Exporter>> makeCsvExporter(
    const std::filesystem::path& path, char delimiter, const ExportOptions& options) {
    auto output = AtomicOutput::create(path);
    if (!output)
        return forward(output);
    auto records = AppendFile::open(path.string() + ".records-" + std::to_string(::getpid()), 0);
    if (!records)
        return forward(records);
    return std::make_unique<CsvExporter>(
        std::move(*output), std::move(*records), delimiter, options);
}

} // namespace assay::exporting
