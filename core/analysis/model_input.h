#pragma once

#include "core/analysis/model_under_test.h"
#include "core/text/score_text.h"

#include <optional>
#include <string>
#include <vector>

namespace assay {

/// What a model is asked about: exactly one of the three.
struct ModelInput {
    std::optional<std::vector<TokenId>> ids; ///< taken as they are, no BOS added
    std::optional<std::string> text; ///< encoded, with BOS where the tokenizer adds one
    std::optional<std::vector<Message>> messages; ///< rendered through a template, then encoded
    /// Names a template for messages in place of the model's own.
    std::string templateName;
    /// Renders messages in place of the model's own and of a named one: another model's template,
    /// which has no name to be found by.
    std::shared_ptr<const ChatTemplate> chatTemplate;
    std::string tools; ///< JSON text of a list of tool definitions; empty for none
};

/// Reads the value of "ids" and of "messages". Problems are reported to the reader under `key`.
std::optional<std::vector<TokenId>> idsFromJson(
    const Json& value, const char* key, JsonReader& reader);
std::optional<std::vector<Message>> messagesFromJson(
    const Json& value, const char* key, JsonReader& reader);
/// Reads `ids`, `textKey` and `messages` and reports when not exactly one is there. With a null
/// `textKey` text is not among the choices.
ModelInput readModelInput(JsonReader& reader, const char* textKey);
/// Reads the lines of a file of messages: one JSON list, or an object with a "messages" list.
Result<std::vector<Message>> messagesFromDocument(const Json& document, const std::string& place);

/// Part of a rendered conversation, in bytes of the text.
struct TextSpan {
    ByteRange range;
    int message = -1; ///< index, or -1 for the template's frame
    bool answer = false;
    bool control = false;
};

/// What the model is really given.
struct PreparedInput {
    std::vector<TokenId> ids;
    /// Absent without a tokenizer.
    std::optional<std::string> text;
    std::vector<ByteRange> ranges; ///< into `text`, one an id; empty without a tokenizer
    std::vector<TextSpan> spans; ///< where messages were rendered
    std::string templateName; ///< empty where no template was used
    std::string templateHash;
    /// Spellings that end an answer under the template used.
    std::vector<std::string> stopStrings;
};

/// Errors: a text or messages for a model without tokenizer, messages without a template, a
/// template that is not known or cannot express a message, ids outside the vocabulary.
Result<PreparedInput> prepareInput(
    const ModelUnderTest& model, const ModelInput& input, GenerationPrompt generationPrompt);

/// How many of the first `tokens` a model can read: its context, where it has one.
std::size_t partThatFits(const ModelInfo& info, std::size_t tokens);

/// The text that `added` puts after `before`, with its tokens' ranges: raw bytes, which may end
/// inside a UTF-8 sequence.
TokenView continuationView(
    const Tokenizer& tokenizer, std::span<const TokenId> before, std::span<const TokenId> added);

} // namespace assay
