#include "core/analysis/model_input.h"

#include "core/text/tool_definitions.h"

#include <algorithm>
#include <limits>

namespace assay {

namespace {

PreparedInput prepared(TokenView view) {
    PreparedInput input;
    input.ids = std::move(view.ids);
    input.text = std::move(view.text);
    input.ranges = std::move(view.ranges);
    return input;
}

Result<PreparedInput> fromText(const ModelUnderTest& model, const std::string& text) {
    const auto tokenizer = model.tokenizer();
    if (!tokenizer)
        return fail("analysis.no_tokenizer", {{"path", model.info().path}});
    return prepared(viewOfText(*tokenizer, text));
}

/// Spans in bytes of the encoded text, in which BOS and EOS have the tokenizer's own spelling.
std::vector<TextSpan> textSpans(const Rendered& rendered, const Tokenizer& tokenizer) {
    std::vector<TextSpan> spans;
    std::int64_t at = 0;
    for (const RenderedSpan& span : rendered.spans) {
        const TokenId mark = span.mark == SpanMark::Bos ? tokenizer.bosId()
            : span.mark == SpanMark::Eos                ? tokenizer.eosId()
                                                        : -1;
        const std::size_t size
            = span.control && mark >= 0 ? tokenizer.piece(mark).size() : span.text.size();
        spans.push_back({{at, at + std::int64_t(size)}, span.message, span.answer, span.control});
        at += std::int64_t(size);
    }
    return spans;
}

Result<PreparedInput> fromMessages(
    const ModelUnderTest& model, const ModelInput& given, GenerationPrompt generationPrompt) {
    const std::vector<Message>& messages = *given.messages;
    const std::string& templateName = given.templateName;
    const auto tokenizer = model.tokenizer();
    if (!tokenizer)
        return fail("analysis.no_tokenizer", {{"path", model.info().path}});
    std::shared_ptr<const ChatTemplate> chatTemplate
        = given.chatTemplate ? given.chatTemplate : model.chatTemplate();
    if (!templateName.empty() && (!chatTemplate || chatTemplate->name() != templateName)) {
        auto named = chatTemplateByName(templateName);
        if (!named)
            return forward(named);
        chatTemplate = *named;
    }
    if (!chatTemplate)
        return fail("analysis.no_template", {{"path", model.info().path}});
    auto rendered = renderConversation(*chatTemplate, messages, generationPrompt, given.tools);
    if (!rendered)
        return forward(rendered);
    auto encoded
        = encodeConversation(*tokenizer, *chatTemplate, messages, generationPrompt, given.tools);
    if (!encoded)
        return forward(encoded);
    PreparedInput input = prepared(viewOfSample(*encoded));
    input.spans = textSpans(*rendered, *tokenizer);
    input.templateName = chatTemplate->name();
    input.templateHash = chatTemplate->hash();
    input.stopStrings = chatTemplate->stopStrings();
    return input;
}

} // namespace

Result<PreparedInput> prepareInput(
    const ModelUnderTest& model, const ModelInput& input, GenerationPrompt generationPrompt) {
    if (input.text)
        return fromText(model, *input.text);
    if (input.messages)
        return fromMessages(model, input, generationPrompt);
    if (!input.ids)
        return fail("analysis.no_input");
    for (std::size_t i = 0; i < input.ids->size(); ++i)
        if ((*input.ids)[i] < 0 || (*input.ids)[i] >= model.info().vocabularySize)
            return fail("analysis.id_range",
                {{"id", std::to_string((*input.ids)[i])}, {"index", std::to_string(i)},
                    {"size", std::to_string(model.info().vocabularySize)}});
    return prepared(viewOfIds(model.tokenizer().get(), *input.ids));
}

std::size_t partThatFits(const ModelInfo& info, std::size_t tokens) {
    return info.maxPositions > 0 ? std::min(tokens, std::size_t(info.maxPositions)) : tokens;
}

TokenView continuationView(
    const Tokenizer& tokenizer, std::span<const TokenId> before, std::span<const TokenId> added) {
    std::vector<TokenId> all(before.begin(), before.end());
    all.insert(all.end(), added.begin(), added.end());
    const TokenView whole = viewOfIds(&tokenizer, std::move(all));
    const std::int64_t begin
        = added.empty() ? std::int64_t(whole.text->size()) : whole.ranges[before.size()].begin;
    TokenView view;
    view.ids.assign(added.begin(), added.end());
    view.text = whole.text->substr(std::size_t(begin));
    for (std::size_t i = before.size(); i < whole.ranges.size(); ++i)
        view.ranges.push_back({whole.ranges[i].begin - begin, whole.ranges[i].end - begin});
    return view;
}

std::optional<std::vector<TokenId>> idsFromJson(
    const Json& value, const char* key, JsonReader& reader) {
    std::vector<TokenId> ids;
    const auto isId = [](const Json& id) {
        return id.is_number_integer() && id.get<double>() >= 0
            && id.get<double>() <= std::numeric_limits<TokenId>::max();
    };
    if (!value.is_array() || !std::ranges::all_of(value, isId)) {
        reader.report(Error("json.type",
            {{"key", key}, {"expected", "a list of token ids, whole numbers from 0"},
                {"found",
                    value.is_array() ? "a list with something else in it" : jsonTypeName(value)}}));
        return std::nullopt;
    }
    for (const Json& id : value)
        ids.push_back(id.get<TokenId>());
    return ids;
}

namespace {

ToolCall toolCallFromJson(
    const Json& value, const std::string& place, std::vector<Error>& problems) {
    ToolCall call;
    JsonReader reader(value, place);
    reader.ignoreOthers();
    reader.readOptional("id", call.id);
    if (const Json* function = reader.required("function")) {
        JsonReader inner(*function, place + "/function");
        inner.ignoreOthers();
        inner.read("name", call.name);
        if (const Json* arguments = inner.optional("arguments"))
            call.arguments
                = arguments->is_string() ? arguments->get<std::string>() : dumpJson(*arguments);
        std::ranges::move(inner.takeProblems(), std::back_inserter(problems));
    }
    std::ranges::move(reader.takeProblems(), std::back_inserter(problems));
    return call;
}

Message messageFromJson(const Json& value, const std::string& place, std::vector<Error>& problems) {
    static const std::pair<const char*, Role> roles[]
        = {{"system", Role::System}, {"developer", Role::Developer}, {"user", Role::User},
            {"assistant", Role::Assistant}, {"tool", Role::Tool}};
    Message message;
    JsonReader reader(value, place);
    reader.ignoreOthers(); // data rows carry names, weights and ids that rendering does not use
    std::string role;
    reader.read("role", role);
    const auto known
        = std::ranges::find(roles, role, [](const auto& pair) { return std::string(pair.first); });
    if (known != std::end(roles))
        message.role = known->second;
    else if (!role.empty())
        reader.report(Error("json.value",
            {{"key", "role"},
                {"reason",
                    "\"" + role + "\" is none of system, developer, user, assistant and tool"}}));
    if (const Json* content = reader.optional("content"); content && !content->is_null())
        reader.read("content", message.content);
    reader.readOptional("reasoning_content", message.reasoning);
    reader.readOptional("tool_call_id", message.toolCallId);
    if (const Json* calls = reader.optional("tool_calls"); calls && calls->is_array())
        for (std::size_t i = 0; i < calls->size(); ++i)
            message.toolCalls.push_back(toolCallFromJson(
                (*calls)[i], place + "/tool_calls/" + std::to_string(i), problems));
    std::ranges::move(reader.takeProblems(), std::back_inserter(problems));
    return message;
}

} // namespace

std::optional<std::vector<Message>> messagesFromJson(
    const Json& value, const char* key, JsonReader& reader) {
    if (!value.is_array() || value.empty()) {
        reader.report(Error("json.type",
            {{"key", key}, {"expected", "a list of at least one message"},
                {"found", value.is_array() ? "an empty list" : jsonTypeName(value)}}));
        return std::nullopt;
    }
    std::vector<Message> messages;
    std::vector<Error> problems;
    for (std::size_t i = 0; i < value.size(); ++i)
        messages.push_back(messageFromJson(
            value[i], reader.place() + "/" + key + "/" + std::to_string(i), problems));
    const bool good = problems.empty();
    for (Error& problem : problems)
        reader.report(std::move(problem));
    return good ? std::optional(messages) : std::nullopt;
}

ModelInput readModelInput(JsonReader& reader, const char* textKey) {
    ModelInput input;
    int given = 0;
    if (const Json* ids = reader.optional("ids")) {
        ++given;
        input.ids = idsFromJson(*ids, "ids", reader);
    }
    if (textKey && reader.has(textKey)) {
        ++given;
        std::string text;
        reader.read(textKey, text);
        input.text = std::move(text);
    }
    if (const Json* messages = reader.optional("messages")) {
        ++given;
        input.messages = messagesFromJson(*messages, "messages", reader);
    }
    if (const Json* tools = reader.optional("tools"); tools && !tools->is_null())
        input.tools = tools->is_string() ? tools->get<std::string>() : dumpJson(*tools);
    if (given != 1)
        reader.report(Error("analysis.one_input",
            {{"keys", textKey ? "ids, " + std::string(textKey) + ", messages" : "ids, messages"},
                {"count", std::to_string(given)}}));
    return input;
}

Result<std::vector<Message>> messagesFromDocument(const Json& document, const std::string& place) {
    const Json wrapped = document.is_array() ? Json{{"messages", document}} : document;
    JsonReader reader(wrapped, place);
    reader.ignoreOthers();
    std::optional<std::vector<Message>> messages;
    if (const Json* value = reader.required("messages"))
        messages = messagesFromJson(*value, "messages", reader);
    if (auto done = reader.finish(); !done)
        return forward(done);
    return *messages;
}

} // namespace assay
