#include "core/quality/checks.h"

#include "core/base/hash.h"
#include "core/quality/language.h"
#include "core/quality/text_measures.h"
#include "core/text/tool_definitions.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>

namespace assay {

namespace {

constexpr std::int64_t shortAnswerCharacters = 10;
constexpr std::int64_t shortAnswerTokens = 10;
constexpr char fieldEnd = '\x1f';

ContentKey keyOf(const std::string& text) {
    return {hash64(text, 0), hash64(text, 0x9e3779b97f4a7c15ULL)};
}

void append(std::string& text, const Message& message) {
    text += roleName(message.role);
    text += ':';
    text += normalisedForComparison(message.content);
    for (const ToolCall& call : message.toolCalls)
        text += fieldEnd + call.name + '(' + normalisedForComparison(call.arguments) + ')';
    text += fieldEnd;
}

std::string keyText(const std::vector<Message>& messages, std::size_t end) {
    std::string text;
    for (std::size_t i = 0; i < end; ++i)
        append(text, messages[i]);
    return text;
}

void addWords(std::string& text, const Message& message) {
    if (message.content.empty())
        return;
    if (!text.empty())
        text += "\n\n";
    text += message.content;
}

struct Words {
    std::string answers;
    std::string whole;
};

Words wordsOf(const Sample& sample) {
    Words words;
    const auto take = [&](const std::vector<Message>& messages) {
        for (const Message& message : messages) {
            addWords(words.whole, message);
            if (message.role == Role::Assistant)
                addWords(words.answers, message);
        }
    };
    take(sample.messages);
    if (sample.chosen)
        take(*sample.chosen);
    if (sample.rejected)
        for (const Message& message : *sample.rejected)
            addWords(words.whole, message);
    if (sample.text)
        words.answers = words.whole = *sample.text;
    return words;
}

void measureLength(CheckedSample& checked, const Sample& sample, const CheckOptions& options,
    const MeasuredText& whole, const MeasuredText& answers) {
    checked.characters = std::int64_t(whole.characters.size());
    checked.tokens = estimatedTokens(checked.characters, whole.cjk);
    checked.answerTokens = estimatedTokens(std::int64_t(answers.characters.size()), answers.cjk);
    if (!options.tokenizer)
        return;
    if (sample.text) {
        const EncodedSample encoded = encodePlainText(*options.tokenizer, *sample.text, true);
        checked.tokens = std::int64_t(encoded.ids.size());
        checked.answerTokens = encoded.trainedTokens();
        return;
    }
    std::vector<Message> messages = sample.messages;
    if (sample.chosen)
        messages.insert(messages.end(), sample.chosen->begin(), sample.chosen->end());
    static const std::shared_ptr<const ChatTemplate> plain = [] {
        auto found = chatTemplateByName("chatml");
        return found ? *found : nullptr;
    }();
    for (const auto& form : {options.chatTemplate, plain}) {
        if (!form)
            continue;
        // A template that cannot express a tool call still has rows of that kind to measure.
        auto encoded = encodeConversation(
            *options.tokenizer, *form, messages, GenerationPrompt::Omit, sample.tools);
        if (!encoded)
            continue;
        checked.tokens = std::int64_t(encoded->ids.size());
        checked.answerTokens = encoded->trainedTokens();
        return;
    }
}

void makeKeys(CheckedSample& checked, const Sample& sample) {
    if (sample.text) {
        checked.content = keyOf("text" + normalisedForComparison(*sample.text));
        return;
    }
    const std::string tools = normalisedForComparison(sample.tools) + fieldEnd;
    std::string all = tools + keyText(sample.messages, sample.messages.size());
    if (sample.chosen)
        all += "+" + keyText(*sample.chosen, sample.chosen->size());
    if (sample.rejected)
        all += "-" + keyText(*sample.rejected, sample.rejected->size());
    checked.content = keyOf(all);
    const bool pair = sample.chosen || sample.rejected;
    if (pair || sample.messages.empty() || sample.messages.back().role != Role::Assistant
        || sample.messages.size() < 2)
        return;
    checked.comparable = true;
    checked.question = keyOf(tools + keyText(sample.messages, sample.messages.size() - 1));
    std::string answer;
    append(answer, sample.messages.back());
    checked.answer = keyOf(answer);
}

} // namespace

std::int64_t estimatedTokens(std::int64_t characters, std::int64_t cjkCharacters) {
    return (characters - cjkCharacters + 3) / 4 + (2 * cjkCharacters + 2) / 3;
}

std::string normalisedForComparison(std::string_view text) {
    std::string composed;
    const bool ascii
        = std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 128; });
    if (!ascii) {
        utf8proc_uint8_t* made = nullptr;
        const utf8proc_ssize_t length = utf8proc_map(
            reinterpret_cast<const utf8proc_uint8_t*>(text.data()), utf8proc_ssize_t(text.size()),
            &made, utf8proc_option_t(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
        if (length >= 0) {
            composed.assign(reinterpret_cast<const char*>(made), std::size_t(length));
            text = composed;
        }
        std::free(made); // utf8proc allocates with malloc
    }
    std::string out;
    out.reserve(text.size());
    bool space = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte <= ' ') {
            space = true;
            continue;
        }
        // The ideographic space and the no-break space are white space too.
        if (text.substr(i).starts_with("\u3000") || text.substr(i).starts_with("\u00a0")) {
            i += text.substr(i).starts_with("\u3000") ? 2 : 1;
            space = true;
            continue;
        }
        if (space && !out.empty())
            out += ' ';
        space = false;
        out += text[i];
    }
    return out;
}

CheckedSample checkSample(const Sample& sample, const CheckOptions& options) {
    CheckedSample checked;
    const auto add = [&](const std::vector<const CheckInfo*>& found) {
        checked.found.insert(checked.found.end(), found.begin(), found.end());
    };
    const Words words = wordsOf(sample);
    const MeasuredText whole(words.whole);
    const MeasuredText answers(words.answers);
    for (const Message& message : sample.messages)
        checked.turns += message.role == Role::Assistant;
    if (sample.chosen)
        for (const Message& message : *sample.chosen)
            checked.turns += message.role == Role::Assistant;
    checked.language = languageOf(whole);
    measureLength(checked, sample, options, whole, answers);
    if (checked.tokens > options.maxLength)
        add({findCheck("answer-cut")});
    const bool called = std::ranges::any_of(
        sample.messages, [](const Message& message) { return !message.toolCalls.empty(); });
    const auto answerLength = std::int64_t(answers.characters.size());
    if (!sample.text && !called && answerLength > 0
        && (answerLength < shortAnswerCharacters || checked.answerTokens < shortAnswerTokens))
        add({findCheck("answer-short")});
    add(checkStructure(sample));
    add(checkText(words.answers));
    add(checkContent(words.whole, words.answers));
    makeKeys(checked, sample);
    return checked;
}

} // namespace assay
