#include "core/store/sample_row.h"

#include "core/base/utf8.h"

#include <array>

namespace assay {

namespace {

constexpr std::size_t previewCodePoints = 120;
constexpr std::array<std::string_view, 3> statusNames = {"pending", "accepted", "rejected"};
constexpr std::array<std::string_view, 3> kindNames = {"conversation", "text", "preference"};

std::int64_t countCodePoints(std::string_view text) {
    std::int64_t count = 0;
    for (const char c : text)
        count += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
    return count;
}

/// The start of the text on one line.
std::string previewOf(std::string_view text) {
    std::string preview;
    std::size_t count = 0;
    bool space = false;
    while (!text.empty() && count < previewCodePoints) {
        const std::size_t length = utf8SequenceLength(text);
        const bool blank = static_cast<unsigned char>(text[0]) <= ' ' || length == 0;
        if (blank) {
            space = true;
        } else {
            if (space && !preview.empty()) {
                preview += ' ';
                ++count;
            }
            space = false;
            preview += text.substr(0, length);
            ++count;
        }
        text.remove_prefix(length > 0 ? length : 1);
    }
    return preview;
}

void describeMessages(SampleDescription& description, const std::vector<Message>& messages) {
    for (const Message& message : messages) {
        std::int64_t chars = countCodePoints(message.content) + countCodePoints(message.reasoning);
        for (const ToolCall& call : message.toolCalls)
            chars += countCodePoints(call.name) + countCodePoints(call.arguments);
        if (message.role != Role::Assistant) {
            description.queryChars += chars;
            if (message.role == Role::User && !description.queryPreview.empty())
                description.lastPreview = previewOf(message.content);
            if (message.role == Role::User && description.queryPreview.empty())
                description.queryPreview = previewOf(message.content);
            continue;
        }
        ++description.turns;
        description.answerChars += chars;
        if (description.answerPreview.empty())
            description.answerPreview = previewOf(
                message.content.empty() && !message.toolCalls.empty() ? message.toolCalls[0].name
                                                                      : message.content);
    }
}

} // namespace

std::string_view statusName(ReviewStatus status) {
    return statusNames[std::size_t(status)];
}

std::optional<ReviewStatus> statusFromName(std::string_view name) {
    for (std::size_t i = 0; i < statusNames.size(); ++i)
        if (statusNames[i] == name)
            return ReviewStatus(i);
    return {};
}

std::string_view kindName(SampleKind kind) {
    return kindNames[std::size_t(kind)];
}

SampleDescription describeSample(const Sample& sample) {
    SampleDescription description;
    if (sample.text)
        description.kind = SampleKind::Text;
    else if (sample.chosen || sample.rejected)
        description.kind = SampleKind::Preference;
    describeMessages(description, sample.messages);
    if (sample.chosen)
        describeMessages(description, *sample.chosen);
    if (sample.text) {
        description.answerChars += countCodePoints(*sample.text);
        description.answerPreview = previewOf(*sample.text);
    }
    if (description.lastPreview == description.queryPreview)
        description.lastPreview.clear();
    if (description.queryPreview.empty() && !sample.messages.empty()
        && sample.messages[0].role != Role::Assistant)
        description.queryPreview = previewOf(sample.messages[0].content);
    return description;
}

Json sampleRowToJson(const SampleRow& row) {
    Json json = {{"id", row.id}, {"uid", row.uid}, {"channel", row.channel},
        {"kind", kindName(row.kind)}, {"status", statusName(row.status)}, {"turns", row.turns},
        {"query_chars", row.queryChars}, {"answer_chars", row.answerChars},
        {"revision", row.revision}, {"edited", row.edited}, {"adjudicated", row.adjudicated}};
    json["rating"] = row.rating ? Json(*row.rating) : Json();
    json["comments"] = row.comments;
    json["spans"] = row.spans;
    json["file"] = row.file;
    json["line"] = row.line;
    json["query"] = row.queryPreview;
    json["answer"] = row.answerPreview;
    json["last_query"] = row.lastPreview;
    json["tags"] = row.tags;
    if (row.tokens) {
        json["tokens"] = *row.tokens;
        json["answer_tokens"] = *row.answerTokens;
    }
    if (row.loss)
        json["loss"] = {{"value", *row.loss}, {"model", row.lossModel}, {"stale", row.lossStale}};
    return json;
}

Json filterToJson(const SampleFilter& filter) {
    Json json = Json::object();
    if (!filter.channels.empty())
        json["channels"] = filter.channels;
    for (const ReviewStatus status : filter.statuses)
        json["statuses"].push_back(statusName(status));
    const auto addText = [&](const char* key, const std::string& text) {
        if (!text.empty())
            json[key] = text;
    };
    addText("text", filter.text);
    addText("query_text", filter.queryText);
    addText("answer_text", filter.answerText);
    if (filter.syntax == SearchSyntax::Expert)
        json["syntax"] = "expert";
    addText("file", filter.file);
    if (filter.importId)
        json["import"] = *filter.importId;
    if (filter.ratingAtLeast)
        json["rating_at_least"] = *filter.ratingAtLeast;
    if (filter.ratingAtMost)
        json["rating_at_most"] = *filter.ratingAtMost;
    if (filter.edited)
        json["edited"] = *filter.edited;
    if (!filter.tags.empty())
        json["tags"] = filter.tags;
    if (!filter.findings.empty())
        json["findings"] = filter.findings;
    const auto addNumber = [&](const char* key, const auto& number) {
        if (number)
            json[key] = *number;
    };
    addNumber("chars_at_least", filter.charsAtLeast);
    addNumber("chars_at_most", filter.charsAtMost);
    addNumber("tokens_at_least", filter.tokensAtLeast);
    addNumber("tokens_at_most", filter.tokensAtMost);
    addNumber("loss_at_least", filter.lossAtLeast);
    addNumber("loss_at_most", filter.lossAtMost);
    return json;
}

Result<SampleFilter> filterFromJson(const Json& json, const std::string& place) {
    SampleFilter filter;
    JsonReader reader(json, place);
    std::vector<std::string> statuses;
    std::string syntax = "plain";
    reader.readOptional("channels", filter.channels);
    reader.readOptional("statuses", statuses);
    reader.readOptional("text", filter.text);
    reader.readOptional("query_text", filter.queryText);
    reader.readOptional("answer_text", filter.answerText);
    reader.readOptional("syntax", syntax);
    reader.readOptional("file", filter.file);
    const auto readInto = [&](const char* key, auto& target, auto value) {
        if (!reader.has(key))
            return;
        reader.readOptional(key, value);
        target = value;
    };
    readInto("import", filter.importId, std::int64_t(0));
    readInto("rating_at_least", filter.ratingAtLeast, 0.0);
    readInto("rating_at_most", filter.ratingAtMost, 0.0);
    readInto("edited", filter.edited, false);
    reader.readOptional("tags", filter.tags);
    reader.readOptional("findings", filter.findings);
    readInto("chars_at_least", filter.charsAtLeast, std::int64_t(0));
    readInto("chars_at_most", filter.charsAtMost, std::int64_t(0));
    readInto("tokens_at_least", filter.tokensAtLeast, std::int64_t(0));
    readInto("tokens_at_most", filter.tokensAtMost, std::int64_t(0));
    readInto("loss_at_least", filter.lossAtLeast, 0.0);
    readInto("loss_at_most", filter.lossAtMost, 0.0);
    for (const std::string& name : statuses) {
        if (const auto status = statusFromName(name))
            filter.statuses.push_back(*status);
        else
            reader.report(Error("json.value",
                {{"key", "statuses"},
                    {"reason", "\"" + name + "\" is not pending, accepted or rejected"}}));
    }
    if (syntax == "expert")
        filter.syntax = SearchSyntax::Expert;
    else if (syntax != "plain")
        reader.report(Error("json.value",
            {{"key", "syntax"}, {"reason", "\"" + syntax + "\" is not plain or expert"}}));
    if (auto done = reader.finish(); !done)
        return forward(done);
    return filter;
}

} // namespace assay
