#pragma once

#include "core/base/result.h"

#include <compare>
#include <cstdint>

namespace assay {

/// A reading of a hybrid logical clock: 48 bits of milliseconds since 1970 (UTC) and a 16-bit
/// counter, packed so that comparing the integers compares the readings.
struct HybridTime {
    std::int64_t packed = 0;

    static HybridTime of(std::int64_t milliseconds, std::int64_t counter) {
        return {(milliseconds << 16) | counter};
    }
    std::int64_t milliseconds() const { return packed >> 16; }
    std::int64_t counter() const { return packed & 0xffff; }
    auto operator<=>(const HybridTime&) const = default;
};

/// Hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014): readings follow the
/// wall clock as long as it runs forward, and still grow strictly when it stands still or is set
/// back.
class HybridClock {
public:
    explicit HybridClock(HybridTime last = {})
        : m_last(last) { }

    /// The reading for a new local event; greater than every earlier one.
    HybridTime tick(std::int64_t wallMilliseconds);

    /// Takes in a reading from elsewhere, so that the next tick is greater than it. A reading more
    /// than `allowedAheadMs` in the future is refused ("store.clock_ahead"): one wrong clock would
    /// otherwise drag all others along for good.
    Result<void> observe(HybridTime remote, std::int64_t wallMilliseconds,
        std::int64_t allowedAheadMs = 24 * 3600 * 1000);

    HybridTime last() const { return m_last; }

private:
    HybridTime m_last;
};

/// Milliseconds since 1970, UTC.
std::int64_t wallClockMs();

} // namespace assay
