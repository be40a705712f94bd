#include "core/text/own_template.h"

#include "core/base/hash.h"
#include "core/text/jinja/jinja_template.h"
#include "core/text/template_text.h"
#include "core/text/tool_definitions.h"

#include <algorithm>

namespace assay {

namespace {

using jinja::Dict;
using jinja::JinjaTemplate;
using jinja::Rendering;
using jinja::Text;
using jinja::Value;
using Messages = std::vector<Message>;

/// What the loss is taken on: bytes of the text, and the message they belong to.
struct Answer {
    std::size_t begin = 0;
    std::size_t end = 0;
    int message = -1;
};

void put(Dict& dict, const std::string& key, Value value) {
    dict.emplace_back(Value::text(key), std::move(value));
}

/// A call as OpenAI's API writes it, with the arguments as an object where they are one.
Value toolCall(const ToolCall& call, std::int32_t source) {
    Dict function;
    put(function, "name", Value::text(call.name, source));
    const Result<Json> arguments = parseJson(call.arguments, "arguments");
    put(function, "arguments",
        arguments && arguments->is_object() ? Value::fromJson(*arguments, source)
                                            : Value::text(call.arguments, source));
    Dict dict;
    if (!call.id.empty())
        put(dict, "id", Value::text(call.id, source));
    put(dict, "type", Value::text("function"));
    put(dict, "function", Value(std::move(function)));
    return Value(std::move(dict));
}

Value messageValue(const Message& message, std::int32_t source) {
    Dict dict;
    put(dict, "role", Value::text(std::string(roleName(message.role))));
    put(dict, "content", Value::text(message.content, source));
    if (!message.reasoning.empty())
        put(dict, "reasoning_content", Value::text(message.reasoning, source));
    if (!message.toolCalls.empty()) {
        jinja::List calls;
        for (const ToolCall& call : message.toolCalls)
            calls.push_back(toolCall(call, source));
        put(dict, "tool_calls", Value(std::move(calls)));
    }
    if (!message.toolCallId.empty())
        put(dict, "tool_call_id", Value::text(message.toolCallId, source));
    if (message.extra.is_object())
        for (const auto& [key, value] : message.extra.items())
            if (std::none_of(dict.begin(), dict.end(),
                    [&](const auto& entry) { return entry.first.text().bytes() == key; }))
                put(dict, key, Value::fromJson(value, source));
    return Value(std::move(dict));
}

/// A few characters of a text, for a message.
std::string excerpt(std::string_view text, std::size_t at) {
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80)
        --at;
    std::size_t end = std::min(text.size(), at + 24);
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        ++end;
    return at >= text.size() ? "nothing" : dumpJson(std::string(text.substr(at, end - at)));
}

/// What a template is given.
struct Conversation {
    const Messages& messages;
    Json tools; ///< a list, or null
};

/// No message, and no words of the template: what is spelt like a control token stays text.
constexpr std::int32_t fromTools = -2;

/// Tool definitions as the template reads them; null where the text holds none.
Result<Json> toolList(std::string_view tools) {
    if (tools.empty())
        return Json();
    Result<Json> list = parseJson(tools, "tools");
    if (list && list->is_object()) // one tool without its list
        return Json::array({*list});
    if (list && (!list->is_array() || list->empty()))
        return Json();
    return list;
}

class OwnTemplate : public ToolTemplate {
public:
    OwnTemplate(JinjaTemplate parsed, const TokenizerConfig& config)
        : m_template(std::move(parsed)) {
        const auto token = [this](const char* name, const std::optional<std::string>& spelling) {
            if (spelling)
                put(m_tokens, name, Value::text(*spelling));
        };
        token("bos_token", config.bosToken);
        token("eos_token", config.eosToken);
        token("unk_token", config.unknownToken);
        token("pad_token", config.padToken);
        findStopString();
    }

    std::string name() const override { return ownTemplateName; }
    std::string hash() const override { return contentHash(m_template.source()); }
    std::vector<std::string> stopStrings() const override { return m_stops; }
    std::vector<std::string> controlTokens() const override { return {}; }
    std::string jinja(bool) const override { return m_template.source(); }
    bool writesBos() const override { return true; }

