#include "core/analysis/generated_text.h"

#include <algorithm>

namespace assay {

namespace {

bool hasText(const Tokenizer& tokenizer, std::span<const TokenId> ids) {
    return std::ranges::any_of(ids, [&](TokenId id) { return !tokenizer.bytesOf(id).empty(); });
}

/// Length of the longest end of `text` that begins `stop`, without being all of it.
std::size_t stopTail(std::string_view text, std::string_view stop) {
    for (std::size_t length = std::min(text.size(), stop.size() - 1); length > 0; --length)
        if (stop.starts_with(text.substr(text.size() - length)))
            return length;
    return 0;
}

} // namespace

GeneratedText::GeneratedText(std::shared_ptr<const Tokenizer> tokenizer,
    std::span<const TokenId> prompt, std::vector<std::string> stopStrings)
    : m_tokenizer(std::move(tokenizer))
    , m_characters(*m_tokenizer, !hasText(*m_tokenizer, prompt))
    , m_stopStrings(std::move(stopStrings)) {
    std::erase(m_stopStrings, std::string());
}

std::string GeneratedText::add(TokenId id) {
    if (m_stopped)
        return {};
    m_held += m_characters.push(id);
    return release(false);
}

std::string GeneratedText::finish() {
    if (m_stopped)
        return {};
    m_held += m_characters.finish();
    return release(true);
}

std::string GeneratedText::release(bool all) {
    std::size_t end = m_held.size();
    for (const std::string& stop : m_stopStrings)
        if (const std::size_t at = m_held.find(stop); at < end) {
            end = at;
            m_stopped = true;
        }
    if (!m_stopped && !all) {
        std::size_t back = 0;
        for (const std::string& stop : m_stopStrings)
            back = std::max(back, stopTail(m_held, stop));
        end -= back;
        // A stop string that is not valid UTF-8 by itself is nothing a text could contain, so `end`
        // lies between characters.
    }
    std::string text = m_held.substr(0, end);
    m_held.erase(0, m_stopped ? m_held.size() : end);
    return text;
}

} // namespace assay
