#pragma once

#include "core/analysis/report.h"
#include "core/base/result.h"
#include "core/store/project.h"

namespace assay {

/// Lists the training rows that may have taught the report's wrong answer: those among
/// `trainingRows` whose answer has all wrong words, and that have a content word of the prompt
/// anywhere. Where no row has all the wrong words, any of them will do, best match first. `keep`
/// rows go into the report, the rest is counted. Does nothing when the report has no wrong words.
Result<void> findTeachingRows(
    Project& project, const SampleFilter& trainingRows, std::int64_t keep, Report& report);

} // namespace assay
