#include "app/assay-cli/data_verbs.h"

#include "core/base/file.h"
#include "core/data/exporter.h"

#include <chrono>
#include <cstdio>

namespace assay {

namespace {

struct ImportVerb {
    std::string project;
    std::vector<std::string> files;
    ImportOptions options;
    std::string mapping;
    std::vector<std::string> roles;
    bool noHeader = false;
    std::string textUnit = "paragraph";
    std::string reportFile;
    bool json = false;
};

tl::unexpected<Error> usage(const std::string& what) {
    return fail("usage", {{"what", what}});
}

/// "query=Question,answer=Answer"
Result<void> readMapping(const std::string& text, ColumnMapping& columns) {
    const std::pair<const char*, std::string*> known[] = {{"system", &columns.system},
        {"query", &columns.query}, {"input", &columns.input}, {"answer", &columns.answer},
        {"history", &columns.history}, {"messages", &columns.messages}, {"tools", &columns.tools},
        {"text", &columns.text}, {"chosen", &columns.chosen}, {"rejected", &columns.rejected},
        {"reference", &columns.reference}, {"channel", &columns.channel},
        {"label", &columns.label}};
    if (text.empty())
        return {};
    for (const std::string& part : CLI::detail::split(text, ',')) {
        const std::size_t equals = part.find('=');
        const std::string key = part.substr(0, equals);
        const auto found
            = std::ranges::find_if(known, [&](const auto& entry) { return key == entry.first; });
        if (equals == std::string::npos || found == std::end(known))
            return usage("--map takes pairs such as query=Question,answer=Answer; \"" + part
                + "\" is none.");
        *found->second = part.substr(equals + 1);
    }
    return {};
}

Result<void> readRoles(const std::vector<std::string>& pairs, std::map<std::string, Role>& roles) {
    for (const std::string& pair : pairs) {
        const std::size_t equals = pair.rfind('=');
        const auto role
            = equals == std::string::npos ? std::nullopt : roleFromName(pair.substr(equals + 1));
        if (!role)
            return usage("--role takes pairs such as bot=assistant; \"" + pair + "\" is none.");
        roles[pair.substr(0, equals)] = *role;
    }
    return {};
}

std::string reportLine(const ReportRow& entry) {
    const RejectedRow& row = entry.row;
    std::string line = row.file + ":" + std::to_string(row.line) + ": ";
    if (entry.remark)
        line += "(kept) ";
    Error reason = row.reason;
    if (reason.where.starts_with(row.file)) // the place stands in front already
        reason.where.clear();
    return line + message(reason);
}

Json recordToJson(const ImportRecord& record) {
    Json json = {{"import", record.id}, {"kept", record.kept}, {"rejected", record.rejected},
        {"remarks", record.remarks}, {"files", Json::array()}};
    for (const ImportedFile& file : record.files)
        json["files"].push_back(
            {{"file", file.path}, {"dialect", file.dialect}, {"why", file.why}, {"kept", file.kept},
                {"rejected", file.rejected}, {"remarks", file.remarks}, {"bytes", file.bytes}});
    return json;
}

/// Whether the file itself is damaged at this place, as against a sound row that no sample can be
/// made of.
bool isMalformed(const ReportRow& entry) {
    static constexpr std::string_view codes[] = {"row.syntax", "row.not_utf8", "row.not_object",
        "row.quote", "row.fields", "row.cut_off", "row.not_closed"};
    const bool rowsMissing = entry.row.reason.code == "row.not_closed";
    return (!entry.remark || rowsMissing)
        && std::ranges::find(codes, entry.row.reason.code) != std::end(codes);
}

/// The places at which the files are damaged.
struct Malformed {
    std::int64_t count = 0;
    std::string file; ///< of the first
    std::int64_t line = 0;

