#pragma once

#include "core/base/json.h"

#include <filesystem>
#include <vector>

namespace assay {

/// The lines of a JSONL file whose integer under `key` is `value`, in file order, at most `limit`
/// of them. The lines must ascend in that number (as samples.jsonl does in "step" and rows.jsonl in
/// "row"), so that a few dozen of them are read of a file of any size. A file that does not exist
/// has none; a line that is not whole yet is left out.
Result<std::vector<Json>> linesWhere(const std::filesystem::path& file, const char* key,
    std::int64_t value, std::size_t limit = std::size_t(-1));

} // namespace assay
