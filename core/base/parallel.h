#pragma once

#include <cstdint>
#include <functional>

namespace assay {

/// Splits [begin, end) into contiguous ranges of at least `grain` and runs them on the machine's threads
/// (OpenMP, the runtime that libtorch uses too). The body must not throw.
void parallelFor(std::int64_t begin, std::int64_t end, std::int64_t grain,
    const std::function<void(std::int64_t, std::int64_t)>& body);

} // namespace assay
