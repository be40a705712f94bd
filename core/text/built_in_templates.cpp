#include "core/text/built_in_templates.h"

#include "core/base/hash.h"
#include "core/text/template_jinja.h"
#include "core/text/template_text.h"

namespace assay {

namespace {

using Messages = std::vector<Message>;

/// Collects spans; empty texts leave none.
class SpanWriter {
public:
    void text(std::string text, int message = -1, bool answer = false) {
        if (!text.empty())
            m_rendered.spans.push_back({std::move(text), message, answer, false, SpanMark::None});
    }
    void control(std::string spelling, int message = -1, bool answer = false) {
        m_rendered.spans.push_back({std::move(spelling), message, answer, true, SpanMark::None});
    }
    void bos(int message) {
        m_rendered.spans.push_back({"<s>", message, false, true, SpanMark::Bos});
    }
    void eos(int message, bool answer) {
        m_rendered.spans.push_back({"</s>", message, answer, true, SpanMark::Eos});
    }
    Rendered take() { return std::move(m_rendered); }

private:
    Rendered m_rendered;
};

bool isSystem(const Message& message) {
    return message.role == Role::System || message.role == Role::Developer;
}

/// Trained are the assistant's turns, and others that ask for it by a weight of their own.
bool isTrained(const Message& message) {
    return message.role == Role::Assistant || message.trainWeight.value_or(0) > 0;
}

tl::unexpected<Error> cannotRender(const ChatTemplate& chatTemplate, std::size_t index,
    const Messages& messages, std::string reason) {
    const std::string role
        = index < messages.size() ? std::string(roleName(messages[index].role)) : "none";
    return fail("text.template_message",
        {{"template", chatTemplate.name()}, {"number", std::to_string(index + 1)}, {"role", role},
            {"reason", std::move(reason)}});
}

/// The order that templates without role names need: a system message at most, then user and
/// assistant in turn; and nothing but words.
Result<void> verifyTurns(
    const ChatTemplate& chatTemplate, const Messages& messages, GenerationPrompt prompt) {
    const std::size_t first = !messages.empty() && isSystem(messages[0]) ? 1 : 0;
    if (messages.size() <= first)
        return cannotRender(chatTemplate, first, messages, "there is no user message");
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const Message& message = messages[i];
        if (!message.toolCalls.empty() || message.role == Role::Tool)
            return cannotRender(
                chatTemplate, i, messages, "it has no form for tool calls and their results");
        if (!message.reasoning.empty())
            return cannotRender(
                chatTemplate, i, messages, "it has no form for reasoning apart from the answer");
        if (i < first)
            continue;
        const Role expected = (i - first) % 2 == 0 ? Role::User : Role::Assistant;
        if (message.role != expected)
            return cannotRender(chatTemplate, i, messages,
                "a message of the " + std::string(roleName(expected)) + " must stand here");
    }
    if (prompt == GenerationPrompt::Add && messages.back().role != Role::User)
        return cannotRender(chatTemplate, messages.size() - 1, messages,
            "an answer can only follow a message of the user");
    return {};
}

class ChatMl : public ChatTemplate {
public:
    std::string name() const override { return "chatml"; }
    std::string hash() const override { return contentHash(chatMlJinja(false)); }
    std::vector<std::string> stopStrings() const override { return {"<|im_end|>"}; }
    std::vector<std::string> controlTokens() const override {
        return {"<|im_start|>", "<|im_end|>"};
    }
    std::string jinja(bool withBos) const override { return chatMlJinja(withBos); }

    Result<Rendered> render(const Messages& messages, GenerationPrompt prompt) const override {
        SpanWriter out;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            const Message& message = messages[i];
            const int index = int(i);
            const bool answer = isTrained(message);
            out.control("<|im_start|>", index);
            out.text(
                (isSystem(message) ? "system" : std::string(roleName(message.role))) + "\n", index);
            out.text(words(message), index, answer);
            out.control("<|im_end|>", index, answer);
            out.text("\n", index);
        }
        if (prompt == GenerationPrompt::Add) {
            out.control("<|im_start|>");
            out.text("assistant\n");
        }
        return out.take();
    }

private:
    static std::string words(const Message& message) {
        if (message.role == Role::Tool)
            return "<tool_response>\n" + message.content + "\n</tool_response>";
        std::string text;
        if (!message.reasoning.empty())
            text = "<think>\n" + message.reasoning + "\n</think>\n\n";
        text += message.content;
        for (const ToolCall& call : message.toolCalls) {
            if (!text.empty())
                text += "\n";
            // The arguments stand as they were written, JSON or not.
            text += "<tool_call>\n{\"name\": " + dumpJson(call.name)
                + ", \"arguments\": " + call.arguments + "}\n</tool_call>";
        }
        return text;
    }
};

