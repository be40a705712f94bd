#include "ui/service/table_export.h"

#include "core/base/file.h"
#include "core/data/exporters/atomic_output.h"

#include <span>

namespace assay {

namespace {

std::string csvField(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string field = "\"";
    for (const char c : text)
        field += c == '"' ? std::string("\"\"") : std::string(1, c);
    return field + '"';
}

constexpr const char* csvHeader = "id,uid,last_query,answer,turns,channel,kind,characters,tokens,"
                                  "answer_tokens,loss,loss_model,loss_stale,status,rating,edited,"
                                  "tags,file,line\n";

std::string csvLine(const SampleRow& row) {
    std::string tags;
    for (const std::string& tag : row.tags)
        tags += (tags.empty() ? "" : ";") + tag;
    const auto number
        = [](const auto& value) { return value ? Json(*value).dump() : std::string(); };
    const std::string fields[] = {std::to_string(row.id), row.uid, row.lastPreview,
        row.answerPreview, std::to_string(row.turns), row.channel, std::string(kindName(row.kind)),
        std::to_string(row.chars()), number(row.tokens), number(row.answerTokens), number(row.loss),
        row.lossModel, row.loss ? (row.lossStale ? "true" : "false") : "",
        std::string(statusName(row.status)), number(row.rating), row.edited ? "true" : "false",
        tags, row.file, std::to_string(row.line)};
    std::string line;
    for (const std::string& field : fields)
        line += (&field == fields ? "" : ",") + csvField(field);
    return line + "\n";
}

} // namespace

Result<std::int64_t> writeTable(Project& project, const TableExport& what,
    const ProgressFunction& progress, const StopToken& stop) {
    auto ids = project.samples().ids(what.filter, what.order);
    if (!ids)
        return forward(ids);
    const bool json = what.file.extension() == ".json";
    auto out = exporting::AtomicOutput::create(what.file);
    if (!out)
        return forward(out);
    constexpr std::size_t page = 2000;
    const auto total = std::int64_t(ids->size());
    std::string text = json ? "[" : csvHeader;
    bool first = true;
    for (std::size_t begin = 0; begin < ids->size(); begin += page) {
        if (stop.stop_requested())
            return fail("cancelled");
        auto rows = project.samples().rows(
            std::span(*ids).subspan(begin, std::min(page, ids->size() - begin)));
        if (!rows)
            return forward(rows);
        for (const SampleRow& row : *rows) {
            if (json)
                text += (first ? "\n" : ",\n") + dumpJson(sampleRowToJson(row));
            else
                text += csvLine(row);
            first = false;
        }
        if (auto written = out->write(text); !written)
            return forward(written);
        text.clear();
        if (progress)
            progress({std::int64_t(begin), total});
    }
    if (json)
        text += "\n]\n";
    if (auto written = out->write(text); !written)
        return forward(written);
    if (auto finished = out->commit(); !finished)
        return forward(finished);
    return total;
}

Result<void> writeTableAtOnce(const std::filesystem::path& folder, const TableExport& what) {
    auto project = Project::open(folder, OpenMode::ReadOnly);
    if (!project)
        return forward(project);
    auto count = project->samples().count(what.filter);
    if (!count)
        return forward(count);
    if (*count > mostRowsAtOnce)
        return fail("window.long_table", {{"count", std::to_string(*count)}});
    auto written = writeTable(*project, what);
    if (!written)
        return forward(written);
    return {};
}

} // namespace assay
