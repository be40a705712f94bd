#include "core/analysis/records.h"

#include "core/base/utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace assay {

namespace {

Json numberArray(std::size_t begin, std::size_t end, bool leadingNull, const auto& valueAt) {
    Json array = Json::array();
    if (leadingNull)
        array.push_back(nullptr);
    for (std::size_t t = begin; t < end; ++t)
        array.push_back(valueAt(t));
    return array;
}

Json templateOf(const PreparedInput& input) {
    return input.templateName.empty()
        ? Json()
        : Json{{"name", input.templateName}, {"hash", input.templateHash}};
}

} // namespace

Json floatToJson(float value) {
    if (!std::isfinite(value))
        return nullptr;
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    double shortest = value;
    std::from_chars(digits, end, shortest);
    return shortest;
}

Json textSpansToJson(const std::vector<TextSpan>& spans) {
    Json list = Json::array();
    for (const TextSpan& span : spans)
        list.push_back({{"begin", span.range.begin}, {"end", span.range.end},
            {"message", span.message < 0 ? Json() : Json(span.message)}, {"answer", span.answer},
            {"control", span.control}});
    return list;
}

Json tokensToJson(const PreparedInput& input, const Tokenizer* tokenizer) {
    Json record = tokenFields(tokenizer, {input.ids, input.text, input.ranges});
    if (!input.spans.empty())
        record["spans"] = textSpansToJson(input.spans);
    return record;
}

void addScoreArrays(Json& record, const SequenceScores& scores, std::size_t begin, std::size_t end,
    bool leadingNull) {
    const auto& tokens = scores.tokens;
    const auto array
        = [&](const auto& valueAt) { return numberArray(begin, end, leadingNull, valueAt); };
    record["logprob"] = array([&](std::size_t t) { return floatToJson(tokens[t].logprob); });
    record["rank"]
        = array([&](std::size_t t) { return tokens[t].rank > 0 ? Json(tokens[t].rank) : Json(); });
    record["entropy"] = array([&](std::size_t t) { return floatToJson(tokens[t].entropy); });
    record["varentropy"] = array([&](std::size_t t) { return floatToJson(tokens[t].varentropy); });
    record["margin"] = array([&](std::size_t t) { return floatToJson(tokens[t].margin); });
    if (scores.topK > 0)
        record["top"] = array([&](std::size_t t) {
            Json list = Json::array();
            for (std::size_t k = t * std::size_t(scores.topK);
                 k < (t + 1) * std::size_t(scores.topK); ++k)
                if (scores.top[k].id >= 0)
                    list.push_back(
                        Json::array({scores.top[k].id, floatToJson(scores.top[k].logprob)}));
            return list;
        });
}

Json scoreProvenance(const ModelInfo& info, const PreparedInput& input) {
    // Plain distribution, one sequence at a time: what the numbers' definition asks for.
    return {{"program", "assay-cli " ASSAY_VERSION}, {"model", modelInfoToJson(info)},
        {"template", templateOf(input)}, {"dtype", info.dtype}, {"device", info.device},
        {"batch", 1}, {"temperature", 1}, {"filters", nullptr}, {"seed", nullptr}};
}

Json scoreRecord(
    const ModelUnderTest& model, const PreparedInput& input, const SequenceScores& scores) {
    Json record = tokensToJson(input, model.tokenizer().get());
    addScoreArrays(record, scores, 0, scores.tokens.size(), !input.ids.empty());
    record["count"] = input.ids.size();
    record["provenance"] = scoreProvenance(model.info(), input);
    return record;
}

std::string cutAtStop(const std::string& text, const std::vector<std::string>& stopStrings) {
    std::size_t end = text.size();
    for (const std::string& stop : stopStrings)
        if (!stop.empty())
            end = std::min(end, text.find(stop));
    return text.substr(0, end);
}

Json generationProvenance(
    const ModelInfo& info, const PreparedInput& prompt, const GenerateOptions& options) {
    const bool greedy = options.temperature == 0;
    Json provenance = scoreProvenance(info, prompt);
    for (const char* key : {"temperature", "filters", "seed"})
        provenance.erase(key);
    // Scores, where captured, are those of the plain distribution; sampling says how the ids were
    // chosen.
    provenance["sampling"] = {{"greedy", greedy}, {"temperature", options.temperature},
        {"top_k", greedy || options.topK == 0 ? Json() : Json(options.topK)},
        {"top_p", greedy || options.topP >= 1 ? Json() : Json(options.topP)},
        {"seed", greedy ? Json() : Json(options.seed)}, {"max_new", options.maxNew},
        {"stop", options.stopStrings}, {"stop_at_end", options.stopAtEnd}};
    return provenance;
}

Json generationRecord(const ModelUnderTest& model, const PreparedInput& prompt,
    const GenerateOptions& options, const Generation& generation) {
    const auto tokenizer = model.tokenizer();
    Json record = {{"ids", generation.ids}, {"text", nullptr}};
    if (tokenizer)
        record["text"] = toValidUtf8(cutAtStop(
            *continuationView(*tokenizer, prompt.ids, generation.ids).text, options.stopStrings));
    record["ended"] = endReasonName(generation.ended);
    record["end_id"] = generation.endId < 0 ? Json() : Json(generation.endId);
    if (options.capture)
        addScoreArrays(record, generation.scores, 0, generation.scores.tokens.size(), false);
    record["prompt"]
        = {{"text", prompt.text ? Json(toValidUtf8(*prompt.text)) : Json()}, {"ids", prompt.ids}};
    record["provenance"] = generationProvenance(model.info(), prompt, options);
    return record;
}

} // namespace assay
