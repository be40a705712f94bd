#include "core/text/added_tokens.h"
#include "core/text/byte_ranges.h"
#include "core/text/chat_template.h"
#include "core/text/template_text.h"
#include "core/text/tool_definitions.h"

#include <algorithm>

namespace assay {

namespace {

/// Turns rendered spans into ids. Text is collected until a control token or a change between
/// prompt and answer, then tokenized as one.
class ConversationEncoder {
public:
    explicit ConversationEncoder(const Tokenizer& tokenizer)
        : m_tokenizer(tokenizer) { }

    void addBos() { push(m_tokenizer.bosId(), {0, 0}, 0); }

    void add(const RenderedSpan& span, float weight) {
        if (span.marks) {
            addTemplateText(span, weight);
            return;
        }
        if (!m_pending.empty() && (span.answer != m_answer || weight != m_weight))
            flush();
        m_answer = span.answer;
        m_weight = weight;
        const TokenId control = span.control ? controlId(span) : -1;
        if (control < 0) {
            m_pending += span.text;
            return;
        }
        flush();
        const std::string spelling
            = span.mark == SpanMark::None ? span.text : m_tokenizer.piece(control);
        const auto begin = std::int64_t(m_sample.text.size());
        m_sample.text += spelling;
        push(control, {begin, std::int64_t(m_sample.text.size())}, span.answer ? weight : 0);
        m_continues = span.mark != SpanMark::Bos && !m_tokenizer.startsTextAfterControl();
    }

    EncodedSample take() {
        flush();
        closeGaps(m_sample.ranges, std::int64_t(m_sample.text.size()));
        if (!m_sample.labels.empty()) {
            m_sample.labels[0] = ignoredLabel; // Nothing stands before it to predict it from.
            m_weights[0] = 1;
        }
        if (std::any_of(
                m_weights.begin(), m_weights.end(), [](float weight) { return weight != 1; }))
            m_sample.weights = std::move(m_weights);
        return std::move(m_sample);
    }

private:
    /// The template's own words: spellings of control tokens are those tokens. What a template
    /// writes behind the mark that ends an answer, a line break as a rule, is not the answer's.
    void addTemplateText(const RenderedSpan& span, float weight) {
        const std::vector<AddedMatch> matches = controlFinder(m_tokenizer).find(span.text);
        std::size_t at = 0;
        for (const AddedMatch& match : matches) {
            addPart(span.text.substr(at, match.begin - at), span.answer, weight);
            if (span.answer != m_answer || weight != m_weight)
                flush();
            m_answer = span.answer;
            m_weight = weight;
            flush();
            const auto begin = std::int64_t(m_sample.text.size());
            m_sample.text += span.text.substr(match.begin, match.end - match.begin);
            push(match.id, {begin, std::int64_t(m_sample.text.size())}, span.answer ? weight : 0);
            m_continues = match.id != m_tokenizer.bosId() && !m_tokenizer.startsTextAfterControl();
            at = match.end;
        }
        const std::string rest = span.text.substr(at);
        const bool behind = span.answer && !matches.empty() && trimmed(rest).empty();
        addPart(rest, span.answer && !behind, behind ? 0 : weight);
    }

    void addPart(const std::string& text, bool answer, float weight) {
        if (text.empty())
            return;
        RenderedSpan part;
        part.text = text;
        part.answer = answer;
        add(part, weight);
    }

    /// Finds the tokenizer's control tokens; the last one asked for is kept.
    static const AddedTokenFinder& controlFinder(const Tokenizer& tokenizer) {
        static thread_local std::string hash;
        static thread_local AddedTokenFinder finder;
        if (const std::string wanted = tokenizer.hash(); wanted != hash) {
            finder = AddedTokenFinder();
            for (const ControlToken& token : tokenizer.controlTokens()) {
                AddedTokenRule rule;
                rule.id = token.id;
                rule.content = token.spelling;
                rule.stripLeft = token.stripLeft;
                rule.stripRight = token.stripRight;
                finder.add(rule);
            }
            hash = wanted;
        }
        return finder;
    }

