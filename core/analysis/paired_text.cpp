#include "core/analysis/paired_text.h"

#include "core/analysis/byte_alignment.h"
#include "core/analysis/compare_report.h"
#include "core/analysis/request_checks.h"

#include <algorithm>
#include <cmath>

namespace assay {

PairedTextRequest readPairedTextRequest(JsonReader& params) {
    PairedTextRequest request;
    request.prompt = readModelInput(params, "prompt");
    params.readOptional("template", request.prompt.templateName);
    params.readOptional("raw", request.raw);
    params.readOptional("answer", request.answer);
    if (const Json* ids = params.optional("answer_ids"))
        request.answerIds = idsFromJson(*ids, "answer_ids", params);
    if (params.has("reference")) {
        std::string reference;
        params.read("reference", reference);
        request.reference = std::move(reference);
    }
    params.readOptional("top", request.topK);
    params.readOptional("truncate", request.truncate);
    return request;
}

namespace {

Result<ForcedReference> forcedFor(
    ModelUnderTest& model, const ModelInput& input, const PairedTextRequest& request, bool useIds) {
    auto prompt = prepareInput(model, input, GenerationPrompt::Add);
    if (!prompt)
        return forward(prompt);
    if (useIds)
        return forceReference(model, *prompt, *request.answerIds);
    return forceReference(model, input, *prompt, request.answer);
}

/// Keeps the first `count` tokens.
void keepFirst(ForcedReference& forced, std::size_t count) {
    if (count >= forced.whole.ids.size())
        return;
    forced.whole.ids.resize(count);
    if (!forced.whole.ranges.empty())
        forced.whole.ranges.resize(count);
    forced.end = std::min(forced.end, count);
    forced.first = std::min(forced.first, forced.end);
}

std::int64_t endOf(const ForcedReference& forced) {
    return forced.whole.ranges.empty() ? 0 : forced.whole.ranges.back().end;
}

void cutBehindAnswer(ForcedReference& forced) {
    keepFirst(forced, forced.end);
    if (forced.whole.text)
        forced.whole.text->resize(std::min(forced.whole.text->size(), std::size_t(endOf(forced))));
}

/// Cuts both sides where the first of the contexts ends: at a byte that is a boundary for both.
void cutToContexts(PairedText& text, const ModelInfo& base, const ModelInfo& tuned) {
    const std::int64_t whole = endOf(text.tuned);
    if (text.shared) {
        const std::size_t count
            = partThatFits(base, partThatFits(tuned, text.tuned.whole.ids.size()));
        keepFirst(text.tuned, count);
    } else {
        keepFirst(text.base, partThatFits(base, text.base.whole.ids.size()));
        keepFirst(text.tuned, partThatFits(tuned, text.tuned.whole.ids.size()));
        while (endOf(text.base) != endOf(text.tuned)) {
            ForcedReference& longer = endOf(text.base) > endOf(text.tuned) ? text.base : text.tuned;
            keepFirst(longer, longer.whole.ids.size() - 1);
        }
    }
    text.cutBytes = whole - endOf(text.tuned);
}

void takeComparison(PairedText& text, Comparison&& comparison) {
    text.commonVocabulary = comparison.commonVocabulary;
    for (const ComparedToken& token : comparison.tokens) {
        text.baseScores.tokens.push_back(token.base);
        text.tunedScores.tokens.push_back(token.tuned);
        text.distances.push_back(token.distance);
        text.largestBaseDropped = std::max(text.largestBaseDropped, token.baseDropped);
        text.largestTunedDropped = std::max(text.largestTunedDropped, token.tunedDropped);
    }
    text.baseScores.topK = text.tunedScores.topK = comparison.topK;
    text.baseScores.top = std::move(comparison.baseTop);
    text.tunedScores.top = std::move(comparison.tunedTop);
}

} // namespace

Result<PairedText> pairText(ModelUnderTest& base, ModelUnderTest& tuned,
    const PairedTextRequest& request, const StopToken& stop) {
    for (const ModelUnderTest* model : {&base, &tuned})
        if (auto fits = checkTopK(*model, request.topK); !fits)
            return forward(fits);
    const ModelInput input = resolvedPrompt(request.prompt, request.raw, tuned);
    PairedText text;
    text.shared = sharesVocabulary(base, tuned);
    auto forced = forcedFor(tuned, input, request, text.shared && request.answerIds);
    if (!forced)
        return forward(forced);
    text.tuned = std::move(*forced);
    if (text.shared) {
        if (request.truncate)
            cutToContexts(text, base.info(), tuned.info());
        text.base = text.tuned;
        CompareOptions options;
        options.topK = request.topK;
        auto comparison = compareOnIds(base, tuned, text.tuned.whole.ids, options, stop);
        if (!comparison)
            return forward(comparison);
        takeComparison(text, std::move(*comparison));
        return text;
    }
    if (input.ids)
        return fail("analysis.text_differs");
    forced = forcedFor(base, input, request, false);
    if (!forced)
        return forward(forced);
    text.base = std::move(*forced);
    if (text.base.whole.text != text.tuned.whole.text) {
        // Two vocabularies may spell the end of an answer each in its own way: up to there they
        // read the same.
        cutBehindAnswer(text.base);
        cutBehindAnswer(text.tuned);
    }
    if (text.base.whole.text != text.tuned.whole.text)
        return fail("analysis.text_differs");
    if (request.truncate)
        cutToContexts(text, base.info(), tuned.info());
    ScoreOptions options;
    options.topK = request.topK;
    auto scores = base.score(text.base.whole.ids, options, stop);
    if (!scores)
        return forward(scores);
    text.baseScores = std::move(*scores);
    scores = tuned.score(text.tuned.whole.ids, options, stop);
    if (!scores)
        return forward(scores);
    text.tunedScores = std::move(*scores);
    return text;
}

namespace {

/// Sums over tokens [begin, end); the first token of all has no score.
void addSide(const SequenceScores& scores, std::size_t begin, std::size_t end, double& logprob,
    std::int32_t& rank) {
    for (std::size_t i = std::max<std::size_t>(1, begin); i < end; ++i) {
        logprob += double(scores.tokens[i - 1].logprob);
        rank = std::max(rank, scores.tokens[i - 1].rank);
    }
}

} // namespace

std::vector<PairedGroup> answerGroups(const PairedText& text) {
    std::vector<PairedGroup> groups;
    const auto add = [&](PairedGroup group) {
        addSide(text.baseScores, group.baseBegin, group.baseEnd, group.baseLogprob, group.baseRank);
        addSide(text.tunedScores, group.tunedBegin, group.tunedEnd, group.tunedLogprob,
            group.tunedRank);
        group.otherChoice = text.shared ? text.baseScores.tokens[group.baseBegin - 1].argmax
                != text.tunedScores.tokens[group.baseBegin - 1].argmax
                                        : (group.baseRank == 1) != (group.tunedRank == 1);
        groups.push_back(group);
    };
    if (text.shared) {
        for (std::size_t i = std::max<std::size_t>(1, text.base.first); i < text.base.end; ++i)
            add({i, i + 1, i, i + 1});
        return groups;
    }
    const auto ranges
        = [](const ForcedReference& side) { return std::span(side.whole.ranges).first(side.end); };
    for (const AlignedGroup& group : alignByBytes(ranges(text.base), ranges(text.tuned)))
        if (group.aEnd > text.base.first && group.bEnd > text.tuned.first)
            add({group.aBegin, group.aEnd, group.bBegin, group.bEnd});
    return groups;
}

PairedSummary summarisePair(const PairedText& text) {
    PairedSummary summary;
    double forth = 0;
    double back = 0;
    double js = 0;
    double largest = -1;
    const std::vector<PairedGroup> groups = answerGroups(text);
    summary.groups = groups.size();
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const PairedGroup& group = groups[g];
        summary.baseLogprob += group.baseLogprob;
        summary.tunedLogprob += group.tunedLogprob;
        summary.otherChoice += group.otherChoice;
        if (group.otherChoice && !summary.divergence)
            summary.divergence = g;
        const std::string_view band = urialBand(group.baseRank);
        summary.marginal += band == "marginal";
        summary.shifted += band == "shifted";
        double size = std::abs(group.delta());
        if (text.shared) {
            const RowDistance& distance = text.distances[group.baseBegin - 1];
            forth += distance.klTunedBase;
            back += distance.klBaseTuned;
            js += distance.js;
            size = distance.js;
        }
        if (size > largest) {
            largest = size;
            summary.largest = g;
        }
    }
    summary.unshifted = groups.size() - summary.marginal - summary.shifted;
    if (text.shared && !groups.empty()) {
        const auto count = double(groups.size());
        summary.meanKlTunedBase = forth / count;
        summary.meanKlBaseTuned = back / count;
        summary.meanJs = js / count;
        summary.largestJs = std::max(0.0, largest);
    }
    return summary;
}

} // namespace assay