    Result<Rendered> renderWithTools(
        const Messages& messages, GenerationPrompt prompt, std::string_view tools) const override {
        Result<Json> definitions = toolList(tools);
        if (!definitions)
            return forward(definitions);
        const Conversation conversation{messages, std::move(*definitions)};
        Result<Rendering> whole
            = rendering(conversation, messages.size(), prompt == GenerationPrompt::Add);
        if (!whole)
            return forward(whole);
        Result<std::vector<Answer>> answers = answersOf(conversation, *whole, prompt);
        if (!answers && prompt == GenerationPrompt::Omit)
            return forward(answers);
        return spansOf(whole->text, answers ? *answers : std::vector<Answer>());
    }

private:
    Result<Rendering> rendering(const Conversation& talk, std::size_t count, bool prompt,
        std::ptrdiff_t without = -1) const {
        Dict variables = m_tokens;
        jinja::List list;
        Value tools(Value::None{});
        try {
            if (!talk.tools.is_null())
                tools = Value::fromJson(talk.tools, fromTools);
            for (std::size_t i = 0; i < count; ++i)
                if (std::ptrdiff_t(i) != without)
                    list.push_back(messageValue(talk.messages[i], std::int32_t(i)));
        } catch (const jinja::Failure& failure) {
            return fail(
                "text.template_refused", {{"template", name()}, {"reason", failure.reason}});
        }
        put(variables, "messages", Value(std::move(list)));
        put(variables, "tools", std::move(tools));
        put(variables, "documents", Value(Value::None{}));
        put(variables, "add_generation_prompt", Value(prompt));
        return m_template.render(variables);
    }

    static bool isTrained(const Message& message) {
        return message.role == Role::Assistant ? message.trainWeight.value_or(1) != 0
                                               : message.trainWeight.value_or(0) > 0;
    }

    Result<std::vector<Answer>> answersOf(
        const Conversation& talk, const Rendering& whole, GenerationPrompt prompt) const {
        const Messages& messages = talk.messages;
        std::vector<Answer> answers;
        const bool marked = !whole.generations.empty();
        if (marked)
            answers = markedAnswers(messages, whole);
        for (std::size_t i = 0; i < messages.size(); ++i) {
            if (!isTrained(messages[i]))
                continue;
            if (messages[i].role != Role::Assistant) {
                addWords(whole.text, int(i), answers);
                continue;
            }
            if (marked)
                continue;
            Result<Answer> answer = answerByDifference(talk, i, whole.text, prompt);
            if (!answer)
                return forward(answer);
            answers.push_back(*answer);
        }
        std::sort(answers.begin(), answers.end(),
            [](const Answer& a, const Answer& b) { return a.begin < b.begin; });
        return answers;
    }

    /// A generation block belongs to the message whose words stand in it, else to the assistant's
    /// message of the same number.
    static std::vector<Answer> markedAnswers(const Messages& messages, const Rendering& whole) {
        std::vector<int> assistants;
        for (std::size_t i = 0; i < messages.size(); ++i)
            if (messages[i].role == Role::Assistant)
                assistants.push_back(int(i));
        std::vector<Answer> answers;
        for (std::size_t k = 0; k < whole.generations.size(); ++k) {
            const auto [begin, end] = whole.generations[k];
            int message = -1;
            std::size_t at = 0;
            for (const Text::Run& run : whole.text.runs()) {
                if (message < 0 && run.source >= 0 && run.end > begin && at < end)
                    message = run.source;
                at = run.end;
            }
            if (message < 0 && k < assistants.size())
                message = assistants[k];
            if (message >= 0 && end > begin && isTrained(messages[std::size_t(message)]))
                answers.push_back({begin, end, message});
        }
        return answers;
    }

    /// The words of a message that is trained by a weight of its own.
    static void addWords(const Text& text, int message, std::vector<Answer>& answers) {
        std::size_t at = 0;
        for (const Text::Run& run : text.runs()) {
            if (run.source == message)
                answers.push_back({at, run.end, message});
            at = run.end;
        }
    }

    tl::unexpected<Error> noMask(std::size_t message, std::string reason) const {
        return fail("text.template_mask",
            {{"template", name()}, {"number", std::to_string(message + 1)},
                {"reason", std::move(reason)}});
    }

