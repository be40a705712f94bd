#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <cstdint>
#include <filesystem>

namespace assay {

struct DemoOptions {
    std::filesystem::path out;
    /// A Hugging Face folder to fine-tune in place of the base that the journey pre-trains itself.
    std::filesystem::path model;
    /// Rows to fine-tune on; with `model`.
    std::filesystem::path data;
    std::string chatTemplate; ///< for that model; empty: its own, or alpaca where it has none
    std::uint64_t seed = 7;
    bool quick = false; ///< a few steps of training only: everything runs, nothing is learnt
};

/// From data to report: import, pre-train, fine-tune, ask, score, find the onset and the rows that
/// taught it. Leaves a project and an HTML page in `out`; what an earlier journey left there is
/// replaced.
Result<void> runDemo(const DemoOptions& options, StopToken stop);

} // namespace assay
