#include "core/analysis/compare_json.h"
#include "core/analysis/paired_text.h"
#include "core/analysis/records.h"

#include <algorithm>

namespace assay {

namespace {

constexpr std::size_t blockTokens = 256;

template <class T> Json orNull(const std::optional<T>& value) {
    return value ? Json(*value) : Json();
}

/// Entries [begin, end) of one side.
Json sideBlock(const SequenceScores& scores, std::size_t begin, std::size_t end) {
    Json json;
    addScoreArrays(json, scores, begin, end, false);
    json["argmax"] = Json::array();
    for (std::size_t t = begin; t < end; ++t)
        json["argmax"].push_back(scores.tokens[t].argmax);
    return json;
}

void sendBlocks(const PairedText& text, const PairedBlockFunction& onBlock) {
    const auto count = text.tunedScores.tokens.size();
    if (text.shared) {
        for (std::size_t begin = 0; begin < count; begin += blockTokens) {
            const std::size_t end = std::min(count, begin + blockTokens);
            Json block = {{"first", begin + 1}, {"base", sideBlock(text.baseScores, begin, end)},
                {"tuned", sideBlock(text.tunedScores, begin, end)}};
            const auto add = [&](const char* key, double RowDistance::*part) {
                block[key] = Json::array();
                for (std::size_t t = begin; t < end; ++t)
                    block[key].push_back(floatToJson(float(text.distances[t].*part)));
            };
            add("kl_tuned_base", &RowDistance::klTunedBase);
            add("kl_base_tuned", &RowDistance::klBaseTuned);
            add("js", &RowDistance::js);
            add("tv", &RowDistance::tv);
            onBlock(std::move(block));
        }
        return;
    }
    const auto send = [&](const char* side, const SequenceScores& scores) {
        for (std::size_t begin = 0; begin < scores.tokens.size(); begin += blockTokens) {
            const std::size_t end = std::min(scores.tokens.size(), begin + blockTokens);
            onBlock({{"first", begin + 1}, {side, sideBlock(scores, begin, end)}});
        }
    };
    send("base", text.baseScores);
    send("tuned", text.tunedScores);
}

Json departureJson(const PairedTextRequest& request, const ForcedReference& answer) {
    if (!request.reference || !answer.whole.text)
        return nullptr;
    // Without the marks that close the turn, and without what generation prepends to the answer.
    const auto& ranges = answer.whole.ranges;
    const std::int64_t begin = answer.first < answer.end ? ranges[answer.first].begin
                                                         : std::int64_t(answer.whole.text->size());
    const std::int64_t end = answer.first < answer.end ? ranges[answer.end - 1].end : begin;
    const std::string words
        = answer.whole.text->substr(std::size_t(begin), std::size_t(std::max(begin, end) - begin));
    const auto found = textDeparture(words, *request.reference);
    Json json = {{"rule", "R0"}, {"departs", found.has_value()}};
    if (!found)
        return json;
    json["kind"] = found->kind;
    json["byte"] = begin + found->byte;
    json["reference_byte"] = found->referenceByte;
    json["pointer"] = found->pointer ? Json(*found->pointer) : Json();
    json["token"] = std::min(
        answer.end, tokenAtByte(std::span(ranges).first(answer.end), begin + found->byte));
    return json;
}

} // namespace

Json pairedSummaryJson(const PairedSummary& summary) {
    return {{"tokens", summary.groups}, {"base_logprob", summary.baseLogprob},
        {"tuned_logprob", summary.tunedLogprob},
        {"delta_sum", summary.tunedLogprob - summary.baseLogprob},
        {"mean_kl_tuned_base", orNull(summary.meanKlTunedBase)},
        {"mean_kl_base_tuned", orNull(summary.meanKlBaseTuned)},
        {"mean_js", orNull(summary.meanJs)}, {"largest_js", orNull(summary.largestJs)},
        {"largest_at", orNull(summary.largest)}, {"other_argmax", summary.otherChoice},
        {"divergence", orNull(summary.divergence)},
        {"bands",
            {{"unshifted", summary.unshifted}, {"marginal", summary.marginal},
                {"shifted", summary.shifted}}}};
}

Json pairedTextJson(const ModelUnderTest& base, const ModelUnderTest& tuned,
    const PairedTextRequest& request, const PairedText& text, const PairedBlockFunction& onBlock) {
    sendBlocks(text, onBlock);
    Json json = {{"shared", text.shared}};
    const auto side = [](const ModelUnderTest& model, const ForcedReference& forced,
                          const SequenceScores& scores) {
        Json out = tokensToJson(forced.whole, model.tokenizer().get());
        out.erase("text");
        out["answer_begin"] = forced.first;
        out["answer_end"] = forced.end;
        out["R1"] = greedyDepartureJson(model, forced, scores);
        return out;
    };
    json["text"] = text.tuned.whole.text ? Json(*text.tuned.whole.text) : Json();
    json["tuned"] = side(tuned, text.tuned, text.tunedScores);
    if (text.shared) {
        // The tokens are the tuned model's; only what differs is said twice.
        json["base"] = {{"answer_begin", text.base.first}, {"answer_end", text.base.end},
            {"R1", greedyDepartureJson(base, text.base, text.baseScores)}};
        json["groups"] = nullptr;
    } else {
        json["base"] = side(base, text.base, text.baseScores);
        json["groups"] = groupsJson(text.base, text.baseScores, text.tuned, text.tunedScores);
    }
    json["cut_bytes"] = text.cutBytes;
    json["stop"] = text.tuned.whole.stopStrings;
    json["R0"] = departureJson(request, text.tuned);
    json["summary"] = pairedSummaryJson(summarisePair(text));
    json["common_vocabulary"] = text.shared ? Json(text.commonVocabulary) : Json();
    json["largest_dropped_mass"] = {{"base", floatToJson(text.largestBaseDropped)},
        {"tuned", floatToJson(text.largestTunedDropped)}};
    Json provenance = scoreProvenance(tuned.info(), text.tuned.whole);
    provenance.erase("model");
    provenance["base"] = modelInfoToJson(base.info());
    provenance["tuned"] = modelInfoToJson(tuned.info());
    json["provenance"] = std::move(provenance);
    return json;
}

} // namespace assay
