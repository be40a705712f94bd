#include "core/text/pipeline_tokenizer.h"

#include "core/base/utf8.h"
#include "core/text/byte_ranges.h"
#include "core/text/split/char_class.h"

#include <simdjson.h>

namespace assay {

namespace {

std::vector<PieceToken>& scratchTokens() {
    static thread_local std::vector<PieceToken> tokens;
    tokens.clear();
    return tokens;
}

void append(const std::vector<PieceToken>& tokens, const TextView& word, Encoding& encoding) {
    std::size_t at = 0;
    for (const PieceToken& token : tokens) {
        encoding.ids.push_back(token.id);
        encoding.ranges.push_back(word.written(at, at + token.bytes));
        at += token.bytes;
    }
}

} // namespace

PipelineTokenizer::PipelineTokenizer(PipelineParts parts)
    : m_parts(std::move(parts)) {
    m_ids.reserve(m_parts.tokens.size());
    for (const AddedTokenRule& rule : m_parts.added) {
        m_ids.add(rule.content, rule.id); // an added token owns its spelling
        if (rule.special) {
            m_controls.push_back({rule.id, rule.content, rule.stripLeft, rule.stripRight});
            continue; // never found in data
        }
        if (!rule.normalised || m_parts.normaliser.empty()) {
            m_written.add(rule);
            continue;
        }
        std::deque<AlignedText> storage;
        AddedTokenRule changed = rule;
        changed.content
            = std::string(m_parts.normaliser.run({rule.content, nullptr, 0}, false, storage).text);
        m_normalised.add(changed);
    }
    for (std::size_t id = 0; id < m_parts.tokens.size(); ++id)
        if (!m_parts.tokens[id].piece.empty())
            m_ids.add(m_parts.tokens[id].piece, TokenId(id));
}

Encoding PipelineTokenizer::encodeFrom(std::string_view text, bool continues) const {
    Encoding encoding;
    encoding.ids.reserve(text.size() / 4 + 4);
    encoding.ranges.reserve(text.size() / 4 + 4);
    if (simdjson::validate_utf8(text.data(), text.size())) {
        appendStretch({text, nullptr, 0}, continues, encoding);
    } else {
        std::size_t stretch = 0;
        std::size_t at = 0;
        const auto flush = [&] {
            if (at > stretch)
                appendStretch({text.substr(stretch, at - stretch), nullptr, std::uint32_t(stretch)},
                    continues || stretch > 0, encoding);
        };
        while (at < text.size()) {
            const std::size_t length = utf8SequenceLength(text.substr(at));
            if (length == 0) {
                flush();
                appendInvalid(text, at, encoding);
                stretch = ++at;
            } else {
                at += length;
            }
        }
        flush();
    }
    closeGaps(encoding.ranges, std::int64_t(text.size()));
    return encoding;
}

void PipelineTokenizer::appendInvalid(
    std::string_view text, std::size_t at, Encoding& encoding) const {
    std::vector<PieceToken>& tokens = scratchTokens();
    if (m_parts.takesBytes)
        m_parts.model->encode(text.substr(at, 1), tokens);
    else
        m_parts.unknown.append(text.substr(at, 1), tokens);
    append(tokens, {text.substr(at, 1), nullptr, std::uint32_t(at)}, encoding);
}

void PipelineTokenizer::appendStretch(
    const TextView& text, bool continues, Encoding& encoding) const {
    std::size_t at = 0;
    for (const AddedMatch& match : m_written.find(text.text)) {
        appendSegment(text.part(at, match.begin - at), continues && at == 0, encoding);
        encoding.ids.push_back(match.id);
        encoding.ranges.push_back(text.written(match.begin, match.end));
        at = match.end;
    }
    appendSegment(text.part(at, text.text.size() - at), continues && at == 0, encoding);
}

void PipelineTokenizer::appendSegment(
    const TextView& text, bool continues, Encoding& encoding) const {
    if (text.text.empty())
        return;
    const SplitPlace place{continues, text.base};
    if (m_parts.normaliser.empty()) {
        appendWords(text, place, encoding);
        return;
    }
    std::deque<AlignedText> storage;
    const TextView changed = m_parts.normaliser.run(text, continues, storage);
    std::size_t at = 0;
    for (const AddedMatch& match : m_normalised.find(changed.text)) {
        appendWords(changed.part(at, match.begin - at), place, encoding);
        encoding.ids.push_back(match.id);
        encoding.ranges.push_back(changed.written(match.begin, match.end));
        at = match.end;
    }
    appendWords(changed.part(at, changed.text.size() - at), place, encoding);
}

void PipelineTokenizer::appendWords(
    const TextView& text, const SplitPlace& place, Encoding& encoding) const {
    if (const GptPattern* pattern = m_parts.preTokenizer.onlyPattern()) {
        const std::uint8_t* classes = charClasses();
        const char* const begin = text.text.data();
        const char* const end = begin + text.text.size();
        for (const char* at = begin; at < end;) {
            const char* next = gptWordEnd(*pattern, classes, at, end);
            appendWord(text.part(std::size_t(at - begin), std::size_t(next - at)), encoding);
            at = next;
        }
        return;
    }
    m_parts.preTokenizer.split(
        text, place, [&](const TextView& word) { appendWord(word, encoding); });
}

void PipelineTokenizer::appendWord(const TextView& word, Encoding& encoding) const {
    if (word.text.empty())
        return;
    std::vector<PieceToken>& tokens = scratchTokens();
    m_parts.model->encode(word.text, tokens);
    append(tokens, word, encoding);
}

std::string PipelineTokenizer::bytesOf(TokenId id) const {
    return knows(id) ? m_parts.tokens[std::size_t(id)].bytes : std::string();
}

std::string PipelineTokenizer::piece(TokenId id) const {
    return knows(id) ? m_parts.tokens[std::size_t(id)].piece : std::string();
}

bool PipelineTokenizer::isControl(TokenId id) const {
    return knows(id) && m_parts.tokens[std::size_t(id)].control;
}

std::string PipelineTokenizer::decode(std::span<const TokenId> ids) const {
    std::string text;
    for (const TokenId id : ids)
        if (knows(id))
            text += m_parts.tokens[std::size_t(id)].bytes;
    if (m_parts.dropsSpaceAtStart && text.starts_with(' '))
        text.erase(0, 1);
    return text;
}

} // namespace assay
