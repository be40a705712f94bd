#pragma once

#include "core/text/tokenizer.h"

#include <vector>

namespace assay {

/// The bytes of the text as it was written that a byte of changed text stands for.
struct Origin {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

/// A stretch of text on its way to the ids, which still knows the bytes it came from.
struct TextView {
    std::string_view text;
    /// One for each byte of `text`; null where the text is as it was written and begins at `base`.
    const Origin* origin = nullptr;
    std::uint32_t base = 0;

    TextView part(std::size_t begin, std::size_t size) const {
        return {text.substr(begin, size), origin ? origin + begin : nullptr,
            base + std::uint32_t(begin)};
    }
    Origin originAt(std::size_t byte) const {
        if (origin)
            return origin[byte];
        return {base + std::uint32_t(byte), base + std::uint32_t(byte) + 1};
    }
    /// The written bytes of [begin, end).
    ByteRange written(std::size_t begin, std::size_t end) const {
        if (!origin)
            return {base + std::int64_t(begin), base + std::int64_t(end)};
        if (begin == end)
            return {origin[begin].begin, origin[begin].begin};
        return {origin[begin].begin, origin[end - 1].end};
    }
};

/// Changed text with its origins.
class AlignedText {
public:
    /// Bytes that stand for themselves.
    void append(const TextView& view) {
        m_text += view.text;
        for (std::size_t i = 0; i < view.text.size(); ++i)
            m_origin.push_back(view.originAt(i));
    }
    /// `text` in place of all of `view`; for an insertion `view` is empty and `at` says where.
    void append(std::string_view text, Origin at) {
        m_text += text;
        m_origin.insert(m_origin.end(), text.size(), at);
    }
    TextView view() const { return {m_text, m_origin.data(), 0}; }
    const std::string& text() const { return m_text; }

private:
    std::string m_text;
    std::vector<Origin> m_origin;
};

/// The written bytes of all of `view`; an empty one has an empty place.
inline Origin wholeOf(const TextView& view) {
    if (view.text.empty())
        return {view.base, view.base};
    return {view.originAt(0).begin, view.originAt(view.text.size() - 1).end};
}

/// The place in front of the first byte, for what nobody wrote.
inline Origin frontOf(const TextView& view) {
    const std::uint32_t at = view.text.empty() ? view.base : view.originAt(0).begin;
    return {at, at};
}

} // namespace assay
