#pragma once

#include "core/job/foreign_log.h"

namespace assay {

/// The readers behind `openLog`: a job folder, event files (a file, or a folder of them), logs of
/// one JSON object a line, and documents that are written anew as a whole.
std::unique_ptr<LogReader> openJobLog(const std::filesystem::path& folder);
std::unique_ptr<LogReader> openTensorBoardLog(const std::filesystem::path& path);
std::unique_ptr<LogReader> openLineLog(LogKind kind, const std::filesystem::path& path);
std::unique_ptr<LogReader> openWholeLog(LogKind kind, const std::filesystem::path& path);

/// adapter_config.json and the totals that trainers leave beside a log, as far as they are there.
std::vector<RunParameter> parametersBeside(const std::filesystem::path& log);

} // namespace assay
