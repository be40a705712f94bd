#include "core/job/data_snapshot.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/job/snapshot_sources.h"
#include "core/job/snapshot_writer.h"

namespace assay {

namespace fs = std::filesystem;

namespace {

constexpr const char* summaryName = "snapshot.json";

Json summaryToJson(const SnapshotSummary& summary) {
    Json json = {{"form", snapshotFormName(summary.form)}, {"rows", summary.rows},
        {"rejected", summary.rejected}, {"hash", summary.hash}, {"channels", Json::object()},
        {"sources", Json::array()}};
    for (const auto& [channel, rows] : summary.channels)
        json["channels"][channel] = rows;
    for (const SnapshotSource& source : summary.sources)
        json["sources"].push_back({{"path", source.path}, {"hash", source.hash},
            {"rows", source.rows}, {"rejected", source.rejected}});
    return json;
}

Result<std::vector<TokenId>> idsFrom(JsonReader& reader, const char* key) {
    std::vector<TokenId> ids;
    const Json* list = reader.required(key);
    if (list && list->is_array())
        for (const Json& id : *list)
            ids.push_back(id.is_number_integer() ? id.get<TokenId>() : 0);
    return ids;
}

Result<SnapshotRow> rowFromJson(const Json& json, SnapshotForm form, const std::string& place) {
    JsonReader reader(json, place);
    SnapshotRow row;
    reader.read("row", row.row);
    reader.read("id", row.id);
    reader.readOptional("channel", row.channel);
    if (form == SnapshotForm::Tokenized) {
        row.ids = *idsFrom(reader, "ids");
        row.labels = *idsFrom(reader, "labels");
    } else {
        reader.read("revision", row.revision);
    }
    if (form == SnapshotForm::Text)
        reader.read("text", row.sample.text.emplace());
    if (form == SnapshotForm::Rows)
        if (const Json* payload = reader.required("sample")) {
            auto sample = sampleFromJson(*payload, place);
            if (!sample)
                return forward(sample);
            row.sample = std::move(*sample);
        }
    reader.ignoreOthers();
    if (auto done = reader.finish(); !done)
        return forward(done);
    return row;
}

} // namespace

std::string_view snapshotFormName(SnapshotForm form) {
    switch (form) {
    case SnapshotForm::Rows:
        return "rows";
    case SnapshotForm::Text:
        return "text";
    case SnapshotForm::Tokenized:
        return "tokenized";
    }
    return "rows";
}

Result<SnapshotSummary> makeSnapshot(const TrainSpec& spec, const fs::path& dataFolder,
    const ProgressFunction& progress, StopToken stop) {
    SnapshotForm form = spec.kind == "pretrain" ? SnapshotForm::Text : SnapshotForm::Rows;
    if (!spec.data.tokenized.empty())
        form = SnapshotForm::Tokenized;
    if (auto made = makeFolder(dataFolder); !made)
        return forward(made);
    auto writer = SnapshotWriter::create(dataFolder, form);
    if (!writer)
        return forward(writer);
    if (spec.kind == "dpo")
        writer->takePairs();
    auto taken = takeSources(spec, *writer, progress, stop);
    if (!taken)
        return forward(taken);
    auto summary = writer->finish();
    if (!summary)
        return forward(summary);
    if (summary->rows == 0) {
        Error error("snapshot.no_rows", {{"rejected", std::to_string(summary->rejected)}});
        error.details = writer->firstProblems();
        return fail(std::move(error));
    }
    if (auto written = writeFileAtomically(
            dataFolder / summaryName, dumpJson(summaryToJson(*summary), 2) + "\n");
        !written)
        return forward(written);
    return summary;
}

Result<SnapshotSummary> readSnapshotSummary(const fs::path& dataFolder) {
    auto json = readJsonFile(dataFolder / summaryName);
    if (!json)
        return forward(json);
    const std::string place = (dataFolder / summaryName).string();
    JsonReader reader(*json, place);
    SnapshotSummary summary;
    std::string form;
    reader.read("form", form);
    bool known = false;
    for (const SnapshotForm candidate :
        {SnapshotForm::Rows, SnapshotForm::Text, SnapshotForm::Tokenized})
        if (form == snapshotFormName(candidate)) {
            summary.form = candidate;
            known = true;
        }
    if (!known)
        reader.report(
            Error("json.value", {{"key", "form"}, {"reason", "\"" + form + "\" is not known"}}));
    reader.read("rows", summary.rows);
    reader.read("rejected", summary.rejected);
    reader.read("hash", summary.hash);
    if (const Json* channels = reader.optional("channels"); channels && channels->is_object())
        for (const auto& [channel, rows] : channels->items())
            summary.channels[channel] = rows.is_number_integer() ? rows.get<std::int64_t>() : 0;
    if (const Json* sources = reader.optional("sources"); sources && sources->is_array())
        for (const Json& item : *sources) {
            SnapshotSource& source = summary.sources.emplace_back();
            JsonReader inner(item, place);
            inner.readOptional("path", source.path);
            inner.readOptional("hash", source.hash);
            inner.readOptional("rows", source.rows);
            inner.readOptional("rejected", source.rejected);
        }
    if (auto done = reader.finish(); !done)
        return forward(done);
    return summary;
}

Result<void> forEachSnapshotRow(const fs::path& dataFolder, const SnapshotSummary& summary,
    const std::function<Result<void>(SnapshotRow&&)>& use) {
    const fs::path path = snapshotFile(dataFolder, summary.form);
    auto mapped = MappedFile::open(path);
    if (!mapped)
        return forward(mapped);
    std::string_view rest = mapped->text();
    if (contentHash(rest) != summary.hash)
        return fail("snapshot.changed", {{"path", path.string()}});
    for (std::int64_t line = 1; !rest.empty(); ++line) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string place = path.string() + ":" + std::to_string(line);
        auto json = parseJson(rest.substr(0, end), place);
        if (!json)
            return forward(json);
        const auto byte = std::int64_t(mapped->text().size() - rest.size());
        rest.remove_prefix(std::min(end + 1, rest.size()));
        auto row = rowFromJson(*json, summary.form, place);
        if (!row)
            return forward(row);
        row->byte = byte;
        if (auto used = use(std::move(*row)); !used)
            return forward(used);
    }
    return {};
}

Result<SnapshotRow> snapshotRowAt(
    const fs::path& dataFolder, const SnapshotSummary& summary, std::int64_t byte) {
    const fs::path path = snapshotFile(dataFolder, summary.form);
    auto mapped = MappedFile::open(path);
    if (!mapped)
        return forward(mapped);
    const std::string place = path.string() + " byte " + std::to_string(byte);
    if (byte < 0 || std::size_t(byte) >= mapped->text().size())
        return fail("snapshot.changed", {{"path", path.string()}});
    const std::string_view rest = mapped->text().substr(std::size_t(byte));
    auto json = parseJson(rest.substr(0, std::min(rest.find('\n'), rest.size())), place);
    if (!json)
        return forward(json);
    auto row = rowFromJson(*json, summary.form, place);
    if (row)
        row->byte = byte;
    return row;
}

} // namespace assay
