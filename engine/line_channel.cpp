#include "engine/line_channel.h"

#include <cerrno>
#include <unistd.h>

namespace assay {

bool LineReader::fill() {
    if (m_ended)
        return false;
    m_buffer.erase(0, m_at);
    m_at = 0;
    char bytes[65536];
    ssize_t count = 0;
    do
        count = ::read(m_descriptor, bytes, sizeof bytes);
    while (count < 0 && errno == EINTR);
    if (count <= 0) {
        m_ended = true;
        return false;
    }
    m_buffer.append(bytes, std::size_t(count));
    return true;
}

LineReader::Outcome LineReader::next(std::string& line) {
    line.clear();
    bool tooLong = false;
    for (;;) {
        const std::size_t newline = m_buffer.find('\n', m_at);
        const std::size_t end = newline == std::string::npos ? m_buffer.size() : newline;
        if (!tooLong)
            line.append(m_buffer, m_at, end - m_at);
        if (line.size() > m_limit) {
            tooLong = true;
            line.clear();
        }
        m_at = newline == std::string::npos ? end : end + 1;
        if (newline != std::string::npos)
            return tooLong ? Outcome::TooLong : Outcome::Line;
        if (!fill())
            return tooLong ? Outcome::TooLong : line.empty() ? Outcome::End : Outcome::Line;
    }
}

bool LineWriter::write(std::string line) {
    line += '\n';
    const std::lock_guard lock(m_mutex);
    for (std::size_t at = 0; at < line.size() && !m_broken;) {
        const ssize_t count = ::write(m_descriptor, line.data() + at, line.size() - at);
        if (count >= 0)
            at += std::size_t(count);
        else if (errno != EINTR)
            m_broken = true;
    }
    return !m_broken;
}

} // namespace assay
