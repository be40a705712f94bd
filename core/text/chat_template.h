#pragma once

#include "core/data/sample.h"
#include "core/text/tokenizer.h"

#include <memory>
#include <string>
#include <vector>

namespace assay {

/// The two control tokens that every vocabulary spells in its own way.
enum class SpanMark { None, Bos, Eos };

/// A piece of a rendered conversation.
struct RenderedSpan {
    std::string text;
    /// Which message it belongs to, or -1 for the template's own frame around all of them.
    int message = -1;
    /// Whether the answer's own words (and its end-of-turn mark) stand here: what the loss is taken
    /// on.
    bool answer = false;
    /// A control token such as BOS or <|im_start|> in place of text; `text` is then its spelling.
    bool control = false;
    /// BOS and EOS are looked up by meaning: `text` is the common spelling (<s>, </s>), in whose
    /// place `encodeConversation` puts the tokenizer's own.
    SpanMark mark = SpanMark::None;
    /// The template's own words, in which the spelling of a control token is that token.
    bool marks = false;
};

struct Rendered {
    std::vector<RenderedSpan> spans;
    /// All spans' text, as shown and as scored.
    std::string text() const;
};

enum class GenerationPrompt { Omit, Add };

/// The one way from messages to text, for training, chat and scoring alike.
class ChatTemplate {
public:
    virtual ~ChatTemplate() = default;
    virtual std::string name() const = 0;
    /// Hash of the template's definition, for records.
    virtual std::string hash() const = 0;
    /// Renders; with GenerationPrompt::Add the text ends where the assistant's next words begin. A
    /// message that the template cannot express (a tool call in `plain`) is an error naming it.
    virtual Result<Rendered> render(
        const std::vector<Message>& messages, GenerationPrompt generationPrompt) const = 0;
    /// Spellings after which an answer has ended, besides EOS.
    virtual std::vector<std::string> stopStrings() const = 0;
    /// Control tokens that the tokenizer should own; a template whose marks are missing from a
    /// vocabulary renders them as plain text.
    virtual std::vector<std::string> controlTokens() const = 0;
    /// The same template in the Jinja of transformers. `withBos` puts BOS in front of everything,
    /// for tokenizers that add one, because transformers adds none to a rendered template. Empty
    /// where there is none.
    virtual std::string jinja(bool /*withBos*/) const { return {}; }
    /// Whether the template alone decides about BOS, as transformers' templates do.
    virtual bool writesBos() const { return false; }
};

/// "chatml": <|im_start|>role, newline, words, <|im_end|>, newline. Tool calls stand in
/// <tool_call>, tool results in <tool_response>, reasoning in <think>. Definitions of tools are not
/// rendered. "llama-2": as Meta defined it: BOS [INST] <<SYS>> .. <</SYS>> query [/INST] answer EOS
/// for every turn, words trimmed. "alpaca": a preamble (the system message where there is one), ###
/// Instruction:, ### Response:, EOS. "plain": query, newline, answer, EOS; a system message is a
/// line of its own in front. All but chatml need user and assistant in turn, the user first, after
/// at most one system message.
std::vector<std::string> builtInTemplateNames();
Result<std::shared_ptr<const ChatTemplate>> chatTemplateByName(const std::string& name);

/// The template stored with a model folder (`assay_template.json`: {"name": ..}), else the folder's
/// own in chat_template.jinja or tokenizer_config.json (a text, or a list of named ones, of which
/// "default" is taken): a built-in one where it is the same, else run as Jinja under the name
/// "jinja". Null where it has none.
Result<std::shared_ptr<const ChatTemplate>> chatTemplateOf(
    const std::filesystem::path& modelFolder);
/// Stores the choice, and the same template as Jinja for other programs, in tokenizer_config.json
/// and in chat_template.jinja (which wins in newer transformers, so both must agree).
Result<void> storeChatTemplate(
    const ChatTemplate& chatTemplate, const std::filesystem::path& modelFolder);

/// A conversation as ids with labels: what training and scoring feed the model.
struct EncodedSample {
    std::string text; ///< as rendered
    std::vector<TokenId> ids;
    std::vector<ByteRange> ranges; ///< into `text`
    /// The id where trained, ignoredLabel elsewhere; position t is predicted from t-1. Aligned to
    /// ids.
    std::vector<TokenId> labels;
    /// Loss weight of each label (message weight); empty means 1 everywhere.
    std::vector<float> weights;
    std::int64_t trainedTokens() const;
};

constexpr TokenId ignoredLabel = -100;

/// Exactly one BOS in front where the tokenizer adds one (llama-2 renders one for every turn
/// itself; a model's own Jinja template decides alone). Answers and their end-of-turn marks are
/// trained with their message's weight; position 0 never is. Prompt and answer are tokenized apart,
/// so the ids of a prompt with GenerationPrompt::Add are exactly the first ids of the conversation
/// that goes on with an answer.
Result<EncodedSample> encodeConversation(const Tokenizer& tokenizer,
    const ChatTemplate& chatTemplate, const std::vector<Message>& messages,
    GenerationPrompt generationPrompt);
/// Plain text: every token but the first is trained; `addEos` ends the document.
EncodedSample encodePlainText(const Tokenizer& tokenizer, std::string_view text, bool addEos);

} // namespace assay
