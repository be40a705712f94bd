#pragma once

#include "core/store/findings.h"
#include "core/store/project.h"

namespace assay {

/// The rows that a model is to be judged by, and what people call them.
struct HeldOutRows {
    SampleFilter filter;
    std::string name;
};

/// Runs all checks over the whole project and keeps what they found. Reads one moment of the
/// project; others can work in it meanwhile. Progress is in samples read, then rows written.
/// "cancelled" keeps what was found before. Leaks are looked for where held-out rows are named.
Result<Overview> checkProject(Project& project, const CheckOptions& given,
    const ProgressFunction& progress = {}, const StopToken& stop = {},
    const std::optional<HeldOutRows>& heldOut = {});

/// Tokenizer and template of a model folder; the template is chatml where the folder has none that
/// can be used. "text.no_tokenizer".
Result<CheckOptions> checkOptionsFor(
    const std::filesystem::path& modelFolder, const std::string& name, std::int64_t maxLength);

} // namespace assay
