#include "core/analysis/compare_json.h"

#include "core/analysis/records.h"
#include "core/base/utf8.h"

#include <algorithm>

namespace assay {

Continuation continuationOf(const ModelUnderTest& model, const PreparedInput& prompt,
    const std::vector<std::string>& stopStrings, Generation generation) {
    Continuation continuation;
    if (const auto tokenizer = model.tokenizer()) {
        TokenView view = continuationView(*tokenizer, prompt.ids, generation.ids);
        continuation.text = cutAtStop(*view.text, stopStrings);
        continuation.ranges = std::move(view.ranges);
    }
    continuation.generation = std::move(generation);
    return continuation;
}

Json continuationJson(const ModelUnderTest& model, const Continuation& continuation) {
    PreparedInput shown;
    shown.ids = continuation.generation.ids;
    shown.text = continuation.text;
    for (ByteRange range : continuation.ranges) {
        const auto end = std::int64_t(continuation.text->size());
        shown.ranges.push_back({std::min(range.begin, end), std::min(range.end, end)});
    }
    Json json = tokensToJson(shown, model.tokenizer().get());
    const Generation& generation = continuation.generation;
    json["ended"] = endReasonName(generation.ended);
    json["end_id"] = generation.endId < 0 ? Json() : Json(generation.endId);
    return json;
}

namespace {

Json tokenJson(const ModelUnderTest& model, TokenId id) {
    const auto tokenizer = model.tokenizer();
    return {
        {"id", id}, {"piece", tokenizer && id >= 0 ? Json(displayPiece(*tokenizer, id)) : Json()}};
}

Json runTokenJson(const ModelUnderTest& model, const Continuation& run, std::size_t token) {
    const bool there = token < run.generation.ids.size();
    Json json = {{"token", token}, {"id", nullptr}, {"piece", nullptr}};
    if (there)
        json.update(tokenJson(model, run.generation.ids[token]));
    return json;
}

Json scoresJson(const Comparison& comparison, TokenScore ComparedToken::*side) {
    SequenceScores scores;
    for (const ComparedToken& token : comparison.tokens)
        scores.tokens.push_back(token.*side);
    Json json;
    addScoreArrays(json, scores, 0, scores.tokens.size(), true);
    json["argmax"] = Json::array({nullptr});
    for (const TokenScore& score : scores.tokens)
        json["argmax"].push_back(score.argmax < 0 ? Json() : Json(score.argmax));
    return json;
}

/// Sums and shares over the answer alone.
Json summaryJson(const Comparison& comparison, std::size_t first, Bands bands) {
    const std::size_t begin = std::max<std::size_t>(1, first) - 1;
    const std::size_t count = comparison.tokens.size() - std::min(begin, comparison.tokens.size());
    double delta = 0;
    double forth = 0;
    double back = 0;
    double js = 0;
    float baseDropped = 0;
    float tunedDropped = 0;
    std::size_t otherArgmax = 0;
    std::size_t marginal = 0;
    std::size_t shifted = 0;
    for (std::size_t t = begin; t < comparison.tokens.size(); ++t) {
        const ComparedToken& token = comparison.tokens[t];
        delta += double(token.delta());
        forth += token.distance.klTunedBase;
        back += token.distance.klBaseTuned;
        js += token.distance.js;
        baseDropped = std::max(baseDropped, token.baseDropped);
        tunedDropped = std::max(tunedDropped, token.tunedDropped);
        otherArgmax += token.base.argmax != token.tuned.argmax;
        marginal += urialBand(token.base.rank) == "marginal";
        shifted += urialBand(token.base.rank) == "shifted";
    }
    const auto mean = [&](double sum) { return count ? Json(sum / double(count)) : Json(); };
    Json json = {{"tokens", count}, {"delta_sum", delta}, {"mean_kl_tuned_base", mean(forth)},
        {"mean_kl_base_tuned", mean(back)}, {"mean_js", mean(js)}, {"other_argmax", otherArgmax},
        {"largest_dropped_mass",
            {{"base", floatToJson(baseDropped)}, {"tuned", floatToJson(tunedDropped)}}}};
    if (bands == Bands::Add)
        json["bands"] = {{"unshifted", count - marginal - shifted}, {"marginal", marginal},
            {"shifted", shifted}};
    return json;
}

} // namespace

Json divergenceJson(const std::optional<Divergence>& divergence, const ModelUnderTest& base,
    const Continuation& baseRun, const ModelUnderTest& tuned, const Continuation& tunedRun) {
    if (!divergence)
        return nullptr;
    return {{"byte", divergence->byte < 0 ? Json() : Json(divergence->byte)},
        {"base", runTokenJson(base, baseRun, divergence->baseToken)},
        {"tuned", runTokenJson(tuned, tunedRun, divergence->tunedToken)}};
}

Json comparisonJson(const ModelUnderTest& base, const ModelUnderTest& tuned,
    const PreparedInput& whole, std::size_t first, const Comparison& comparison, Bands bands) {
    Json json = tokensToJson(whole, tuned.tokenizer().get());
    json["answer_begin"] = first;
    json["common_vocabulary"] = comparison.commonVocabulary;
    json["base"] = scoresJson(comparison, &ComparedToken::base);
    json["tuned"] = scoresJson(comparison, &ComparedToken::tuned);
    const auto array = [&](const auto& valueAt) {
        Json list = Json::array({nullptr});
        for (const ComparedToken& token : comparison.tokens)
            list.push_back(valueAt(token));
        return list;
    };
    const auto distance = [&](double RowDistance::*part) {
        return array(
            [part](const ComparedToken& t) { return floatToJson(float(t.distance.*part)); });
    };
    json["delta"] = array([](const ComparedToken& t) { return floatToJson(t.delta()); });
    json["kl_tuned_base"] = distance(&RowDistance::klTunedBase);
    json["kl_base_tuned"] = distance(&RowDistance::klBaseTuned);
    json["js"] = distance(&RowDistance::js);
    json["tv"] = distance(&RowDistance::tv);
    json["rank_shift"] = array([](const ComparedToken& t) { return t.rankShift(); });
    if (base.info().vocabularySize > comparison.commonVocabulary)
        json["base"]["dropped_mass"]
            = array([](const ComparedToken& t) { return floatToJson(t.baseDropped); });
    if (tuned.info().vocabularySize > comparison.commonVocabulary)
        json["tuned"]["dropped_mass"]
            = array([](const ComparedToken& t) { return floatToJson(t.tunedDropped); });
    if (bands == Bands::Add) {
        json["band"] = array([](const ComparedToken& t) { return Json(urialBand(t.base.rank)); });
        for (std::size_t i = 0; i < std::min(first, json["band"].size()); ++i)
            json["band"][i] = nullptr; // the prompt was not chosen by the model
    }
    json["summary"] = summaryJson(comparison, first, bands);
    return json;
}

Json groupsJson(const ForcedReference& base, const SequenceScores& baseScores,
    const ForcedReference& tuned, const SequenceScores& tunedScores) {
    const auto side = [](const ForcedReference& forced) {
        return std::span(forced.whole.ranges).first(forced.end);
    };
    const auto sum = [](const SequenceScores& scores, const PreparedInput& whole, std::size_t begin,
                         std::size_t end) -> Json {
        double total = 0;
        for (std::size_t i = begin; i < end; ++i) {
            if (i == 0 && whole.ranges[0].begin == whole.ranges[0].end)
                continue; // BOS: given, never predicted
            if (i == 0)
                return nullptr;
            total += double(scores.tokens[i - 1].logprob);
        }
        return total;
    };
    Json groups = Json::array();
    for (const AlignedGroup& group : alignByBytes(side(base), side(tuned))) {
        const Json b = sum(baseScores, base.whole, group.aBegin, group.aEnd);
        const Json t = sum(tunedScores, tuned.whole, group.bBegin, group.bEnd);
        groups.push_back({{"begin", group.bytes.begin}, {"end", group.bytes.end},
            {"base_tokens", {group.aBegin, group.aEnd}},
            {"tuned_tokens", {group.bBegin, group.bEnd}}, {"base_logprob", b}, {"tuned_logprob", t},
            {"delta",
                b.is_null() || t.is_null() ? Json() : Json(t.get<double>() - b.get<double>())}});
    }
    return groups;
}

Json greedyDepartureJson(
    const ModelUnderTest& model, const ForcedReference& forced, const SequenceScores& scores) {
    const GreedyDepartures found = greedyDepartures(scores, forced.ids(), forced.first);
    Json json = {{"rule", "R1"}, {"label", "departs from the reference"},
        {"departs", found.first.has_value()}, {"reference_tokens", found.length},
        {"departures", found.all.size()},
        {"rate", found.length ? Json(double(found.all.size()) / double(found.length)) : Json()},
        {"prompt_kept", forced.promptKept}};
    json["tokens"] = Json::array(); // of the whole sequence
    for (std::size_t index : found.all)
        json["tokens"].push_back(forced.first + index);
    if (!found.first)
        return json;
    const GreedyDeparture& departure = *found.first;
    const std::size_t token = forced.first + departure.index;
    json["index"] = departure.index;
    json["token"] = token;
    json["byte"] = forced.whole.ranges.empty() ? Json() : Json(forced.whole.ranges[token].begin);
    json["expected"] = tokenJson(model, departure.expected);
    json["expected"]["logprob"] = floatToJson(departure.expectedLogprob);
    json["expected"]["rank"] = departure.expectedRank;
    json["chosen"] = tokenJson(model, departure.chosen);
    json["chosen"]["logprob"] = floatToJson(departure.chosenLogprob);
    json["gap"] = floatToJson(departure.gap);
    json["strength"] = departureStrength(departure.gap);
    json["entropy"] = floatToJson(departure.entropy);
    return json;
}

Json textDepartureJson(
    const ModelUnderTest& model, const Continuation& continuation, const std::string& reference) {
    const auto found = textDeparture(*continuation.text, reference);
    Json json
        = {{"rule", "R0"}, {"label", "differs from the reference"}, {"departs", found.has_value()}};
    if (!found)
        return json;
    json["kind"] = found->kind;
    json["byte"] = found->byte;
    json["reference_byte"] = found->referenceByte;
    json["pointer"] = found->pointer ? Json(*found->pointer) : Json();
    json.update(runTokenJson(model, continuation, tokenAtByte(continuation.ranges, found->byte)));
    return json;
}

} // namespace assay
