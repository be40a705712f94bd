#include "core/data/importer.h"

#include "core/base/file.h"
#include "core/base/utf8.h"
#include "core/data/importers/csv_rows.h"
#include "core/data/importers/plan.h"
#include "core/data/importers/text_rows.h"

#include <algorithm>
#include <new>

namespace assay {

using namespace importing;

namespace {

constexpr std::size_t rawKept = 4000;
constexpr std::size_t reasonsKept = 5;
constexpr std::int64_t progressStep = 256 << 10;

/// The row's beginning, not cut inside a character.
std::string excerpt(std::string_view text) {
    if (text.size() <= rawKept)
        return toValidUtf8(text);
    std::size_t end = rawKept;
    while (end > rawKept - 4 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    std::string kept = toValidUtf8(text.substr(0, end));
    kept.resize(std::min(kept.size(), rawKept));
    return isValidUtf8(kept) ? kept : toValidUtf8(kept);
}

/// One run over one file.
class Import {
public:
    Import(const std::filesystem::path& path, const ImportOptions& options, Plan plan,
        ImportSink& sink)
        : m_file(path.string())
        , m_options(mapped(options, plan))
        , m_plan(std::move(plan))
        , m_sink(sink)
        , m_context(
              m_options, m_options.channel.empty() ? path.stem().string() : m_options.channel) { }

    Result<ImportSummary> run(
        std::string_view text, const ProgressFunction& progress, const StopToken& stop) {
        m_summary.dialect = m_plan.recognition.dialect;
        m_summary.container = m_plan.recognition.container;
        m_summary.bytes = std::int64_t(text.size());
        const auto source = makeRowSource(text, m_plan, m_options);
        const auto* csv = dynamic_cast<const CsvRows*>(source.get());
        RawRow row;
        if (csv && m_options.header)
            source->next(row);
        std::int64_t reported = 0;
        for (;;) {
            if (stop.stop_requested())
                return fail("cancelled");
            const bool more = source->next(row);
            for (const Fault& fault : source->takeRemarks())
                if (auto done = remark(row, fault); !done)
                    return forward(done);
            if (!more)
                break;
            if (auto done = handle(row, csv); !done)
                return forward(done);
            if (progress && source->position() - reported >= progressStep) {
                reported = source->position();
                progress({reported, m_summary.bytes});
            }
        }
        if (progress)
            progress({m_summary.bytes, m_summary.bytes});
        if (m_summary.accepted > 0)
            return m_summary;
        Error error("import.nothing_kept",
            {{"path", m_file}, {"rejected", std::to_string(m_summary.rejected)}});
        error.details = std::move(m_firstReasons);
        return fail(std::move(error));
    }

private:
    static ImportOptions mapped(const ImportOptions& options, const Plan& plan) {
        ImportOptions result = options;
        result.columns = plan.columns;
        return result;
    }

    Result<void> handle(const RawRow& row, const CsvRows* csv) {
        if (row.fault)
            return reject(row, *row.fault);
        if (std::int64_t(row.text.size()) > m_options.largestRow)
            return reject(row,
                Error("row.too_large",
                    {{"bytes", std::to_string(row.text.size())},
                        {"limit", std::to_string(m_options.largestRow)}}));
        if (const auto fault = utf8Fault(row))
            return reject(row, *fault);
        m_context.beginRow(row.text);
        if (csv)
            return handleRecord(row, csv->fields());
        if (m_plan.recognition.container == "text") {
            Sample sample;
            sample.text = unixText(row.text);
            sample.channel = m_context.defaultChannel();
            return accept(row, std::move(sample));
        }
        JsonRow read = readJsonRow(row);
        if (read.fault)
            return reject(row, *read.fault);
        return parse(row, std::move(read.json));
    }

    Result<void> handleRecord(const RawRow& row, const std::vector<std::string>& fields) {
        if (fields.size() != m_plan.header.size())
            return reject(row,
                Error("row.fields",
                    {{"found", std::to_string(fields.size())},
                        {"expected", std::to_string(m_plan.header.size())}}));
        return parse(row, csvObject(m_plan.header, fields, m_options.columns));
    }

    Result<void> parse(const RawRow& row, Json json) {
        // The rows looked at first were all broken: the first sound one decides.
        if (!m_plan.parser)
            if (auto done = decideBy(json); !done)
                return done;
        RowFields fields(std::move(json));
        auto samples = m_plan.parser(fields, m_context);
        if (!samples)
            return reject(row, std::move(samples.error()));
        for (Sample& sample : *samples)
            if (auto done = accept(row, std::move(sample)); !done)
                return done;
        for (const Error& error : m_context.remarks())
            if (auto done = remark(row, {error, row.line, row.byte}); !done)
                return done;
        return {};
    }

    Result<void> decideBy(const Json& json) {
        if (m_summary.dialect.empty())
            m_summary.dialect = dialectOfRow(json, m_options.columns);
        m_plan.parser = parserOf(m_summary.dialect);
        if (m_plan.parser)
            return {};
        return fail(unrecognised(m_file, keysOf(json)));
    }

    Result<void> accept(const RawRow& row, Sample&& sample) {
        sample.provenance = {m_file, row.line, row.byte, m_summary.dialect};
        ++m_summary.accepted;
        return m_sink.accept(std::move(sample));
    }

    Result<void> reject(const RawRow& row, Error reason) {
        return reject(row, Fault{std::move(reason), row.line, row.byte});
    }
    Result<void> reject(const RawRow& row, const Fault& fault) {
        ++m_summary.rejected;
        RejectedRow rejected = describe(row, fault);
        if (m_firstReasons.size() < reasonsKept)
            m_firstReasons.push_back(rejected.reason);
        return m_sink.reject(std::move(rejected));
    }
    Result<void> remark(const RawRow& row, const Fault& fault) {
        ++m_summary.remarks;
        return m_sink.remark(describe(row, fault));
    }

    RejectedRow describe(const RawRow& row, const Fault& fault) const {
        RejectedRow described;
        described.file = m_file;
        described.line = fault.line;
        described.byte = fault.byte;
        described.rowLine = row.line;
        described.field = fault.reason.argument("field");
        described.reason = fault.reason;
        described.reason.where = m_file + ":" + std::to_string(fault.line);
        described.raw = excerpt(row.text);
        return described;
    }

    std::string m_file;
    ImportOptions m_options;
    Plan m_plan;
    ImportSink& m_sink;
    RowContext m_context;
    ImportSummary m_summary;
    std::vector<Error> m_firstReasons;
};

/// No exception leaves this folder.
template <class T, class Work> Result<T> guarded(const std::filesystem::path& path, Work work) {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return fail("memory.exhausted", {{"what", "reading " + path.string()}});
    } catch (const std::exception& e) {
        return fail("internal", {{"what", e.what()}}, path.string());
    }
}

} // namespace

Result<ImportSummary> importFile(const std::filesystem::path& path, const ImportOptions& options,
    ImportSink& sink, const ProgressFunction& progress, StopToken stop) {
    return guarded<ImportSummary>(path, [&]() -> Result<ImportSummary> {
        auto file = MappedFile::open(path);
        if (!file)
            return forward(file);
        auto plan = makePlan(file->text(), path.string(), options);
        if (!plan)
            return forward(plan);
        // Where no row could be read, every row is still reported; a table whose columns mean
        // nothing would only repeat itself.
        if (plan->firstProblem && isCsv(*plan))
            return fail(*plan->firstProblem);
        return Import(path, options, std::move(*plan), sink).run(file->text(), progress, stop);
    });
}

Result<Recognition> recognise(const std::filesystem::path& path, const ImportOptions& options) {
    return guarded<Recognition>(path, [&]() -> Result<Recognition> {
        auto file = MappedFile::open(path);
        if (!file)
            return forward(file);
        auto plan = makePlan(file->text(), path.string(), options);
        if (!plan)
            return forward(plan);
        if (plan->firstProblem && !isCsv(*plan))
            return fail(*plan->firstProblem);
        return std::move(plan->recognition);
    });
}

const std::vector<std::string>& importDialects() {
    static const std::vector<std::string> dialects
        = {"alpaca", "query-response", "parallel-lists", "self-instruct", "sharegpt", "ms-swift",
            "openai", "llamafactory-v1", "openai-dpo", "trl", "text", "csv", "tsv"};
    return dialects;
}

} // namespace assay
