#pragma once

#include "core/base/file.h"
#include "core/base/json.h"

#include <filesystem>
#include <functional>

namespace assay {

/// Calls `take` for every line of a JSONL file that is not empty, with the parsed line or what is
/// wrong with it (where: file:line) and the line's number. An error that `take` returns ends the
/// walk. Line ends may be LF or CRLF; a byte order mark at the start is skipped.
Result<void> forEachJsonLine(const std::filesystem::path& file,
    const std::function<Result<void>(Result<Json> line, std::int64_t number)>& take);

/// Lines that are written one after another and take the file's name when all are there: what
/// stood there before stays until then, and a cancelled run leaves what it has in FILE.partial.
class JsonLinesWriter {
public:
    static Result<JsonLinesWriter> open(const std::filesystem::path& file);
    Result<void> append(const Json& line);
    Result<void> finish();

private:
    std::filesystem::path m_target;
    AppendFile m_file;
};

} // namespace assay
