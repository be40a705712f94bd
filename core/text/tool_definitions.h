#pragma once

#include "core/text/chat_template.h"

#include <string_view>

namespace assay {

/// A template that has a form for definitions of tools, as many models' own have; the built-in ones
/// have none. `tools` is the JSON text of a list, as Sample::tools holds it; empty for none.
class ToolTemplate : public ChatTemplate {
public:
    using ChatTemplate::render;
    Result<Rendered> render(
        const std::vector<Message>& messages, GenerationPrompt generationPrompt) const final {
        return renderWithTools(messages, generationPrompt, {});
    }
    virtual Result<Rendered> renderWithTools(const std::vector<Message>& messages,
        GenerationPrompt generationPrompt, std::string_view tools) const = 0;
};

/// As ChatTemplate::render, with the tools where the template has a form for them.
Result<Rendered> renderConversation(const ChatTemplate& chatTemplate,
    const std::vector<Message>& messages, GenerationPrompt generationPrompt,
    std::string_view tools);

/// The conversation as it is trained and scored, tools included.
Result<EncodedSample> encodeConversation(const Tokenizer& tokenizer,
    const ChatTemplate& chatTemplate, const std::vector<Message>& messages,
    GenerationPrompt generationPrompt, std::string_view tools);

} // namespace assay
