#pragma once

#include "core/analysis/model_input.h"
#include "core/base/progress.h"

#include <filesystem>

namespace assay {

/// What a JSONL file of texts to be scored holds.
struct ScoreFileLines {
    std::int64_t count = 0; ///< without empty lines
    /// Some line has messages, so a template will be needed.
    bool messages = false;
};

/// Reads every line of `{"ids": [..]}`, `{"text": ".."}` or `{"messages": [..]}` before anything is
/// loaded or written. The error collects the places of what is wrong; other keys are allowed.
Result<ScoreFileLines> checkScoreFile(const std::filesystem::path& input);

struct ScoreFileOptions {
    int topK = 0;
    /// Names a template in place of the model's own.
    std::string templateName;
};

/// Scores line by line and writes one record a line, in the same order. The lines go to
/// `OUTPUT.partial`, each written whole, which takes the output's name when all are done: what
/// stood there before stays until then, and a cancelled run leaves what it has in the partial file.
/// `progress` counts lines.
Result<void> scoreFile(ModelUnderTest& model, const std::filesystem::path& input,
    const std::filesystem::path& output, const ScoreFileOptions& options, StopToken stop,
    const ProgressFunction& progress);

} // namespace assay
