#pragma once

#include "core/analysis/onset_case.h"
#include "core/base/progress.h"

#include <filesystem>

namespace assay {

struct OnsetFileOptions {
    OnsetOptions rules;
    std::string templateName; ///< in place of the model's own
    /// For cases that name none.
    std::optional<Grader> grader;
};

/// Applies the rules to every case of a JSONL file and writes one result a line, in the same order;
/// a line that is no case, or that the model cannot take, becomes {"line":n,"error":{..}} and the
/// rest goes on. Returns a summary: cases, errors, how many of each label, and histograms of where
/// answers depart (R1): by token, and by tenths of the reference's length.
Result<Json> findOnsets(ModelUnderTest& model, const std::filesystem::path& input,
    const std::filesystem::path& output, const OnsetFileOptions& options, StopToken stop,
    const ProgressFunction& progress);

/// Counts for a histogram: 0, 1, 2, 3-4, 5-8, 9-16, .. as [{"from":3,"to":4,"count":n}].
Json doublingHistogram(const std::vector<std::size_t>& values);

} // namespace assay
