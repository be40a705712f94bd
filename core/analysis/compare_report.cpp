#include "core/analysis/compare_report.h"

#include "core/analysis/compare_json.h"
#include "core/analysis/records.h"
#include "core/analysis/request_checks.h"

#include <algorithm>

namespace assay {

CompareRequest readCompareRequest(JsonReader& params) {
    CompareRequest request;
    request.prompt = readModelInput(params, "prompt");
    params.readOptional("template", request.prompt.templateName);
    params.readOptional("raw", request.raw);
    params.readOptional("max_new", request.maxNew);
    if (params.has("reference")) {
        std::string reference;
        params.read("reference", reference);
        request.reference = std::move(reference);
    }
    if (const Json* ids = params.optional("reference_ids"))
        request.referenceIds = idsFromJson(*ids, "reference_ids", params);
    GenerateOptions options;
    options.maxNew = request.maxNew;
    for (Error& problem : samplingProblems(options))
        params.report(std::move(problem));
    return request;
}

ModelInput resolvedPrompt(const ModelInput& prompt, bool raw, const ModelUnderTest& tuned) {
    ModelInput input = prompt;
    const auto own = tuned.chatTemplate();
    if (input.text && !raw && (!input.templateName.empty() || own)) {
        Message message;
        message.content = *input.text;
        input.messages = {message};
        input.text.reset();
    }
    // Named, so that the base model is asked in the same form even where it has another template or
    // none.
    if (input.messages && input.templateName.empty() && own) {
        input.templateName = own->name();
        input.chatTemplate = own; // the name of a model's own Jinja template finds nothing
    }
    return input;
}

namespace {

struct Side {
    ModelUnderTest& model;
    PreparedInput prompt;
    Continuation run;
};

/// Two models, one question.
class Comparer {
public:
    Comparer(
        ModelUnderTest& base, ModelUnderTest& tuned, const CompareRequest& request, StopToken stop)
        : m_base{base, {}, {}}
        , m_tuned{tuned, {}, {}}
        , m_request(request)
        , m_stop(std::move(stop))
        , m_shared(sharesVocabulary(base, tuned)) { }

    Result<Json> report() {
        if (auto ready = preparePrompts(); !ready)
            return forward(ready);
        for (Side* side : {&m_base, &m_tuned})
            if (auto done = generate(*side); !done)
                return forward(done);
        Json json = {{"prompt", promptJson()}, {"context", contextJson()}};
        for (Side* side : {&m_base, &m_tuned})
            json[side == &m_base ? "base" : "tuned"] = continuationJson(side->model, side->run);
        const auto divergence = m_base.run.text && m_tuned.run.text
            ? firstDivergence(
                *m_base.run.text, m_base.run.ranges, *m_tuned.run.text, m_tuned.run.ranges)
            : firstDivergence(m_base.run.generation.ids, m_tuned.run.generation.ids);
        json["divergence"]
            = divergenceJson(divergence, m_base.model, m_base.run, m_tuned.model, m_tuned.run);
        json["on_tuned"] = nullptr;
        json["on_base"] = nullptr;
        json["reference"] = nullptr;
        if (auto done = addRun(json, "on_tuned", m_tuned, Bands::Add); !done)
            return forward(done);
        if (auto done = addRun(json, "on_base", m_base, Bands::Omit); !done)
            return forward(done);
        if (m_request.reference || m_request.referenceIds)
            if (auto done = addReference(json); !done)
                return forward(done);
        json["provenance"] = provenance();
        return json;
    }

private:
    Result<void> preparePrompts() {
        m_input = resolvedPrompt(m_request.prompt, m_request.raw, m_tuned.model);
        auto prompt = prepareInput(m_tuned.model, m_input, GenerationPrompt::Add);
        if (!prompt)
            return forward(prompt);
        m_tuned.prompt = *prompt;
        if (!m_shared) {
            if (m_input.ids)
                return fail("analysis.text_differs");
            prompt = prepareInput(m_base.model, m_input, GenerationPrompt::Add);
            if (!prompt)
                return forward(prompt);
            if (prompt->text != m_tuned.prompt.text)
                return fail("analysis.text_differs");
        }
        m_base.prompt = std::move(*prompt);
        return {};
    }

    Result<void> generate(Side& side) {
        m_options.maxNew = m_request.maxNew;
        m_options.stopStrings = side.prompt.stopStrings;
        auto generation = side.model.generate(side.prompt.ids, m_options, m_stop);
        if (!generation)
            return forward(generation);
        if (generation->ended == EndReason::Cancelled)
            return fail("cancelled");
        side.run = continuationOf(
            side.model, side.prompt, m_options.stopStrings, std::move(*generation));
        return {};
    }

    /// Both models on the prompt and one model's own continuation.
    Result<void> addRun(Json& json, const char* key, const Side& side, Bands bands) {
        if (!m_shared) {
            auto groups = alignedGroups(*side.run.text);
            if (!groups)
                return forward(groups);
            json[key] = std::move(*groups);
            return {};
        }
        // The ids themselves, not their text: it need not come back as the same ids.
        const ForcedReference whole
            = forceReference(side.model, side.prompt, side.run.generation.ids);
        auto comparison = compareOnIds(m_base.model, m_tuned.model, whole.whole.ids, {}, m_stop);
        if (!comparison)
            return forward(comparison);
        json[key] = comparisonJson(
            m_base.model, m_tuned.model, whole.whole, whole.first, *comparison, bands);
        return {};
    }

