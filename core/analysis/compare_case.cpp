#include "core/analysis/compare_case.h"

#include "core/analysis/compare_json.h"
#include "core/analysis/compare_report.h"
#include "core/analysis/records.h"
#include "core/analysis/request_checks.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <array>

namespace assay {

namespace {

constexpr std::array<std::string_view, 3> sourceNames = {"reference", "tuned", "base"};

} // namespace

std::string_view answerSourceName(AnswerSource source) {
    return sourceNames[std::size_t(source)];
}

std::optional<AnswerSource> answerSourceFromName(std::string_view name) {
    const auto found = std::ranges::find(sourceNames, name);
    if (found == sourceNames.end())
        return std::nullopt;
    return AnswerSource(found - sourceNames.begin());
}

SampleCase sampleCase(const Sample& sample) {
    SampleCase out;
    if (sample.text) {
        out.prompt.text = std::string();
        out.raw = true;
        out.answer = sample.text;
        return out;
    }
    std::vector<Message> messages = sample.messages;
    if (sample.chosen)
        messages.insert(messages.end(), sample.chosen->begin(), sample.chosen->end());
    if (!messages.empty() && messages.back().role == Role::Assistant) {
        // A call of a tool is part of what was answered but has no text of its own.
        if (!messages.back().content.empty())
            out.answer = messages.back().content;
        messages.pop_back();
    }
    out.reference = sample.reference ? sample.reference : out.answer;
    if (!out.answer)
        out.answer = sample.reference;
    out.prompt.messages = std::move(messages);
    out.prompt.tools = sample.tools;
    return out;
}

Json sampleCaseParams(const SampleCase& asked) {
    if (asked.prompt.text)
        return {{"prompt", *asked.prompt.text}, {"raw", asked.raw}};
    Sample sample;
    sample.messages = asked.prompt.messages.value_or(std::vector<Message>());
    Json params = {{"messages", sampleToJson(sample).value("messages", Json::array())}};
    if (!asked.prompt.tools.empty())
        params["tools"] = asked.prompt.tools;
    return params;
}

CompareCaseRequest readCompareCaseRequest(JsonReader& params) {
    CompareCaseRequest request;
    request.prompt = readModelInput(params, "prompt");
    params.readOptional("template", request.prompt.templateName);
    params.readOptional("raw", request.raw);
    params.readOptional("max_new", request.maxNew);
    std::string source;
    params.read("source", source);
    if (const auto known = answerSourceFromName(source))
        request.source = *known;
    else
        params.report(
            Error("json.value", {{"key", "source"}, {"reason", "it is reference, tuned or base"}}));
    const auto readText = [&](const char* key, std::optional<std::string>& target) {
        if (!params.has(key))
            return;
        std::string text;
        params.read(key, text);
        target = std::move(text);
    };
    readText("answer", request.answer);
    readText("reference", request.reference);
    GenerateOptions options;
    options.maxNew = request.maxNew;
    for (Error& problem : samplingProblems(options))
        params.report(std::move(problem));
    return request;
}

namespace {

/// One model's greedy answer as the text to be compared, and how it ended.
Result<std::string> answerItself(ModelUnderTest& model, const ModelUnderTest& tuned,
    const CompareCaseRequest& request, PairedTextRequest& text, const StopToken& stop) {
    const ModelInput input = resolvedPrompt(request.prompt, request.raw, tuned);
    auto prompt = prepareInput(model, input, GenerationPrompt::Add);
    if (!prompt)
        return forward(prompt);
    GenerateOptions options;
    options.maxNew = request.maxNew;
    options.stopStrings = prompt->stopStrings;
    auto generation = model.generate(prompt->ids, options, stop);
    if (!generation)
        return forward(generation);
    if (generation->ended == EndReason::Cancelled)
        return fail("cancelled");
    const std::string ended(endReasonName(generation->ended));
    text.answerIds = generation->ids;
    text.answer = continuationOf(model, *prompt, options.stopStrings, std::move(*generation))
                      .text.value_or("");
    return ended;
}

Json onsetJson(
    const ModelUnderTest& model, const ForcedReference& forced, const SequenceScores& scores) {
    const Json r1 = greedyDepartureJson(model, forced, scores);
    if (!r1.value("departs", false))
        return nullptr;
    return {{"rule", "R1"}, {"index", r1["index"]}, {"gap", r1["gap"]},
        {"strength", r1["strength"]}, {"expected", r1["expected"]["piece"]},
        {"chosen", r1["chosen"]["piece"]}};
}

} // namespace

Result<Json> compareCase(ModelUnderTest& base, ModelUnderTest& tuned,
    const CompareCaseRequest& request, const StopToken& stop) {
    PairedTextRequest asked;
    asked.prompt = request.prompt;
    asked.raw = request.raw;
    std::string ended;
    const bool given = request.source == AnswerSource::Reference;
    if (given) {
        if (!request.answer)
            return fail("analysis.no_answer");
        asked.answer = *request.answer;
    } else {
        auto answered = answerItself(
            request.source == AnswerSource::Tuned ? tuned : base, tuned, request, asked, stop);
        if (!answered)
            return forward(answered);
        ended = std::move(*answered);
        asked.reference = request.reference;
    }
    auto text = pairText(base, tuned, asked, stop);
    if (!text)
        return forward(text);
    const PairedSummary summary = summarisePair(*text);
    Json json
        = {{"source", answerSourceName(request.source)}, {"answer", toValidUtf8(asked.answer)},
            {"ended", ended.empty() ? Json() : Json(ended)}, {"shared", text->shared}};
    json.update(pairedSummaryJson(summary));
    json["base_onset"] = nullptr;
    json["onset"] = nullptr;
    if (given) {
        json["base_onset"] = onsetJson(base, text->base, text->baseScores);
        json["onset"] = onsetJson(tuned, text->tuned, text->tunedScores);
    } else if (request.reference) {
        if (const auto found = textDeparture(asked.answer, *request.reference)) {
            const std::int64_t begin = text->tuned.first < text->tuned.end
                ? text->tuned.whole.ranges[text->tuned.first].begin
                : 0;
            const std::size_t token = std::min(text->tuned.end,
                tokenAtByte(std::span(text->tuned.whole.ranges).first(text->tuned.end),
                    begin + found->byte));
            json["onset"] = {{"rule", "R0"}, {"index", token - std::min(token, text->tuned.first)},
                {"kind", found->kind}};
        }
    }
    return json;
}

Result<Json> answerBoth(ModelUnderTest& base, ModelUnderTest& tuned,
    const CompareCaseRequest& request, const StopToken& stop) {
    Json json;
    for (ModelUnderTest* model : {&base, &tuned}) {
        PairedTextRequest said;
        auto ended = answerItself(*model, tuned, request, said, stop);
        if (!ended)
            return forward(ended);
        json[model == &base ? "base" : "tuned"]
            = {{"text", toValidUtf8(said.answer)}, {"ended", *ended}};
    }
    return json;
}

} // namespace assay
