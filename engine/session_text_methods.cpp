#include "core/analysis/generated_text.h"
#include "core/analysis/records.h"
#include "core/analysis/request_checks.h"
#include "core/base/utf8.h"
#include "core/text/following_text.h"
#include "engine/session_methods.h"

#include <algorithm>

namespace assay {

namespace {

/// Scores as notifications of at most 256 positions; fewer where long lists of alternatives would
/// make a line too long.
class BlockStream {
public:
    BlockStream(Call& call, std::int64_t count, int topK)
        : m_call(call)
        , m_size(
              std::max<std::size_t>(1, std::min<std::size_t>(256, 20000 / std::size_t(topK + 1))))
        , m_count(count) {
        m_held.topK = topK;
    }

    void add(const SequenceScores& block) {
        for (std::size_t t = 0; t < block.tokens.size(); ++t) {
            m_held.tokens.push_back(block.tokens[t]);
            const auto k = std::ptrdiff_t(m_held.topK);
            m_held.top.insert(m_held.top.end(), block.top.begin() + std::ptrdiff_t(t) * k,
                block.top.begin() + std::ptrdiff_t(t + 1) * k);
            if (m_held.tokens.size() + (m_first == 0) == m_size)
                flush();
        }
    }
    void finish() {
        if (!m_held.tokens.empty() || (m_first == 0 && m_count > 0))
            flush();
    }

private:
    void flush() {
        Json params = {{"first", m_first}};
        addScoreArrays(params, m_held, 0, m_held.tokens.size(), m_first == 0);
        m_first += m_held.tokens.size() + (m_first == 0);
        m_held.tokens.clear();
        m_held.top.clear();
        m_call.notify("text.score.block", std::move(params));
    }

