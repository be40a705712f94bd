#include "core/analysis/investigate.h"

#include "core/analysis/compare.h"
#include "core/analysis/forced_reference.h"
#include "core/analysis/onset.h"
#include "core/analysis/records.h"
#include "core/base/utf8.h"

#include <algorithm>

namespace assay {

namespace {

ModelInput asMessage(const std::string& templateName, const std::string& prompt) {
    ModelInput input;
    input.messages.emplace(1);
    input.messages->front().role = Role::User;
    input.messages->front().content = prompt;
    input.templateName = templateName;
    return input;
}

/// What the reader sees of a token: its text, or the spelling of one without text.
std::string shownToken(const Tokenizer& tokenizer, TokenId id) {
    const std::string bytes = tokenizer.bytesOf(id);
    return bytes.empty()     ? displayPiece(tokenizer, id)
        : isValidUtf8(bytes) ? bytes
                             : displayPiece(tokenizer, id);
}

ReportScore reportScore(const Tokenizer& tokenizer, const TokenScore& score,
    const SequenceScores& scores, std::size_t row) {
    ReportScore out{score.logprob, score.rank, score.entropy, {}};
    for (int k = 0; k < scores.topK; ++k) {
        const Candidate& candidate = scores.top[row * std::size_t(scores.topK) + std::size_t(k)];
        out.top.emplace_back(shownToken(tokenizer, candidate.id), candidate.logprob);
    }
    return out;
}

struct ScoredText {
    std::vector<ReportToken> tokens; ///< of ids[first ..]
    SequenceScores tuned;
    std::vector<ComparedToken> compared;
};

Result<ScoredText> scoreBoth(ModelUnderTest& base, ModelUnderTest& tuned,
    std::span<const TokenId> ids, std::size_t first, int topK, StopToken stop) {
    ScoredText out;
    auto comparison = compareOnIds(base, tuned, ids, {}, stop);
    if (!comparison)
        return forward(comparison);
    ScoreOptions options;
    options.topK = topK;
    auto baseScores = base.score(ids, options, stop);
    if (!baseScores)
        return forward(baseScores);
    auto tunedScores = tuned.score(ids, options, stop);
    if (!tunedScores)
        return forward(tunedScores);
    const Tokenizer& tokenizer = *tuned.tokenizer();
    for (std::size_t i = first; i < ids.size(); ++i) {
        const ComparedToken& compared = comparison->tokens[i - 1];
        ReportToken token;
        token.text = shownToken(tokenizer, ids[i]);
        token.base = reportScore(tokenizer, compared.base, *baseScores, i - 1);
        token.tuned = reportScore(tokenizer, compared.tuned, *tunedScores, i - 1);
        token.js = float(compared.distance.js);
        token.band = urialBand(compared.base.rank);
        out.tokens.push_back(std::move(token));
    }
    out.tuned = std::move(*tunedScores);
    out.compared = std::move(comparison->tokens);
    return out;
}

/// Forces the reference on both models and finds where the tuned model leaves it.
Result<void> addReference(Report& report, ModelUnderTest& base, ModelUnderTest& tuned,
    const GreedyAnswer& answer, const std::string& templateName, int topK, StopToken stop) {
    auto forced = forceReference(
        tuned, asMessage(templateName, report.prompt), answer.prompt, report.reference);
    if (!forced)
        return forward(forced);
    const std::span<const TokenId> reference = forced->ids();
    auto scored = scoreBoth(
        base, tuned, std::span(forced->whole.ids).first(forced->end), forced->first, topK, stop);
    if (!scored)
        return forward(scored);
    report.forced = std::move(scored->tokens);
    const GreedyDepartures departures = greedyDepartures(scored->tuned, reference, forced->first);
    if (departures.first) {
        const std::vector<TokenId>& said = answer.generation.ids;
        Report::Onset onset;
        onset.forcedToken = departures.first->index;
        const bool sameUntil = said.size() >= onset.forcedToken
            && std::ranges::equal(
                std::span(said).first(onset.forcedToken), reference.first(onset.forcedToken));
        if (sameUntil && onset.forcedToken < report.answer.size())
            onset.answerToken = onset.forcedToken;
        onset.chosen = shownToken(*tuned.tokenizer(), departures.first->chosen);
        onset.expected = shownToken(*tuned.tokenizer(), departures.first->expected);
        onset.gap = departures.first->gap;
        onset.strength = departureStrength(onset.gap);
        onset.baseRank = scored->compared[forced->first + onset.forcedToken - 1].base.rank;
        onset.departures = departures.all.size();
        report.onset = onset;
    }
    if (const auto text = textDeparture(report.tunedAnswer, report.reference)) {
        report.textDeparture = text->byte;
        report.textDepartureKind = text->kind;
    }
    report.wrongWords = wordsOnlyIn(report.tunedAnswer, {report.reference, report.prompt});
    report.expectedWords = wordsOnlyIn(report.reference, {report.tunedAnswer, report.prompt});
    return {};
}

void describeModel(Report& report, const std::string& role, const ModelInfo& info) {
    report.provenance.emplace_back(role, info.path);
    report.provenance.emplace_back(role + ": hash", info.hash);
    report.provenance.emplace_back(role + ": computed",
        info.family + ", " + std::to_string(info.parameters) + " parameters, " + info.dtype + " on "
            + info.device);
}

} // namespace

Result<GreedyAnswer> greedyAnswer(ModelUnderTest& model, const std::string& templateName,
    const std::string& prompt, int maxNew, StopToken stop) {
    auto prepared = prepareInput(model, asMessage(templateName, prompt), GenerationPrompt::Add);
    if (!prepared)
        return forward(prepared);
    GenerateOptions options;
    options.maxNew = maxNew;
    options.stopStrings = prepared->stopStrings;
    auto generation = model.generate(prepared->ids, options, stop);
    if (!generation)
        return forward(generation);
    GreedyAnswer answer;
    answer.text = toValidUtf8(
        cutAtStop(*continuationView(*model.tokenizer(), prepared->ids, generation->ids).text,
            prepared->stopStrings));
    answer.prompt = std::move(*prepared);
    answer.generation = std::move(*generation);
    return answer;
}

Result<Report> investigate(ModelUnderTest& base, ModelUnderTest& tuned,
    const InvestigateOptions& options, StopToken stop) {
    if (!tuned.tokenizer())
        return fail("analysis.no_tokenizer", {{"path", tuned.info().path}});
    if (!sharesVocabulary(base, tuned))
        return fail(
            "analysis.vocabularies", {{"base", base.info().path}, {"tuned", tuned.info().path}});
    if (!tuned.chatTemplate())
        return fail("analysis.no_template", {{"path", tuned.info().path}});
    const std::string templateName = tuned.chatTemplate()->name();
    const int topK = int(std::min<std::int64_t>(options.topK, commonVocabulary(base, tuned)));

    Report report;
    report.prompt = options.prompt;
    report.reference = options.reference;
    report.baseName = "base";
    report.tunedName = "tuned";
    auto baseAnswer = greedyAnswer(base, templateName, options.prompt, options.maxNew, stop);
    if (!baseAnswer)
        return forward(baseAnswer);
    auto tunedAnswer = greedyAnswer(tuned, templateName, options.prompt, options.maxNew, stop);
    if (!tunedAnswer)
        return forward(tunedAnswer);
    report.baseAnswer = baseAnswer->text;
    report.tunedAnswer = tunedAnswer->text;
    report.baseEnded = "ended by: " + std::string(endReasonName(baseAnswer->generation.ended));
    report.tunedEnded = "ended by: " + std::string(endReasonName(tunedAnswer->generation.ended));

    std::vector<TokenId> ids = tunedAnswer->prompt.ids;
    const std::vector<TokenId>& said = tunedAnswer->generation.ids;
    ids.insert(ids.end(), said.begin(), said.end());
    if (tunedAnswer->generation.endId >= 0)
        ids.push_back(tunedAnswer->generation.endId);
    auto answer = scoreBoth(base, tuned, ids, tunedAnswer->prompt.ids.size(), topK, stop);
    if (!answer)
        return forward(answer);
    report.answer = std::move(answer->tokens);

    if (!options.reference.empty())
        if (auto added = addReference(report, base, tuned, *tunedAnswer, templateName, topK, stop);
            !added)
            return forward(added);
    report.promptWords = contentWords(options.prompt);

    describeModel(report, "base model", base.info());
    describeModel(report, "tuned model", tuned.info());
    report.provenance.emplace_back("tokenizer", tuned.info().tokenizerHash);
    report.provenance.emplace_back(
        "chat template", templateName + ", " + tuned.chatTemplate()->hash());
    report.provenance.emplace_back("answers",
        "greedy, at most " + std::to_string(options.maxNew)
            + " tokens; scores at temperature 1 before any filter, natural logarithms");
    return report;
}

} // namespace assay
