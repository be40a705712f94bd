#include "core/data/importers/plan.h"

#include "core/base/utf8.h"
#include "core/data/importers/csv_rows.h"
#include "core/data/importers/text_rows.h"

#include <algorithm>
#include <map>

namespace assay::importing {

namespace {

constexpr std::int64_t rowsLookedAt = 64;
constexpr std::int64_t bytesLookedAt = 8 << 20;

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

Json namesAsRow(const std::vector<std::string>& names) {
    Json row = Json::object();
    for (const std::string& name : names)
        row[name] = "";
    return row;
}

void addNew(std::vector<std::string>& list, const std::string& name) {
    if (std::ranges::find(list, name) == list.end())
        list.push_back(name);
}

/// Role tags in any list of turns of the row that have no meaning yet.
void collectUnknownRoles(
    const Json& row, const RowContext& context, std::vector<std::string>& unknown) {
    for (const Json& value : row) {
        if (!value.is_array())
            continue;
        for (const Json& turn : value) {
            if (!turn.is_object())
                continue;
            for (const char* key : {"from", "role"}) {
                const auto tag = turn.find(key);
                if (tag == turn.end() || !tag->is_string() || *tag == "function_call")
                    continue;
                if (!context.role(tag->get<std::string>(), {}))
                    addNew(unknown, tag->get<std::string>());
            }
        }
    }
}

std::vector<std::string*> allColumns(ColumnMapping& columns) {
    return {&columns.system, &columns.query, &columns.input, &columns.answer, &columns.history,
        &columns.messages, &columns.tools, &columns.text, &columns.chosen, &columns.rejected,
        &columns.reference, &columns.channel, &columns.label};
}

bool sameName(const std::string& a, const std::string& b) {
    return std::ranges::equal(
        a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

/// Replaces "#2" by a name and checks that every mapped column exists.
Result<void> resolveColumns(Plan& plan, const std::string& path) {
    for (std::string* column : allColumns(plan.columns)) {
        if (column->empty())
            continue;
        std::size_t index = 0;
        if (column->size() > 1 && column->front() == '#'
            && std::ranges::all_of(column->substr(1), [](char c) { return c >= '0' && c <= '9'; })
            && column->size() < 7)
            index = std::stoul(column->substr(1));
        if (index >= 1 && index <= plan.header.size()) {
            *column = plan.header[index - 1];
            continue;
        }
        const auto named = std::ranges::find_if(
            plan.header, [&](const std::string& name) { return sameName(name, *column); });
        if (named == plan.header.end())
            return fail("import.no_column",
                {{"path", path}, {"column", *column}, {"columns", listed(plan.header)}});
        if (std::ranges::find(plan.header, *column) == plan.header.end())
            *column = *named;
    }
    return {};
}

bool hasColumn(
    const std::vector<std::string>& header, const std::string& mapped, const char* usual) {
    const std::string wanted = mapped.empty() ? std::string(usual) : mapped;
    return std::ranges::any_of(
        header, [&](const std::string& name) { return sameName(name, wanted); });
}

/// Names for columns that have none or share one.
void nameColumns(std::vector<std::string>& header, bool namesGiven) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < header.size(); ++i) {
        std::string name = namesGiven ? toValidUtf8(header[i]) : std::string();
        if (name.empty() || std::ranges::find(names, name) != names.end())
            name = "#" + std::to_string(i + 1);
        names.push_back(std::move(name));
    }
    header = std::move(names);
}

Result<Plan> planCsv(std::string_view text, const std::string& path, const ImportOptions& options,
    Plan plan, char delimiter) {
    plan.delimiter = delimiter;
    CsvRows rows(text, plan.opening.begin, delimiter);
    RawRow first;
    if (rows.next(first))
        plan.header = rows.fields();
    nameColumns(plan.header, options.header);
    if (auto done = resolveColumns(plan, path); !done)
        return forward(done);
    Recognition& recognition = plan.recognition;
    recognition.dialect = recognition.container = delimiter == '\t' ? "tsv" : "csv";
    recognition.columns = plan.header;
    // Cells decide nothing: only the names do, so that one odd row cannot.
    const std::string shape = dialectOfRow(namesAsRow(plan.header), plan.columns);
    plan.parser = shape == "trl" ? parseInstructionRow : parserOf(shape);
    recognition.preference = hasColumn(plan.header, plan.columns.chosen, "chosen")
        && hasColumn(plan.header, plan.columns.rejected, "rejected");
    recognition.why = options.header
        ? "columns " + listed(plan.header)
        : std::to_string(plan.header.size()) + " columns without names";
    if (!plan.parser)
        plan.firstProblem
            = Error("import.map_columns", {{"path", path}, {"columns", listed(plan.header)}});
    return plan;
}

/// Reads the first rows of a JSON file, decides the dialect by majority and looks for roles.
Result<Plan> planJson(
    std::string_view text, const std::string& path, const ImportOptions& options, Plan plan) {
    Recognition& recognition = plan.recognition;
    recognition.container = plan.opening.container;
    const auto source = makeRowSource(text, plan, options);
    ImportOptions quiet = options;
    RowContext context(quiet, {});
    std::map<std::string, std::int64_t> votes;
    std::map<std::string, std::vector<std::string>> keyLists;
    std::int64_t parsed = 0;
    RawRow row;
    while (recognition.rowsSeen < rowsLookedAt && source->position() < bytesLookedAt
        && source->next(row)) {
        ++recognition.rowsSeen;
        std::optional<Fault> fault = row.fault ? row.fault : utf8Fault(row);
        JsonRow read;
        if (!fault && std::int64_t(row.text.size()) <= options.largestRow) {
            read = readJsonRow(row);
            fault = read.fault;
        }
        if (fault || read.json.is_null()) {
            if (!plan.firstProblem && fault) {
                plan.firstProblem = fault->reason;
                plan.firstProblem->where = path + ":" + std::to_string(fault->line);
            }
            continue;
        }
        ++parsed;
        for (const auto& [key, value] : read.json.items())
            addNew(recognition.columns, key);
        collectUnknownRoles(read.json, context, recognition.unknownRoles);
        const std::string dialect
            = options.dialect.empty() ? dialectOfRow(read.json, options.columns) : options.dialect;
        if (dialect.empty())
            continue;
        ++votes[dialect];
        keyLists.try_emplace(dialect, keysOf(read.json));
        RowFields fields(std::move(read.json));
        context.beginRow(row.text);
        if (const auto samples = parserOf(dialect)(fields, context))
            for (const Sample& sample : *samples)
                recognition.preference = recognition.preference || sample.chosen.has_value()
                    || sample.rejected.has_value();
    }
    if (parsed == 0) {
        if (!options.dialect.empty())
            recognition.dialect = options.dialect;
        if (!plan.firstProblem)
            plan.firstProblem = Error("import.nothing_kept",
                {{"path", path}, {"rejected", std::to_string(recognition.rowsSeen)}});
        return plan;
    }
    if (votes.empty())
        return fail(unrecognised(path, recognition.columns));
    const auto most = std::ranges::max_element(
        votes, [](const auto& a, const auto& b) { return a.second < b.second; });
    recognition.dialect = most->first;
    recognition.why = "keys " + listed(keyLists[most->first]);
    if (recognition.columns.size() > 200)
        recognition.columns.resize(200);
    plan.parser = parserOf(recognition.dialect);
    plan.firstProblem.reset();
    return plan;
}

} // namespace

std::vector<std::string> keysOf(const Json& row) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : row.items())
        keys.push_back(key);
    return keys;
}

