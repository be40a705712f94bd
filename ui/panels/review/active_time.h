#pragma once

#include <QtGlobal>

#include <algorithm>

namespace assay {

/// Time at work on one sample: from one sign of life (a key, a click, the wheel) to the next, with
/// longer pauses left out.
class ActiveTime {
public:
    /// A pause of more than this counts as so long: people read.
    static constexpr qint64 longestPauseMs = 30'000;

    void start(qint64 nowMs) {
        m_sum = 0;
        m_last = nowMs;
    }
    void touch(qint64 nowMs) {
        m_sum += std::clamp<qint64>(nowMs - m_last, 0, longestPauseMs);
        m_last = nowMs;
    }
    /// The time so far; counting begins anew.
    qint64 take(qint64 nowMs) {
        touch(nowMs);
        const qint64 sum = m_sum;
        m_sum = 0;
        return sum;
    }

private:
    qint64 m_sum = 0;
    qint64 m_last = 0;
};

} // namespace assay
