#include "core/store/hybrid_clock.h"

#include <chrono>
#include <string>

namespace assay {

HybridTime HybridClock::tick(std::int64_t wallMilliseconds) {
    if (wallMilliseconds > m_last.milliseconds())
        m_last = HybridTime::of(wallMilliseconds, 0);
    else
        // The counter's overflow carries into the milliseconds: still strictly greater.
        m_last.packed += 1;
    return m_last;
}

Result<void> HybridClock::observe(
    HybridTime remote, std::int64_t wallMilliseconds, std::int64_t allowedAheadMs) {
    const std::int64_t ahead = remote.milliseconds() - wallMilliseconds;
    if (ahead > allowedAheadMs)
        return fail("store.clock_ahead", {{"seconds", std::to_string(ahead / 1000)}});
    if (remote > m_last)
        m_last = remote;
    return {};
}

std::int64_t wallClockMs() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

} // namespace assay