    Call& m_call;
    std::size_t m_size;
    std::int64_t m_count;
    std::size_t m_first = 0;
    SequenceScores m_held;
};

} // namespace

namespace {

/// The fields of the tokens as notifications: a long text would not fit one line.
void streamTokens(Call& call, Json& record) {
    constexpr std::size_t most = 4096;
    const Json ids = std::move(record["ids"]);
    const char* const keys[] = {"pieces", "byte_offsets", "bytes_hex"};
    Json fields;
    for (const char* key : keys)
        fields[key] = std::move(record[key]);
    record.erase("ids");
    for (const char* key : keys)
        record.erase(key);
    for (std::size_t first = 0; first < ids.size(); first += most) {
        const std::size_t end = std::min(ids.size(), first + most);
        const auto part = [&](const Json& list) {
            Json out = Json::array();
            for (std::size_t i = first; i < end; ++i)
                out.push_back(list[i]);
            return out;
        };
        Json params = {{"first", first}, {"ids", part(ids)}};
        for (const char* key : keys)
            params[key] = fields[key].is_array() ? part(fields[key]) : Json();
        call.notify("text.score.tokens", std::move(params));
    }
}

} // namespace

MethodTask prepareTokenize(SessionContext& context, JsonReader& params) {
    std::string model;
    std::string text;
    std::optional<std::vector<TokenId>> after;
    params.read("model", model);
    params.read("text", text);
    if (const Json* ids = params.optional("after"))
        after = idsFromJson(*ids, "after", params);
    return [&context, model, text, after](Call&) -> Result<Json> {
        auto found = context.models.find(model);
        if (!found)
            return forward(found);
        const auto tokenizer = (*found)->tokenizer();
        if (!tokenizer)
            return fail("analysis.no_tokenizer", {{"path", (*found)->info().path}});
        // The text's own tokens: BOS belongs to a sequence, not to a text.
        FollowingText following;
        if (after)
            following = encodeFollowing(*tokenizer, *after, text);
        else
            following.encoding = tokenizer->encode(text);
        PreparedInput input;
        input.ids = std::move(following.encoding.ids);
        input.text = text;
        input.ranges = std::move(following.encoding.ranges);
        Json record = tokensToJson(input, tokenizer.get());
        record.erase("text");
        if (after)
            record["natural"] = following.natural;
        return record;
    };
}

MethodTask preparePieces(SessionContext& context, JsonReader& params) {
    constexpr std::size_t mostIds = 65536;
    std::string model;
    std::vector<TokenId> ids;
    bool allBytes = false;
    params.read("model", model);
    params.readOptional("all_bytes", allBytes);
    if (const Json* list = params.required("ids")) {
        const bool fits = list->is_array() && list->size() <= mostIds
            && std::ranges::all_of(*list, [](const Json& id) { return id.is_number_integer(); });
        if (fits)
            ids = list->get<std::vector<TokenId>>();
        else
            params.report(Error("json.type",
                {{"key", "ids"}, {"expected", "a list of at most 65536 ids"},
                    {"found", jsonTypeName(*list)}}));
    }
    return [&context, model, ids, allBytes](Call&) -> Result<Json> {
        auto found = context.models.find(model);
        if (!found)
            return forward(found);
        const auto tokenizer = (*found)->tokenizer();
        if (!tokenizer)
            return fail("analysis.no_tokenizer", {{"path", (*found)->info().path}});
        Json pieces = Json::array();
        Json hex = Json::array();
        for (const TokenId id : ids) {
            // What a model ranks may lie beyond its tokenizer: vocabularies are padded.
            const bool known = id >= 0 && id < tokenizer->vocabularySize();
            const std::string bytes = known ? tokenizer->bytesOf(id) : std::string();
            pieces.push_back(known ? Json(displayPiece(*tokenizer, id)) : Json());
            hex.push_back(
                !known || (!allBytes && isValidUtf8(bytes)) ? Json() : Json(toHex(bytes)));
        }
        return Json{{"pieces", pieces}, {"bytes_hex", hex}};
    };
}

namespace {

/// Lets messages be rendered by the template of another loaded model, where one is named.
Result<void> takeTemplateOf(SessionContext& context, const std::string& model, ModelInput& input) {
    if (model.empty())
        return {};
    auto found = context.models.find(model);
    if (!found)
        return forward(found);
    input.chatTemplate = (*found)->chatTemplate();
    return {};
}

} // namespace

MethodTask prepareScore(SessionContext& context, JsonReader& params) {
    std::string model;
    std::string templateOf;
    ScoreOptions options;
    params.read("model", model);
    ModelInput input = readModelInput(params, "text");
    bool truncate = false;
    bool generationPrompt = false;
    bool blocksOfTokens = false;
    params.readOptional("top", options.topK);
    params.readOptional("template", input.templateName);
    params.readOptional("template_of", templateOf);
    params.readOptional("truncate", truncate);
    params.readOptional("generation_prompt", generationPrompt);
    params.readOptional("stream_tokens", blocksOfTokens);
    return [=, &context](Call& call) -> Result<Json> {
        auto found = context.models.find(model);
        if (!found)
            return forward(found);
        ModelUnderTest& asked = **found;
        if (auto fits = checkTopK(asked, options.topK); !fits)
            return forward(fits);
        ModelInput given = input;
        if (auto taken = takeTemplateOf(context, templateOf, given); !taken)
            return forward(taken);
        auto prepared = prepareInput(
            asked, given, generationPrompt ? GenerationPrompt::Add : GenerationPrompt::Omit);
        if (!prepared)
            return forward(prepared);
        const std::size_t scored
            = truncate ? partThatFits(asked.info(), prepared->ids.size()) : prepared->ids.size();
        BlockStream blocks(call, std::int64_t(scored), options.topK);
        auto scores = asked.score(std::span(prepared->ids).first(scored), options, call.stop,
            [&](std::int64_t, const SequenceScores& block) { blocks.add(block); });
        if (!scores)
            return forward(scores);
        blocks.finish();
        Json record = tokensToJson(*prepared, asked.tokenizer().get());
        record["count"] = prepared->ids.size();
        record["scored"] = scored;
        record["stop"] = prepared->stopStrings;
        if (blocksOfTokens)
            streamTokens(call, record);
        record["provenance"] = scoreProvenance(asked.info(), *prepared);
        return record;
    };
}

namespace {

/// `logprobs`: false, true, or the number of alternatives wanted with each token.
void readLogprobs(JsonReader& params, GenerateOptions& options) {
    const Json* value = params.optional("logprobs");
    if (!value || *value == false)
        return;
    if (value->is_boolean()
        || (value->is_number_unsigned() && value->get<std::uint64_t>() < (1U << 20U))) {
        options.capture = true;
        options.captureTopK = value->is_boolean() ? 0 : value->get<int>();
        return;
    }
    params.report(Error("json.type",
        {{"key", "logprobs"}, {"expected", "true, false or a number of alternatives"},
            {"found", jsonTypeName(*value)}}));
}

} // namespace

namespace {

/// Everything about a token the moment it is chosen.
Json generatedTokenJson(const Tokenizer* tokenizer, TokenId id, const TokenScore& score,
    std::span<const Candidate> top) {
    Json token = {{"rank", score.rank}, {"entropy", floatToJson(score.entropy)},
        {"varentropy", floatToJson(score.varentropy)}, {"margin", floatToJson(score.margin)},
        {"piece", tokenizer ? Json(displayPiece(*tokenizer, id)) : Json()},
        {"bytes_hex", tokenizer ? Json(toHex(tokenizer->bytesOf(id))) : Json()}};
    Json list = Json::array();
    for (const Candidate& candidate : top)
        if (candidate.id >= 0)
            list.push_back(Json::array({candidate.id, floatToJson(candidate.logprob)}));
    token["top"] = std::move(list);
    return token;
}

} // namespace

MethodTask prepareGenerate(SessionContext& context, JsonReader& params) {
    std::string model;
    GenerateOptions options;
    params.read("model", model);
    ModelInput input = readModelInput(params, "prompt");
    params.readOptional("template", input.templateName);
    std::string templateOf;
    params.readOptional("template_of", templateOf);
    params.readOptional("max_new", options.maxNew);
    params.readOptional("temperature", options.temperature);
    params.readOptional("top_k", options.topK);
    params.readOptional("top_p", options.topP);
    params.readOptional("seed", options.seed);
    params.readOptional("stop", options.stopStrings);
    params.readOptional("stop_at_end", options.stopAtEnd);
    readLogprobs(params, options);
    bool streamScores = false;
    params.readOptional("stream_scores", streamScores);
    for (Error& problem : samplingProblems(options))
        params.report(std::move(problem));
    return [=, &context](Call& call) -> Result<Json> {
        auto found = context.models.find(model);
        if (!found)
            return forward(found);
        ModelUnderTest& asked = **found;
        if (auto fits = checkTopK(asked, options.captureTopK); !fits)
            return forward(fits);
        ModelInput given = input;
        if (auto taken = takeTemplateOf(context, templateOf, given); !taken)
            return forward(taken);
        auto prompt = prepareInput(asked, given, GenerationPrompt::Add);
        if (!prompt)
            return forward(prompt);
        GenerateOptions wanted = options;
        wanted.stopStrings.insert(
            wanted.stopStrings.end(), prompt->stopStrings.begin(), prompt->stopStrings.end());
        std::optional<GeneratedText> stream;
        const auto tokenizer = asked.tokenizer();
        if (tokenizer)
            stream.emplace(tokenizer, prompt->ids, wanted.stopStrings);
        auto generation = asked.generate(prompt->ids, wanted, call.stop,
            [&](TokenId id, const TokenScore* score, std::span<const Candidate> top) {
                Json token = {{"id", id}, {"text", stream ? stream->add(id) : std::string()}};
                if (score)
                    token["logprob"] = floatToJson(score->logprob);
                if (score && streamScores)
                    token.update(generatedTokenJson(tokenizer.get(), id, *score, top));
                call.notify("text.generate.token", std::move(token));
            });
        if (!generation)
            return forward(generation);
        if (generation->ended == EndReason::Cancelled)
            return fail("cancelled");
        // What was streamed is not said twice: long lists of alternatives would not fit one line.
        if (streamScores)
            wanted.capture = false;
        return generationRecord(asked, *prompt, wanted, *generation);
    };
}

} // namespace assay