    void take(const ReportRow& entry) {
        if (isMalformed(entry) && count++ == 0) {
            file = entry.row.file;
            line = entry.row.line;
        }
    }
};

/// Every rejected row, page by page: the report may be larger than the memory.
Result<void> forEachReportRow(Project& project, std::int64_t importId,
    const std::function<Result<void>(const ReportRow&)>& visit) {
    constexpr std::int64_t pageRows = 1000;
    for (std::int64_t offset = 0;; offset += pageRows) {
        auto rows = project.imports().report(importId, pageRows, offset);
        if (!rows)
            return forward(rows);
        for (const ReportRow& row : *rows)
            if (auto visited = visit(row); !visited)
                return visited;
        if (std::int64_t(rows->size()) < pageRows)
            return {};
    }
}

Result<void> writeReport(Project& project, const ImportRecord& record, const std::string& path) {
    std::string content;
    auto walked = forEachReportRow(project, record.id, [&](const ReportRow& row) -> Result<void> {
        content += dumpJson(reportRowToJson(row)) + "\n";
        return {};
    });
    if (!walked)
        return walked;
    return writeFileAtomically(path, content);
}

Result<void> runImport(const ImportVerb& verb) {
    ImportOptions options = verb.options;
    if (auto read = readMapping(verb.mapping, options.columns); !read)
        return read;
    if (auto read = readRoles(verb.roles, options.roles); !read)
        return read;
    options.header = !verb.noHeader;
    options.textUnit = verb.textUnit == "line" ? TextUnit::Line
        : verb.textUnit == "document"          ? TextUnit::Document
                                               : TextUnit::Paragraph;
    auto project = Project::open(verb.project);
    if (!project)
        return forward(project);
    const std::vector<std::filesystem::path> files(verb.files.begin(), verb.files.end());
    const auto start = std::chrono::steady_clock::now();
    auto record = project->imports().importFiles(
        files, options, terminalProgress("import"), interruptToken());
    if (!record)
        return forward(record);
    const double seconds
        = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (!verb.reportFile.empty())
        if (auto written = writeReport(*project, *record, verb.reportFile); !written)
            return written;
    Json json = recordToJson(*record);
    json["seconds"] = seconds;
    json["report"] = Json::array();
    if (!verb.json)
        for (const ImportedFile& file : record->files)
            printLine(file.path + ": " + (file.dialect.empty() ? "not recognised" : file.dialect)
                + (file.why.empty() ? "" : " (" + file.why + ")") + ", kept "
                + std::to_string(file.kept) + ", rejected " + std::to_string(file.rejected)
                + (file.remarks > 0 ? ", remarks " + std::to_string(file.remarks) : ""));
    Malformed malformed;
    auto walked = forEachReportRow(*project, record->id, [&](const ReportRow& row) -> Result<void> {
        malformed.take(row);
        if (verb.json)
            json["report"].push_back(reportRowToJson(row));
        else
            printLine(reportLine(row));
        return {};
    });
    if (!walked)
        return walked;
    json["malformed"] = malformed.count;
    if (verb.json)
        printJson(json);
    else
        std::fprintf(stderr, "import %lld: %lld samples in %.1f s\n",
            static_cast<long long>(record->id), static_cast<long long>(record->kept), seconds);
    if (record->kept == 0)
        return fail("store.nothing_imported", {{"rejected", std::to_string(record->rejected)}});
    if (malformed.count > 0)
        return fail("store.malformed_rows",
            {{"count", std::to_string(malformed.count)}, {"kept", std::to_string(record->kept)}},
            malformed.file + ":" + std::to_string(malformed.line));
    return {};
}

struct ExportVerb {
    std::string project;
    std::string file;
    std::string format;
    FilterOptions filter;
    bool json = false;
};

Result<void> runExport(const ExportVerb& verb) {
    auto project = Project::open(verb.project, OpenMode::ReadOnly);
    if (!project)
        return forward(project);
    auto filter = filterOf(*project, verb.filter);
    if (!filter)
        return forward(filter);
    auto exporter = makeExporter(verb.format, verb.file);
    if (!exporter)
        return forward(exporter);
    auto total = project->samples().count(*filter);
    if (!total)
        return forward(total);
    const ProgressFunction progress = terminalProgress("export");
    std::int64_t done = 0;
    Json refused = Json::array();
    auto walked = project->samples().forEach(
        *filter,
        [&](StoredSample&& stored) -> Result<void> {
            auto added = (*exporter)->add(stored.sample);
            if (!added && added.error().code != "export.cannot_hold")
                return added;
            if (!added) {
                refused.push_back({{"id", stored.id}, {"uid", stored.sample.uid},
                    {"message", message(added.error())}});
                if (!verb.json)
                    std::fprintf(stderr, "sample %lld: %s\n", static_cast<long long>(stored.id),
                        message(added.error()).c_str());
            }
            if (progress && (++done % 1000 == 0 || done == *total))
                progress({done, *total});
            return {};
        },
        interruptToken());
    if (!walked)
        return walked;
    auto summary = (*exporter)->finish();
    if (!summary)
        return forward(summary);
    if (verb.json) {
        Json leftOut = Json::object();
        for (const auto& [what, count] : summary->leftOut)
            leftOut[what] = count;
        printJson(Json{{"file", verb.file}, {"format", verb.format}, {"written", summary->written},
            {"bytes", summary->bytes}, {"left_out", leftOut}, {"refused", refused}});
    } else {
        printLine("wrote " + std::to_string(summary->written) + " samples to " + verb.file);
        for (const auto& [what, count] : summary->leftOut)
            printLine("left out, because " + verb.format + " has no place for it: " + what + " ("
                + std::to_string(count) + " samples)");
    }
    if (summary->written == 0 && !refused.empty())
        return fail("store.nothing_exported",
            {{"format", verb.format}, {"count", std::to_string(refused.size())}});
    return {};
}

} // namespace

void addTransferVerbs(CLI::App& program) {
    auto import = std::make_shared<ImportVerb>();
    CLI::App* in = program.add_subcommand("import",
        "Take data files into a project. The format is recognised from the content. Rows that "
        "cannot be kept are "
        "printed as FILE:LINE: REASON and stay in the project's import report. All files, or "
        "nothing. Ends with status 1 when a file is damaged somewhere; its good rows are kept.");
    in->add_option("PROJECT", import->project, "The project")->required();
    in->add_option("FILE", import->files, "Data files")->required();
    in->add_option(
          "--dialect", import->options.dialect, "Do not recognise the format: it is this one")
        ->check(CLI::IsMember(importDialects()));
    in->add_option("--channel", import->options.channel,
        "Channel of every sample; else the row's own, else the file's name");
    in->add_option("--map", import->mapping,
        "Columns or keys: query=Q,answer=A,system=S (also input, history, messages, tools, text, "
        "chosen, rejected, "
        "reference, channel, label); #2 is the second column");
    in->add_option("--role", import->roles,
          "A role tag of the file: bot=assistant (may be given several times)")
        ->allow_extra_args(false);
    in->add_flag(
        "--no-header", import->noHeader, "CSV, TSV: the first row is data; use #1, #2 in --map");
    in->add_option("--text-unit", import->textUnit, "Plain text: what becomes a sample")
        ->check(CLI::IsMember({"paragraph", "line", "document"}))
        ->capture_default_str();
    in->add_option("--report", import->reportFile,
        "Also write the import report to this file, one JSON object a line");
    in->add_flag("--json", import->json,
        "One JSON object: import, kept, rejected, malformed (places at which a file is damaged), "
        "remarks, files (file, dialect, why, ..), seconds, report (a list of "
        "kind, file, line, byte, field, code, arguments, message, raw)");
    onRun(*in, [import] { return runImport(*import); });

    auto out = std::make_shared<ExportVerb>();
    CLI::App* verb = program.add_subcommand("export", "Write samples of a project to a file");
    verb->add_option("PROJECT", out->project, "The project")->required();
    verb->add_option("OUT", out->file, "File to write; it appears when it is complete")->required();
    verb->add_option("--format", out->format, "The format")
        ->required()
        ->check(CLI::IsMember(exportFormats()));
    verb->add_flag(
        "--json", out->json, "One JSON object: file, format, written, bytes, left_out, refused");
    addFilterOptions(*verb, out->filter);
    onRun(*verb, [out] { return runExport(*out); });
}

} // namespace assay