Error unrecognised(const std::string& path, const std::vector<std::string>& keys) {
    constexpr std::size_t most = 20;
    std::string text
        = listed({keys.begin(), keys.begin() + std::ptrdiff_t(std::min(keys.size(), most))});
    if (keys.size() > most)
        text += ", ..";
    return Error("import.unrecognised",
        {{"path", path}, {"keys", text}, {"known", listed(importDialects())}});
}

bool isCsv(const Plan& plan) {
    return plan.delimiter != 0;
}

Result<Plan> makePlan(
    std::string_view text, const std::string& path, const ImportOptions& options) {
    const std::string& dialect = options.dialect;
    if (!dialect.empty() && std::ranges::find(importDialects(), dialect) == importDialects().end())
        return fail(
            "import.unknown_dialect", {{"dialect", dialect}, {"known", listed(importDialects())}});
    if (text.empty())
        return fail("import.empty_file", {{"path", path}});
    Plan plan;
    plan.columns = options.columns;
    plan.opening = lookAtOpening(text);
    if (plan.opening.container.empty())
        return fail("import.not_text", {{"path", path}, {"kind", plan.opening.binaryKind}});
    if (text.find_first_not_of(" \t\r\n", plan.opening.begin) == std::string_view::npos)
        return fail("import.empty_file", {{"path", path}});

    const auto knownHeader = [&](const std::vector<std::string>& names) {
        return !dialectOfRow(namesAsRow(names), options.columns).empty();
    };
    if (dialect == "tsv")
        return planCsv(text, path, options, std::move(plan), '\t');
    if (dialect == "csv") {
        const CsvGuess guess = guessCsv(text, plan.opening.begin, knownHeader);
        const bool usable = guess.delimiter != 0 && guess.delimiter != '\t';
        return planCsv(text, path, options, std::move(plan), usable ? guess.delimiter : ',');
    }
    if (plan.opening.container != "text")
        return planJson(text, path, options, std::move(plan));
    if (dialect.empty()) {
        if (const CsvGuess guess = guessCsv(text, plan.opening.begin, knownHeader);
            guess.delimiter != 0)
            return planCsv(text, path, options, std::move(plan), guess.delimiter);
        // Whoever names columns says that it is a table: a wrong name is told, not read as prose.
        if (options.columns != ColumnMapping{}) {
            const std::string_view line = text.substr(0, text.find('\n'));
            const char delimiter = line.find('\t') != std::string_view::npos ? '\t' : ',';
            return planCsv(text, path, options, std::move(plan), delimiter);
        }
    } else if (dialect != "text") {
        // Said to be rows of JSON: let each line say why it is none.
        plan.opening.container = "jsonl";
        return planJson(text, path, options, std::move(plan));
    }
    plan.recognition.dialect = plan.recognition.container = "text";
    plan.recognition.why = "no JSON and no table: plain text";
    return plan;
}

std::unique_ptr<RowSource> makeRowSource(
    std::string_view text, const Plan& plan, const ImportOptions& options) {
    const std::size_t begin = plan.opening.begin;
    if (isCsv(plan))
        return std::make_unique<CsvRows>(text, begin, plan.delimiter);
    if (plan.opening.container == "json array")
        return std::make_unique<JsonRows>(text, begin, JsonRows::Kind::Array);
    if (plan.opening.container == "json objects")
        return std::make_unique<JsonRows>(text, begin, JsonRows::Kind::Sequence);
    if (plan.opening.container == "jsonl")
        return std::make_unique<LineRows>(text, begin);
    return std::make_unique<TextRows>(text, begin, options.textUnit);
}

} // namespace assay::importing
