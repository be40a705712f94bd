#pragma once

#include "core/analysis/run_log.h"
#include "core/base/json.h"

namespace assay {

/// Adds one line of a job's metrics.jsonl: its place, and every other number under its key; those
/// inside an object (channel_loss, ..) as "key/name". A line that is no object adds nothing.
void addMetricsLine(RunLog& log, const Json& line);

/// The elapsed time that other trainers write: "0:32:48", "9 days, 21:39:23", "1d 2h 3m 4s", "8s".
/// NaN where it is none of these.
double secondsFromText(std::string_view text);

/// JSON as Python writes it: bare NaN, Infinity and -Infinity become the strings that metricNumber
/// reads. Text inside strings is left alone.
std::string withQuotedNonFinite(std::string_view text);

} // namespace assay
