#pragma once

#include "core/analysis/json_break.h"
#include "core/base/progress.h"

#include <filesystem>
#include <functional>

namespace assay {

struct JsonBreakFileOptions {
    JsonBreakOptions how;
    std::string templateName;
};

/// Reads answers line by line: a text, or an object with `answer` (also `response`, `output`,
/// `completion` or `text`), optional `id`, optional `ended` or `finish_reason`, and, where a model
/// is asked, `prompt`, `ids` or `messages`. Hands out one record a line, {"line", "id", outcome,
/// byte, ..}; a line that cannot be read becomes {"line", "error"} and the rest goes on. Returns
/// the summary: answers, errors, how many of each outcome, share that is valid, mean P_valid at the
/// breaks, how many a repair made valid. `model` may be null.
Result<Json> findJsonBreaks(ModelUnderTest* model, const std::filesystem::path& input,
    const JsonBreakFileOptions& options,
    const std::function<Result<void>(const Json& record)>& write, StopToken stop,
    const ProgressFunction& progress);

} // namespace assay