    Result<Answer> answerByDifference(
        const Conversation& talk, std::size_t i, const Text& whole, GenerationPrompt prompt) const {
        const std::string& text = whole.bytes();
        if (i == 0)
            return noMask(i, "no message stands before the answer");
        const Result<Rendering> before = rendering(talk, i, true);
        if (!before)
            return noMask(i, "the prompt that asks for it: " + message(before.error()));
        const std::string& asks = before->text.bytes();
        const std::size_t same = std::size_t(
            std::mismatch(asks.begin(), asks.end(), text.begin(), text.end()).first - asks.begin());
        if (same < asks.size())
            return noMask(i,
                "the prompt that asks for it goes on with " + excerpt(asks, same)
                    + ", where the conversation has " + excerpt(text, same));
        const Result<std::size_t> end = endOfAnswer(talk, i, text, prompt);
        if (!end)
            return fail(end.error());
        const Answer answer{asks.size(), *end, int(i)};
        std::size_t at = 0;
        for (const Text::Run& run : whole.runs()) {
            if (run.source == int(i) && (at < answer.begin || run.end > answer.end))
                return noMask(i, "its words stand outside of the turn");
            at = run.end;
        }
        return answer;
    }

    Result<std::size_t> endOfAnswer(const Conversation& talk, std::size_t i,
        const std::string& text, GenerationPrompt prompt) const {
        const Messages& messages = talk.messages;
        if (i + 1 == messages.size() && prompt == GenerationPrompt::Omit)
            return text.size();
        const Result<Rendering> with = rendering(talk, i + 1, false);
        if (with && text.starts_with(with->text.bytes()))
            return with->text.size();
        if (i + 1 < messages.size()) {
            // The next turn adds as much as it adds to the conversation without the answer.
            const Result<Rendering> next = rendering(talk, i + 2, false);
            const Result<Rendering> bare = rendering(talk, i, false);
            const Result<Rendering> skipping = rendering(talk, i + 2, false, std::ptrdiff_t(i));
            if (next && bare && skipping
                && skipping->text.bytes().starts_with(bare->text.bytes())) {
                const std::string turn = skipping->text.bytes().substr(bare->text.size());
                const std::string& both = next->text.bytes();
                if (both.ends_with(turn)
                    && text.starts_with(both.substr(0, both.size() - turn.size())))
                    return both.size() - turn.size();
            }
        }
        return noMask(i, "the template writes it otherwise once more messages follow");
    }

    static Rendered spansOf(const Text& text, const std::vector<Answer>& answers) {
        Rendered rendered;
        std::size_t at = 0;
        auto answer = answers.begin();
        for (const Text::Run& run : text.runs()) {
            while (at < run.end) {
                while (answer != answers.end() && answer->end <= at)
                    ++answer;
                const bool inside = answer != answers.end() && answer->begin <= at;
                std::size_t end = run.end;
                if (answer != answers.end())
                    end = std::min(end, inside ? answer->end : std::max(answer->begin, at));
                if (end == at)
                    end = run.end;
                RenderedSpan span;
                span.text = text.bytes().substr(at, end - at);
                span.message = inside ? answer->message : std::max(run.source, -1);
                span.answer = inside;
                span.marks = run.source == jinja::fromTemplate;
                rendered.spans.push_back(std::move(span));
                at = end;
            }
        }
        return rendered;
    }

    /// What ends an answer, as a short conversation shows it.
    void findStopString() {
        Messages probe(2);
        probe[0].content = "question";
        probe[1].role = Role::Assistant;
        probe[1].content = "answer";
        const Result<Rendered> rendered = render(probe, GenerationPrompt::Omit);
        if (!rendered)
            return;
        std::string end;
        for (const RenderedSpan& span : rendered->spans)
            end = !span.marks && span.answer ? "" : end + (span.answer ? span.text : "");
        if (end = trimmed(end); !end.empty())
            m_stops.push_back(end);
    }

    JinjaTemplate m_template;
    Dict m_tokens;
    std::vector<std::string> m_stops;
};

} // namespace

Result<std::shared_ptr<const ChatTemplate>> ownTemplate(
    const std::string& source, const TokenizerConfig& config, const std::string& place) {
    Result<JinjaTemplate> parsed = JinjaTemplate::parse(source, place);
    if (!parsed)
        return forward(parsed);
    return std::make_shared<const OwnTemplate>(std::move(*parsed), config);
}

} // namespace assay