    Result<Json> alignedGroups(const std::string& answer) {
        ForcedReference forced[2];
        SequenceScores scores[2];
        for (int i = 0; i < 2; ++i) {
            const Side& side = i == 0 ? m_base : m_tuned;
            auto whole = forceReference(side.model, m_input, side.prompt, answer);
            if (!whole)
                return forward(whole);
            auto scored = side.model.score(whole->whole.ids, {}, m_stop);
            if (!scored)
                return forward(scored);
            forced[i] = std::move(*whole);
            scores[i] = std::move(*scored);
        }
        return Json{{"text", *forced[1].whole.text},
            {"answer_begin_byte",
                forced[1].first < forced[1].end
                    ? Json(forced[1].whole.ranges[forced[1].first].begin)
                    : Json()},
            {"groups", groupsJson(forced[0], scores[0], forced[1], scores[1])}};
    }

    Result<ForcedReference> forcedFor(const Side& side) {
        if (m_request.referenceIds)
            return forceReference(side.model, side.prompt, *m_request.referenceIds);
        return forceReference(side.model, m_input, side.prompt, *m_request.reference);
    }

    Result<void> addReference(Json& json) {
        Json& out = json["reference"];
        out = {{"text", m_request.reference ? Json(*m_request.reference) : Json()},
            {"ids", m_request.referenceIds ? Json(*m_request.referenceIds) : Json()}};
        if (m_shared) {
            auto forced = forcedFor(m_tuned);
            if (!forced)
                return forward(forced);
            auto comparison
                = compareOnIds(m_base.model, m_tuned.model, forced->whole.ids, {}, m_stop);
            if (!comparison)
                return forward(comparison);
            out["comparison"] = comparisonJson(m_base.model, m_tuned.model, forced->whole,
                forced->first, *comparison, Bands::Omit);
            out["answer_end"] = forced->end;
            addOnset(out, m_base, *forced, sideScores(*comparison, &ComparedToken::base));
            addOnset(out, m_tuned, *forced, sideScores(*comparison, &ComparedToken::tuned));
            return {};
        }
        auto groups = alignedGroups(*m_request.reference);
        if (!groups)
            return forward(groups);
        out["comparison"] = std::move(*groups);
        for (const Side* side : {&m_base, &m_tuned}) {
            auto forced = forcedFor(*side);
            if (!forced)
                return forward(forced);
            auto scores = side->model.score(forced->whole.ids, {}, m_stop);
            if (!scores)
                return forward(scores);
            addOnset(out, *side, *forced, *scores);
        }
        return {};
    }

    static SequenceScores sideScores(
        const Comparison& comparison, TokenScore ComparedToken::*part) {
        SequenceScores scores;
        for (const ComparedToken& token : comparison.tokens)
            scores.tokens.push_back(token.*part);
        return scores;
    }

    void addOnset(
        Json& out, const Side& side, const ForcedReference& forced, const SequenceScores& scores) {
        Json& onset = out["onset"][&side == &m_base ? "base" : "tuned"];
        onset["R0"] = m_request.reference && side.run.text
            ? textDepartureJson(side.model, side.run, *m_request.reference)
            : Json();
        onset["R1"] = greedyDepartureJson(side.model, forced, scores);
    }

    Json promptJson() const {
        return {{"text", m_tuned.prompt.text ? Json(*m_tuned.prompt.text) : Json()},
            {"ids", m_tuned.prompt.ids}, {"base_ids", m_shared ? Json() : Json(m_base.prompt.ids)}};
    }
    /// What the base model was shown: two kinds of context must not be mixed in one table.
    Json contextJson() const {
        return {{"same_ids", m_shared}, {"same_text", true},
            {"template",
                m_tuned.prompt.templateName.empty() ? Json() : Json(m_tuned.prompt.templateName)}};
    }
    Json provenance() const {
        Json json = generationProvenance(m_tuned.model.info(), m_tuned.prompt, m_options);
        json.erase("model");
        json["base"] = modelInfoToJson(m_base.model.info());
        json["tuned"] = modelInfoToJson(m_tuned.model.info());
        json["rules"] = {{"R0", {{"normalisation", "NFC, white space folded"}}},
            {"R1", {{"near_tie_below", nearTieGap}, {"firm_above", firmGap}}},
            {"bands", {{"unshifted", 1}, {"marginal_to", 3}}}};
        return json;
    }

    Side m_base;
    Side m_tuned;
    const CompareRequest& m_request;
    StopToken m_stop;
    bool m_shared;
    ModelInput m_input;
    GenerateOptions m_options;
};

} // namespace

Result<Json> compareReport(
    ModelUnderTest& base, ModelUnderTest& tuned, const CompareRequest& request, StopToken stop) {
    if (request.referenceIds && !sharesVocabulary(base, tuned))
        return fail("analysis.text_differs");
    return Comparer(base, tuned, request, std::move(stop)).report();
}

} // namespace assay