class Llama2 : public ChatTemplate {
public:
    std::string name() const override { return "llama-2"; }
    std::string hash() const override { return contentHash(llama2Jinja()); }
    std::vector<std::string> stopStrings() const override { return {}; }
    std::vector<std::string> controlTokens() const override { return {}; }
    std::string jinja(bool) const override { return llama2Jinja(); }

    Result<Rendered> render(const Messages& messages, GenerationPrompt prompt) const override {
        if (Result<void> turns = verifyTurns(*this, messages, prompt); !turns)
            return forward(turns);
        SpanWriter out;
        std::string system;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            const Message& message = messages[i];
            const int index = int(i);
            if (isSystem(message)) {
                system = "<<SYS>>\n" + message.content + "\n<</SYS>>\n\n";
            } else if (message.role == Role::User) {
                out.bos(index);
                out.text("[INST] ", index);
                // Meta trims the system block and the query together.
                const std::string block = trimmed(system + message.content);
                out.text(block, index, isTrained(message));
                out.text(" [/INST]", index);
                system.clear();
            } else {
                // The spaces belong to the answer: its first token starts with one.
                out.text(" " + trimmed(message.content) + " ", index, true);
                out.eos(index, true);
            }
        }
        return out.take();
    }
};

class Alpaca : public ChatTemplate {
public:
    std::string name() const override { return "alpaca"; }
    std::string hash() const override { return contentHash(alpacaJinja(false)); }
    std::vector<std::string> stopStrings() const override { return {}; }
    std::vector<std::string> controlTokens() const override { return {}; }
    std::string jinja(bool withBos) const override { return alpacaJinja(withBos); }

    Result<Rendered> render(const Messages& messages, GenerationPrompt prompt) const override {
        if (Result<void> turns = verifyTurns(*this, messages, prompt); !turns)
            return forward(turns);
        SpanWriter out;
        const bool hasSystem = isSystem(messages[0]);
        if (hasSystem)
            out.text(messages[0].content, 0, isTrained(messages[0]));
        else
            out.text(std::string(alpacaPreamble));
        out.text("\n\n");
        for (std::size_t i = hasSystem ? 1 : 0; i < messages.size(); ++i) {
            const Message& message = messages[i];
            const int index = int(i);
            if (message.role == Role::User) {
                if (i > 1)
                    out.text("\n\n", index);
                out.text("### Instruction:\n", index);
                out.text(message.content, index, isTrained(message));
                out.text("\n\n### Response:\n", index);
            } else {
                out.text(message.content, index, true);
                out.eos(index, true);
            }
        }
        return out.take();
    }
};

class Plain : public ChatTemplate {
public:
    std::string name() const override { return "plain"; }
    std::string hash() const override { return contentHash(plainJinja(false)); }
    std::vector<std::string> stopStrings() const override { return {}; }
    std::vector<std::string> controlTokens() const override { return {}; }
    std::string jinja(bool withBos) const override { return plainJinja(withBos); }

    Result<Rendered> render(const Messages& messages, GenerationPrompt prompt) const override {
        if (Result<void> turns = verifyTurns(*this, messages, prompt); !turns)
            return forward(turns);
        SpanWriter out;
        for (std::size_t i = 0; i < messages.size(); ++i) {
            const Message& message = messages[i];
            const int index = int(i);
            out.text(message.content, index, isTrained(message));
            if (message.role == Role::Assistant)
                out.eos(index, true);
            else
                out.text("\n", index);
        }
        return out.take();
    }
};

} // namespace

const std::vector<std::shared_ptr<const ChatTemplate>>& builtInTemplates() {
    static const std::vector<std::shared_ptr<const ChatTemplate>> all{std::make_shared<ChatMl>(),
        std::make_shared<Llama2>(), std::make_shared<Alpaca>(), std::make_shared<Plain>()};
    return all;
}

} // namespace assay
