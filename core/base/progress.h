#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>

namespace assay {

/// How far a long task is. `total` < 0 when it is not known.
struct Progress {
    std::int64_t done = 0;
    std::int64_t total = -1;
};

/// Called on the thread that does the work, not more often than it wishes to report; may be empty.
using ProgressFunction = std::function<void(const Progress&)>;

using StopToken = std::stop_token;

} // namespace assay
