#include "core/analysis/forced_request.h"

#include "core/analysis/onset.h"

#include <algorithm>

namespace assay {

Grader usualGrader(const ModelInput& input) {
    if (input.messages)
        return {};
    return *Grader::read({{"kind", "exact"}, {"beginning", true}}, "");
}

Json repairToJson(const RepairTest& test) {
    Json tries = Json::array();
    for (const RepairTest::Try& one : test.tries)
        tries.push_back({{"given", one.given}, {"verdict", verdictName(one.grade.verdict)},
            {"reason", one.grade.reason}, {"text", one.text}, {"given_bytes", one.givenBytes}});
    return {{"departure", test.departure},
        {"repair_length", test.length ? Json(*test.length) : Json()},
        {"given", test.length ? Json(test.given()) : Json()}, {"tries", tries}};
}

namespace {

Result<Json> answerReference(ModelUnderTest& model, const ForcedPrefixRequest& request,
    const PreparedInput& prompt, StopToken stop) {
    auto forced = forceReference(model, request.input, prompt, request.reference);
    if (!forced)
        return forward(forced);
    auto scores
        = model.score(std::span(forced->whole.ids).first(forced->end), ScoreOptions(), stop);
    if (!scores)
        return forward(scores);
    const auto reference = forced->ids();
    const GreedyDepartures departures = greedyDepartures(*scores, reference, forced->first);
    const std::size_t departure = departures.first ? departures.first->index : reference.size();
    const std::vector<std::string> references{request.reference};
    auto test = repairTest(model, prompt, reference, departure,
        request.grader ? *request.grader : usualGrader(request.input), references,
        std::max(request.maxNew, int(reference.size()) + 8), stop);
    if (!test)
        return forward(test);
    Json out = {{"reference_ids", std::vector<TokenId>(reference.begin(), reference.end())}};
    out.update(repairToJson(*test));
    out["share"] = test->length
        ? Json(double(test->given()) / double(std::max<std::size_t>(1, reference.size())))
        : Json();
    return out;
}

} // namespace

Result<Json> answerForcedPrefix(
    ModelUnderTest& model, const ForcedPrefixRequest& request, StopToken stop) {
    auto prompt = prepareInput(model, request.input, GenerationPrompt::Add);
    if (!prompt)
        return forward(prompt);
    if (!request.reference.empty())
        return answerReference(model, request, *prompt, stop);
    ForcedPrefix prefix;
    if (request.prefixIds.empty()) {
        ForcePrefixOptions options;
        options.backOff = request.backOff;
        auto forced = forceText(model, *prompt, request.prefix, options, stop);
        if (!forced)
            return forward(forced);
        prefix = std::move(*forced);
    } else {
        prefix.ids = request.prefixIds;
        for (const TokenId id : prefix.ids)
            if (id < 0 || id >= model.info().vocabularySize)
                return fail("analysis.id_range",
                    {{"id", std::to_string(id)}, {"index", "of the prefix"},
                        {"size", std::to_string(model.info().vocabularySize)}});
    }
    auto next = continueFrom(model, *prompt, prefix.ids, request.maxNew, stop);
    if (!next)
        return forward(next);
    const std::size_t given = std::min(next->prefixBytes, next->text.size());
    return Json{{"prefix",
                    {{"text", next->text.substr(0, given)}, {"ids", prefix.ids},
                        {"natural", prefix.natural}, {"backed_off", prefix.backedOff}}},
        {"text", next->text}, {"continuation", next->text.substr(given)},
        {"ids",
            std::vector<TokenId>(
                next->ids.begin() + std::ptrdiff_t(prefix.ids.size()), next->ids.end())},
        {"ended", endReasonName(next->ended)}};
}

} // namespace assay
