#include "core/analysis/json_lines.h"

namespace assay {

Result<void> forEachJsonLine(const std::filesystem::path& file,
    const std::function<Result<void>(Result<Json> line, std::int64_t number)>& take) {
    auto mapped = MappedFile::open(file);
    if (!mapped)
        return forward(mapped);
    std::string_view rest = mapped->text();
    if (rest.starts_with("\xEF\xBB\xBF"))
        rest.remove_prefix(3);
    for (std::int64_t number = 1; !rest.empty(); ++number) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        const std::string place = file.string() + ":" + std::to_string(number);
        auto json = parseJson(line, place);
        if (!json)
            json.error().where = place; // the parser's own line is always 1 here
        if (auto done = take(std::move(json), number); !done)
            return done;
    }
    return {};
}

Result<JsonLinesWriter> JsonLinesWriter::open(const std::filesystem::path& file) {
    JsonLinesWriter writer;
    writer.m_target = file;
    std::filesystem::path partial = file;
    partial += ".partial";
    auto opened = AppendFile::open(partial, 0);
    if (!opened)
        return forward(opened);
    writer.m_file = std::move(*opened);
    return writer;
}

Result<void> JsonLinesWriter::append(const Json& line) {
    return m_file.append(dumpJson(line) + "\n");
}

Result<void> JsonLinesWriter::finish() {
    if (auto synced = m_file.sync(); !synced)
        return synced;
    std::error_code failed;
    std::filesystem::rename(m_file.path(), m_target, failed);
    if (failed)
        return fail("file.write", {{"path", m_target.string()}, {"reason", failed.message()}});
    return syncFolder(
        m_target.has_parent_path() ? m_target.parent_path() : std::filesystem::path("."));
}

} // namespace assay
