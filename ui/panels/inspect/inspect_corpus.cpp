#include "core/base/utf8.h"
#include "ui/common/token_strip/token_strip.h"
#include "ui/panels/inspect/data_card.h"
#include "ui/panels/inspect/inspect_panel.h"

#include <algorithm>

namespace assay {

namespace {

/// The text of tokens [begin, end) as the training text has it: without the template's frame, a
/// line break between messages.
std::string spelled(const ScoreRecord& record, int begin, int end) {
    std::string text;
    int message = -1;
    for (int i = begin; i < end; ++i) {
        const ScoreRecord::Token& token = record.tokens[std::size_t(i)];
        if (token.frame || token.control)
            continue;
        if (!text.empty() && token.message != message)
            text += '\n';
        message = token.message;
        text += token.bytes;
    }
    return text;
}

} // namespace

void InspectPanel::showInData(int token) {
    const ScoreRecord* record = m_text->record();
    if (!record || token < 0 || token >= int(record->tokens.size())
        || record->tokens[std::size_t(token)].frame)
        return m_data->showNothing();
    // A character may take several tokens; they are asked about together.
    int begin = token;
    while (begin > 0 && !isValidUtf8(spelled(*record, std::max(0, begin - 200), begin)))
        --begin;
    int end = token + 1;
    while (end < int(record->tokens.size()) && !isValidUtf8(spelled(*record, begin, end)))
        ++end;
    std::string context = spelled(*record, std::max(0, begin - 200), begin);
    // The first words of another turn follow a line break.
    const auto& first = record->tokens[std::size_t(begin)];
    for (int i = begin - 1; i >= 0; --i) {
        const auto& before = record->tokens[std::size_t(i)];
        if (before.frame || before.control)
            continue;
        if (before.message != first.message)
            context += '\n';
        break;
    }
    m_data->showToken(context, spelled(*record, begin, end));
}

void InspectPanel::markVerbatim() {
    const ScoreRecord* record = m_text->record();
    if (!record || m_corpus->state() != CorpusAccess::State::Ready || m_text->isGenerating()) {
        m_spansOf.clear();
        return m_strip->setVerbatim({});
    }
    // The answers, or the whole of a plain text.
    const bool answers = std::ranges::any_of(
        record->tokens, [](const ScoreRecord::Token& token) { return token.answer; });
    std::string text;
    std::vector<std::pair<std::int64_t, int>> begins; // byte at which a token begins
    for (int i = 0; i < int(record->tokens.size()); ++i) {
        const ScoreRecord::Token& token = record->tokens[std::size_t(i)];
        if (token.frame || token.control || token.bytes.empty() || (answers && !token.answer))
            continue;
        begins.emplace_back(std::int64_t(text.size()), i);
        text += token.bytes;
    }
    if (text == m_spansOf)
        return;
    m_spansOf = text;
    m_corpus->spans(text, this, [this, text, begins](const std::vector<VerbatimSpan>& spans) {
        if (text != m_spansOf)
            return; // another text is in view
        std::vector<std::pair<int, int>> ranges;
        for (const VerbatimSpan& span : spans) {
            int first = -1;
            int end = -1;
            for (const auto& [byte, token] : begins) {
                if (byte < span.range.end)
                    end = token + 1;
                if (byte <= span.range.begin)
                    first = token;
            }
            if (first >= 0 && end > first)
                ranges.emplace_back(first, end);
        }
        m_strip->setVerbatim(std::move(ranges));
    });
}

} // namespace assay
