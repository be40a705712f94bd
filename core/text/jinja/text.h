#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::jinja {

/// Who wrote a stretch of text: the template itself, or the data of a message (its number).
constexpr std::int32_t fromTemplate = -1;
/// Data that belongs to no message, such as the definitions of tools.
constexpr std::int32_t fromOtherData = -2;

/// Text that remembers who wrote which of its bytes.
class Text {
public:
    struct Run {
        std::size_t end = 0;
        std::int32_t source = fromTemplate;
    };

    Text() = default;
    explicit Text(std::string bytes, std::int32_t source = fromTemplate) { append(bytes, source); }

    const std::string& bytes() const { return m_bytes; }
    const std::vector<Run>& runs() const { return m_runs; }
    std::size_t size() const { return m_bytes.size(); }
    bool empty() const { return m_bytes.empty(); }

    void append(std::string_view bytes, std::int32_t source) {
        if (bytes.empty())
            return;
        m_bytes += bytes;
        if (!m_runs.empty() && m_runs.back().source == source)
            m_runs.back().end = m_bytes.size();
        else
            m_runs.push_back({m_bytes.size(), source});
    }
    void append(const Text& other) { append(other, 0, other.size()); }
    void append(const Text& other, std::size_t begin, std::size_t end) {
        for (std::size_t i = 0, at = 0; i < other.m_runs.size() && at < end; ++i) {
            const std::size_t from = at > begin ? at : begin;
            const std::size_t to = other.m_runs[i].end < end ? other.m_runs[i].end : end;
            if (from < to)
                append(std::string_view(other.m_bytes).substr(from, to - from),
                    other.m_runs[i].source);
            at = other.m_runs[i].end;
        }
    }
    Text part(std::size_t begin, std::size_t end) const {
        Text text;
        text.append(*this, begin, end);
        return text;
    }
    /// Who wrote the byte; where several did, a text made of all of it takes the first that is
    /// data.
    std::int32_t sourceAt(std::size_t byte) const {
        for (const Run& run : m_runs)
            if (byte < run.end)
                return run.source;
        return fromTemplate;
    }
    std::int32_t mainSource() const {
        for (const Run& run : m_runs)
            if (run.source != fromTemplate)
                return run.source;
        return fromTemplate;
    }

private:
    std::string m_bytes;
    std::vector<Run> m_runs;
};

} // namespace assay::jinja
