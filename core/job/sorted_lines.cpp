#include "core/job/sorted_lines.h"

#include "core/base/file.h"

#include <fstream>

namespace assay {

namespace {

/// Reads the whole line that begins at or after `offset` (which may stand inside a line); false at
/// the end. `begin` and `end` become its bytes, the line's end included.
bool lineFrom(std::ifstream& file, std::int64_t offset, std::int64_t& begin, std::int64_t& end,
    std::string& line) {
    file.clear();
    begin = 0;
    if (offset > 0) {
        file.seekg(offset - 1);
        std::string rest;
        if (!std::getline(file, rest) || file.eof())
            return false;
        begin = offset + std::int64_t(rest.size());
    } else {
        file.seekg(0);
    }
    if (!std::getline(file, line) || file.eof())
        return false;
    end = begin + std::int64_t(line.size()) + 1;
    return true;
}

} // namespace

Result<std::vector<Json>> linesWhere(
    const std::filesystem::path& path, const char* key, std::int64_t value, std::size_t limit) {
    std::vector<Json> found;
    std::error_code code;
    const auto size = std::filesystem::file_size(path, code);
    if (code)
        return found;
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail("file.open", {{"path", path.string()}, {"reason", errnoText(errno)}});
    // The first line whose number is not below the one wanted begins in [low, high].
    std::int64_t low = 0;
    auto high = std::int64_t(size);
    std::int64_t begin = 0;
    std::int64_t end = 0;
    std::string line;
    while (low < high) {
        const std::int64_t middle = low + (high - low) / 2;
        if (!lineFrom(file, middle, begin, end, line) || begin >= high) {
            high = middle;
            continue;
        }
        auto json = parseJson(line, path.string());
        if (!json)
            return forward(json);
        if (json->value(key, std::int64_t(-1)) < value)
            low = end;
        else
            high = middle;
    }
    for (std::int64_t at = low; found.size() < limit && lineFrom(file, at, begin, end, line);
         at = end) {
        auto json = parseJson(line, path.string());
        if (!json)
            return forward(json);
        if (json->value(key, std::int64_t(-1)) != value)
            break;
        found.push_back(std::move(*json));
    }
    return found;
}

} // namespace assay
