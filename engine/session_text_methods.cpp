#include "core/analysis/compare_report.h"
#include "core/analysis/generated_text.h"
#include "core/analysis/records.h"
#include "core/analysis/request_checks.h"
#include "core/base/utf8.h"
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

MethodTask prepareTokenize(SessionContext& context, JsonReader& params) {
    std::string model;
    std::string text;
    params.read("model", model);
    params.read("text", text);
    return [&context, model, text](Call&) -> Result<Json> {
        auto found = context.models.find(model);
        if (!found)
            return forward(found);
        const auto tokenizer = (*found)->tokenizer();
        if (!tokenizer)
            return fail("analysis.no_tokenizer", {{"path", (*found)->info().path}});
        // The text's own tokens: BOS belongs to a sequence, not to a text.
        Encoding encoding = tokenizer->encode(text);
        PreparedInput input;
        input.ids = std::move(encoding.ids);
        input.text = text;
        input.ranges = std::move(encoding.ranges);
        Json record = tokensToJson(input, tokenizer.get());
        record.erase("text");
        return record;
    };
}

MethodTask preparePieces(SessionContext& context, JsonReader& params) {
    constexpr std::size_t mostIds = 65536;
    std::string model;
    std::vector<TokenId> ids;
    params.read("model", model);
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
    return [&context, model, ids](Call&) -> Result<Json> {
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
            hex.push_back(isValidUtf8(bytes) ? Json() : Json(toHex(bytes)));
        }
        return Json{{"pieces", pieces}, {"bytes_hex", hex}};
    };
}

MethodTask prepareScore(SessionContext& context, JsonReader& params) {
    std::string model;
    ScoreOptions options;
    params.read("model", model);
    ModelInput input = readModelInput(params, "text");
    params.readOptional("top", options.topK);
    params.readOptional("template", input.templateName);
    return [&context, model, input, options](Call& call) -> Result<Json> {
        auto found = context.models.find(model);
        if (!found)
            return forward(found);
        ModelUnderTest& asked = **found;
        if (auto fits = checkTopK(asked, options.topK); !fits)
            return forward(fits);
        auto prepared = prepareInput(asked, input, GenerationPrompt::Omit);
        if (!prepared)
            return forward(prepared);
        BlockStream blocks(call, std::int64_t(prepared->ids.size()), options.topK);
        auto scores = asked.score(prepared->ids, options, call.stop,
            [&](std::int64_t, const SequenceScores& block) { blocks.add(block); });
        if (!scores)
            return forward(scores);
        blocks.finish();
        Json record = tokensToJson(*prepared, asked.tokenizer().get());
        record["count"] = prepared->ids.size();
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

MethodTask prepareGenerate(SessionContext& context, JsonReader& params) {
    std::string model;
    GenerateOptions options;
    params.read("model", model);
    ModelInput input = readModelInput(params, "prompt");
    params.readOptional("template", input.templateName);
    params.readOptional("max_new", options.maxNew);
    params.readOptional("temperature", options.temperature);
    params.readOptional("top_k", options.topK);
    params.readOptional("top_p", options.topP);
    params.readOptional("seed", options.seed);
    params.readOptional("stop", options.stopStrings);
    params.readOptional("stop_at_end", options.stopAtEnd);
    readLogprobs(params, options);
    for (Error& problem : samplingProblems(options))
        params.report(std::move(problem));
    return [&context, model, input, options](Call& call) -> Result<Json> {
        auto found = context.models.find(model);
        if (!found)
            return forward(found);
        ModelUnderTest& asked = **found;
        if (auto fits = checkTopK(asked, options.captureTopK); !fits)
            return forward(fits);
        auto prompt = prepareInput(asked, input, GenerationPrompt::Add);
        if (!prompt)
            return forward(prompt);
        GenerateOptions wanted = options;
        wanted.stopStrings.insert(
            wanted.stopStrings.end(), prompt->stopStrings.begin(), prompt->stopStrings.end());
        std::optional<GeneratedText> stream;
        if (const auto tokenizer = asked.tokenizer())
            stream.emplace(tokenizer, prompt->ids, wanted.stopStrings);
        auto generation = asked.generate(
            prompt->ids, wanted, call.stop, [&](TokenId id, const TokenScore* score) {
                Json token = {{"id", id}, {"text", stream ? stream->add(id) : std::string()}};
                if (score)
                    token["logprob"] = floatToJson(score->logprob);
                call.notify("text.generate.token", std::move(token));
            });
        if (!generation)
            return forward(generation);
        if (generation->ended == EndReason::Cancelled)
            return fail("cancelled");
        return generationRecord(asked, *prompt, wanted, *generation);
    };
}

MethodTask prepareCompare(SessionContext& context, JsonReader& params) {
    std::string base;
    std::string tuned;
    params.read("base", base);
    params.read("tuned", tuned);
    const CompareRequest request = readCompareRequest(params);
    return [&context, base, tuned, request](Call& call) -> Result<Json> {
        auto baseModel = context.models.find(base);
        if (!baseModel)
            return forward(baseModel);
        auto tunedModel = context.models.find(tuned);
        if (!tunedModel)
            return forward(tunedModel);
        return compareReport(**baseModel, **tunedModel, request, call.stop);
    };
}

} // namespace assay
