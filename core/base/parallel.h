#pragma once

#include <cstdint>
#include <functional>

namespace assay {

/// Splits [begin, end) into contiguous ranges of at least `grain` and runs them on the machine's
/// threads (OpenMP, the runtime that libtorch uses too). The body must not throw.
void parallelFor(std::int64_t begin, std::int64_t end, std::int64_t grain,
    const std::function<void(std::int64_t, std::int64_t)>& body);

/// Runs body(0) .. body(count - 1) in any order, each as soon as a thread is free: for tasks of
/// unequal size whose outputs do not touch. The body must not throw.
void parallelTasks(std::int64_t count, const std::function<void(std::int64_t)>& body);

/// How many threads the two above use; 0 means all of the machine's.
void setThreadCount(int threads);
int threadCount();

} // namespace assay
