#include "core/base/parallel.h"

#include <algorithm>
#include <omp.h>

namespace assay {

void parallelFor(std::int64_t begin, std::int64_t end, std::int64_t grain,
    const std::function<void(std::int64_t, std::int64_t)>& body) {
    const std::int64_t count = end - begin;
    if (count <= 0)
        return;
    const std::int64_t pieces
        = std::min<std::int64_t>(omp_in_parallel() ? 1 : omp_get_max_threads(),
            std::max<std::int64_t>(1, count / std::max<std::int64_t>(1, grain)));
    if (pieces == 1) {
        body(begin, end);
        return;
    }
#pragma omp parallel for schedule(static, 1) num_threads(int(pieces))
    for (std::int64_t piece = 0; piece < pieces; ++piece)
        body(begin + count * piece / pieces, begin + count * (piece + 1) / pieces);
}

void parallelTasks(std::int64_t count, const std::function<void(std::int64_t)>& body) {
    if (count <= 0)
        return;
    if (count == 1 || omp_in_parallel()) {
        for (std::int64_t i = 0; i < count; ++i)
            body(i);
        return;
    }
#pragma omp parallel for schedule(dynamic, 1)
    for (std::int64_t i = 0; i < count; ++i)
        body(i);
}

void setThreadCount(int threads) {
    omp_set_num_threads(threads > 0 ? threads : omp_get_num_procs());
}

int threadCount() {
    return omp_get_max_threads();
}

} // namespace assay