    TokenId controlId(const RenderedSpan& span) const {
        switch (span.mark) {
        case SpanMark::Bos:
            return m_tokenizer.bosId();
        case SpanMark::Eos:
            return m_tokenizer.eosId();
        case SpanMark::None:
            break;
        }
        return m_tokenizer.idOf(span.text);
    }

    void flush() {
        if (m_pending.empty())
            return;
        const Encoding encoding = m_continues ? m_tokenizer.encodeContinuation(m_pending)
                                              : m_tokenizer.encode(m_pending);
        const auto offset = std::int64_t(m_sample.text.size());
        for (std::size_t i = 0; i < encoding.ids.size(); ++i)
            push(encoding.ids[i],
                {encoding.ranges[i].begin + offset, encoding.ranges[i].end + offset},
                m_answer ? m_weight : 0);
        m_sample.text += m_pending;
        m_pending.clear();
        m_continues = true;
    }

    void push(TokenId id, ByteRange range, float weight) {
        m_sample.ids.push_back(id);
        m_sample.ranges.push_back(range);
        m_sample.labels.push_back(weight != 0 ? id : ignoredLabel);
        m_weights.push_back(weight != 0 ? weight : 1);
    }

    const Tokenizer& m_tokenizer;
    EncodedSample m_sample;
    std::vector<float> m_weights;
    std::string m_pending;
    bool m_answer = false;
    float m_weight = 0;
    bool m_continues = false;
};

float weightOf(const std::vector<Message>& messages, const RenderedSpan& span) {
    if (!span.answer || span.message < 0)
        return 0;
    return float(messages[std::size_t(span.message)].trainWeight.value_or(1));
}

} // namespace

std::int64_t EncodedSample::trainedTokens() const {
    return std::count_if(
        labels.begin(), labels.end(), [](TokenId label) { return label != ignoredLabel; });
}

Result<Rendered> renderConversation(const ChatTemplate& chatTemplate,
    const std::vector<Message>& messages, GenerationPrompt generationPrompt,
    std::string_view tools) {
    const auto* withTools = dynamic_cast<const ToolTemplate*>(&chatTemplate);
    return withTools ? withTools->renderWithTools(messages, generationPrompt, tools)
                     : chatTemplate.render(messages, generationPrompt);
}

Result<EncodedSample> encodeConversation(const Tokenizer& tokenizer,
    const ChatTemplate& chatTemplate, const std::vector<Message>& messages,
    GenerationPrompt generationPrompt) {
    return encodeConversation(tokenizer, chatTemplate, messages, generationPrompt, {});
}

Result<EncodedSample> encodeConversation(const Tokenizer& tokenizer,
    const ChatTemplate& chatTemplate, const std::vector<Message>& messages,
    GenerationPrompt generationPrompt, std::string_view tools) {
    Result<Rendered> rendered = renderConversation(chatTemplate, messages, generationPrompt, tools);
    if (!rendered)
        return forward(rendered);
    ConversationEncoder encoder(tokenizer);
    const bool rendersBos = !rendered->spans.empty() && rendered->spans[0].mark == SpanMark::Bos;
    if (tokenizer.addsBos() && !rendersBos && !chatTemplate.writesBos())
        encoder.addBos();
    for (const RenderedSpan& span : rendered->spans)
        encoder.add(span, weightOf(messages, span));
    return encoder.take();
}

EncodedSample encodePlainText(const Tokenizer& tokenizer, std::string_view text, bool addEos) {
    EncodedSample sample;
    sample.text = std::string(text);
    if (tokenizer.addsBos()) {
        sample.ids.push_back(tokenizer.bosId());
        sample.ranges.push_back({0, 0});
    }
    const Encoding encoding = tokenizer.encode(text);
    sample.ids.insert(sample.ids.end(), encoding.ids.begin(), encoding.ids.end());
    sample.ranges.insert(sample.ranges.end(), encoding.ranges.begin(), encoding.ranges.end());
    if (addEos && tokenizer.eosId() >= 0) {
        const auto end = std::int64_t(text.size());
        sample.ids.push_back(tokenizer.eosId());
        sample.ranges.push_back({end, end});
    }
    sample.labels = sample.ids;
    if (!sample.labels.empty())
        sample.labels[0] = ignoredLabel;
    return sample;
}

} // namespace assay
