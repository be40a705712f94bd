#include "core/analysis/forced_request.h"
#include "core/analysis/onset_case.h"
#include "core/analysis/records.h"

#include <algorithm>
#include <array>

namespace assay {

namespace {

constexpr std::array labelNames = {"none", "departure", "not shown", "error onset", "suspect"};

Json placeToJson(const OnsetPlace& place) {
    return {{"token", place.token}, {"byte", place.byte}, {"text", place.text}};
}

} // namespace

std::string_view onsetLabelName(OnsetLabel label) {
    return labelNames[std::size_t(label)];
}

std::int64_t rolloutTokens(const OnsetOptions& options) {
    return options.r4 ? std::int64_t(options.rollouts) * options.positions * options.maxNew : 0;
}

Result<void> readOnsetRules(const std::string& list, OnsetOptions& options) {
    options.r0 = options.r1 = options.r2 = options.r3 = options.r4 = false;
    bool* const rules[] = {&options.r0, &options.r1, &options.r2, &options.r3, &options.r4};
    for (std::size_t at = 0; at <= list.size();) {
        const std::size_t end = std::min(list.find(',', at), list.size());
        const std::string name = list.substr(at, end - at);
        if (name.size() != 2 || (name[0] != 'R' && name[0] != 'r') || name[1] < '0'
            || name[1] > '4')
            return fail("analysis.rule", {{"rule", name}});
        *rules[name[1] - '0'] = true;
        at = end + 1;
    }
    return {};
}

Result<OnsetCase> onsetCaseFromJson(
    const Json& json, const std::string& place, const std::optional<Grader>& grader) {
    JsonReader reader(json, place);
    reader.ignoreOthers();
    OnsetCase out;
    out.grader = grader;
    out.input = readModelInput(reader, "prompt");
    if (const Json* id = reader.optional("id"))
        out.id = *id;
    std::string reference;
    reader.readOptional("references", out.references);
    if (const Json* one = reader.optional("reference"); one && !one->is_null()) {
        reader.readOptional("reference", reference);
        if (!reference.empty())
            out.references.insert(out.references.begin(), reference);
    }
    std::erase(out.references, std::string());
    if (const Json* ids = reader.optional("reference_ids"))
        out.referenceIds = idsFromJson(*ids, "reference_ids", reader);
    if (const Json* answer = reader.optional("answer"); answer && !answer->is_null()) {
        out.answer.emplace();
        reader.readOptional("answer", *out.answer);
    }
    const Json* own = reader.optional("grader");
    if (auto done = reader.finish(); !done)
        return forward(done);
    if (own) {
        auto read = Grader::read(*own, place + ", grader");
        if (!read)
            return forward(read);
        out.grader = std::move(*read);
    }
    return out;
}

Json onsetToJson(const OnsetCase& asked, const OnsetResult& result, const OnsetOptions& options) {
    Json out = Json::object();
    if (!asked.id.is_null())
        out["id"] = asked.id;
    if (asked.input.text)
        out["prompt"] = *asked.input.text;
    out["answer"] = result.answer;
    out["answered_by"] = result.ownAnswer ? "model" : "case";
    out["verdict"] = verdictName(result.grade.verdict);
    out["why"] = result.grade.reason;
    out["label"] = onsetLabelName(result.label);
    out["natural"] = result.natural;
    out["reference_ids"] = result.referenceIds;
    Json rules = Json::object();
    if (options.r0) {
        Json rule;
        if (result.r0 && result.r0Place) {
            rule = placeToJson(*result.r0Place);
            rule["of"] = "answer";
            rule["reference_byte"] = result.r0->referenceByte;
            rule["kind"] = result.r0->kind;
            rule["pointer"] = result.r0->pointer ? Json(*result.r0->pointer) : Json();
        }
        rules["R0"] = rule;
    }
    if (options.r1) {
        Json rule;
        if (result.r1 && result.r1->first) {
            const GreedyDeparture& first = *result.r1->first;
            rule = placeToJson(*result.r1Place);
            rule["of"] = "reference";
            rule["gap"] = floatToJson(first.gap);
            rule["strength"] = departureStrength(first.gap);
            rule["expected"] = first.expected;
            rule["chosen"] = first.chosen;
            rule["chosen_text"] = result.r1Chosen;
            rule["expected_logprob"] = floatToJson(first.expectedLogprob);
            rule["chosen_logprob"] = floatToJson(first.chosenLogprob);
            rule["rank"] = first.expectedRank;
            rule["entropy"] = floatToJson(first.entropy);
            rule["departures"] = result.r1->all.size();
            rule["rate"] = double(result.r1->all.size())
                / double(std::max<std::size_t>(1, result.r1->length));
        }
        rules["R1"] = rule;
    }
    if (options.r2) {
        Json rule;
        if (result.r2Place) {
            rule = placeToJson(*result.r2Place);
            rule["of"] = "reference";
            rule["surprisal"] = floatToJson(result.r2Surprisal);
            rule["threshold"] = floatToJson(result.r2Threshold);
            rule["rank"] = result.r2Rank;
        }
        rules["R2"] = rule;
    }
    if (options.r3) {
        Json rule;
        if (result.r3) {
            rule = repairToJson(*result.r3);
            rule["token"] = result.r3->departure;
            if (result.r1Place)
                rule["byte"] = result.r1Place->byte;
        }
        rules["R3"] = rule;
    }
    if (options.r4) {
        Json rule;
        if (!result.r4.empty()) {
            Json places = Json::array();
            for (const RolloutPlace& one : result.r4) {
                Json place = placeToJson(one.place);
                place["right"] = one.right;
                place["rollouts"] = one.known;
                places.push_back(std::move(place));
            }
            if (result.r4Critical)
                rule = placeToJson(result.r4[*result.r4Critical].place);
            rule["of"] = "answer";
            rule["places"] = std::move(places);
            rule["temperature"] = options.temperature;
            rule["seed"] = options.seed;
        }
        rules["R4"] = rule;
    }
    if (result.label == OnsetLabel::Suspect) {
        Json places = Json::array();
        for (const OnsetPlace& place : result.suspects)
            places.push_back(placeToJson(place));
        rules["R5"] = std::move(places);
    }
    out["rules"] = std::move(rules);
    return out;
}

} // namespace assay
