#pragma once

#include "core/base/json.h"

#include <cstddef>
#include <mutex>
#include <string>

namespace assay {

/// Reads lines from a descriptor; one thread.
class LineReader {
public:
    enum class Outcome { Line, TooLong, End };

    LineReader(int descriptor, std::size_t limit)
        : m_descriptor(descriptor)
        , m_limit(limit) { }

    /// Waits for the next line and stores it without its newline. A longer line than the limit is
    /// read to its end and dropped. A last line without newline counts.
    Outcome next(std::string& line);

private:
    bool fill();

    int m_descriptor;
    std::size_t m_limit;
    std::string m_buffer;
    std::size_t m_at = 0;
    bool m_ended = false;
};

/// Writes whole lines, from any thread, never interleaved.
class LineWriter {
public:
    LineWriter(int descriptor, std::size_t limit)
        : m_descriptor(descriptor)
        , m_limit(limit) { }

    std::size_t limit() const { return m_limit; }
    /// `line` without newline; the caller has checked its length. False once the reader has gone.
    bool write(std::string line);

private:
    const int m_descriptor;
    const std::size_t m_limit;
    std::mutex m_mutex;
    bool m_broken = false;
};

} // namespace assay
