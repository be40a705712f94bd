#include "core/analysis/onset_case.h"

#include "core/analysis/forced_request.h"
#include "core/analysis/records.h"
#include "core/analysis/suspects.h"
#include "core/base/utf8.h"
#include "core/text/following_text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace assay {

namespace {

/// An answer or a reference as ids behind a prompt, with the bytes of its own text.
struct Forced {
    ForcedReference forced;
    std::int64_t base = 0; ///< where its text begins in the whole text
};

Result<Forced> forceAnswer(const ModelUnderTest& model, const OnsetCase& asked,
    const PreparedInput& prompt, const std::string& text) {
    auto forced = forceReference(model, asked.input, prompt, text);
    if (!forced)
        return forward(forced);
    Forced out;
    out.base = forcedTextBegin(*forced, text);
    out.forced = std::move(*forced);
    return out;
}

OnsetPlace placeOf(const ModelUnderTest& model, const Forced& of, std::size_t token) {
    OnsetPlace place;
    place.token = token;
    const std::size_t index = of.forced.first + token;
    const auto& ranges = of.forced.whole.ranges;
    const auto tokenizer = model.tokenizer();
    if (index < of.forced.end && tokenizer)
        place.text = displayPiece(*tokenizer, of.forced.whole.ids[index]);
    if (index < ranges.size())
        place.byte = std::max<std::int64_t>(0, ranges[index].begin - of.base);
    else if (of.forced.whole.text)
        place.byte = std::int64_t(of.forced.whole.text->size()) - of.base;
    return place;
}

/// One case while the rules are applied to it.
class Finder {
public:
    Finder(
        ModelUnderTest& model, const OnsetCase& asked, const OnsetOptions& options, StopToken stop)
        : m_model(model)
        , m_asked(asked)
        , m_options(options)
        , m_stop(std::move(stop)) { }

    Result<OnsetResult> run() {
        auto prompt = prepareInput(m_model, m_asked.input, GenerationPrompt::Add);
        if (!prompt)
            return forward(prompt);
        m_prompt = std::move(*prompt);
        if (m_prompt.ids.empty())
            return fail("analysis.no_input");
        for (auto step : {&Finder::answer, &Finder::reference, &Finder::textRule,
                 &Finder::forcedRules, &Finder::repair, &Finder::rollouts})
            if (auto done = (this->*step)(); !done)
                return forward(done);
        m_result.label = label();
        return std::move(m_result);
    }

private:
    Grader grader() const { return m_asked.grader ? *m_asked.grader : usualGrader(m_asked.input); }
    /// Tokens of an answer: enough for the longest reference, so that none is cut short.
    int room() const {
        std::size_t most = m_asked.referenceIds ? m_asked.referenceIds->size() : 0;
        for (const std::string& reference : m_asked.references)
            if (const auto tokenizer = m_model.tokenizer())
                most = std::max(most, tokenizer->encode(reference).ids.size());
        return std::max(m_options.maxNew, int(std::min<std::size_t>(most, 1U << 20U)) + 8);
    }
    bool hasReference() const { return m_asked.referenceIds || !m_asked.references.empty(); }

    Result<void> answer() {
        m_result.ownAnswer = !m_asked.answer;
        if (m_asked.answer) {
            m_result.answer = *m_asked.answer;
            auto forced = forceAnswer(m_model, m_asked, m_prompt, *m_asked.answer);
            if (!forced)
                return forward(forced);
            m_answer = std::move(*forced);
        } else {
            auto said = continueFrom(m_model, m_prompt, {}, room(), m_stop);
            if (!said)
                return forward(said);
            m_result.answer = said->text;
            m_answer.forced = forceReference(m_model, m_prompt, said->ids);
            m_answer.base = m_answer.forced.first < m_answer.forced.whole.ranges.size()
                ? m_answer.forced.whole.ranges[m_answer.forced.first].begin
                : 0;
        }
        m_references = m_asked.references;
        return {};
    }

    Result<void> reference() {
        m_result.grade.reason = "no reference";
        if (!hasReference())
            return {};
        if (m_asked.referenceIds) {
            m_reference.forced = forceReference(m_model, m_prompt, *m_asked.referenceIds);
            if (m_reference.forced.first < m_reference.forced.whole.ranges.size())
                m_reference.base = m_reference.forced.whole.ranges[m_reference.forced.first].begin;
            if (m_references.empty()) {
                // What the ids say, as answers are spelled.
                const TokenView view = m_model.tokenizer()
                    ? continuationView(*m_model.tokenizer(), m_prompt.ids, *m_asked.referenceIds)
                    : TokenView();
                std::string numbers;
                for (const TokenId id : *m_asked.referenceIds)
                    numbers += (numbers.empty() ? "" : " ") + std::to_string(id);
                m_references.push_back(view.text ? toValidUtf8(*view.text) : numbers);
            }
        } else {
            auto forced = forceAnswer(m_model, m_asked, m_prompt, m_references.front());
            if (!forced)
                return forward(forced);
            m_reference = std::move(*forced);
            m_result.natural = m_reference.forced.promptKept;
            if (!m_asked.input.messages)
                m_result.natural
                    = encodeFollowing(*m_model.tokenizer(), m_prompt.ids, m_references.front())
                          .natural;
        }
        const auto ids = m_reference.forced.ids();
        m_result.referenceIds.assign(ids.begin(), ids.end());
        m_result.grade = grader().grade(m_result.answer, m_references);
        return {};
    }

    Result<void> textRule() {
        if (!m_options.r0 || m_references.empty() || !m_model.tokenizer())
            return {};
        // Of several references the one that the answer follows longest.
        for (const std::string& reference : m_references) {
            auto departure = textDeparture(m_result.answer, reference);
            if (!departure) {
                m_result.r0.reset();
                return {};
            }
            if (!m_result.r0 || departure->byte > m_result.r0->byte)
                m_result.r0 = std::move(departure);
        }
        const auto& ranges = m_answer.forced.whole.ranges;
        std::size_t token = m_answer.forced.first;
        while (
            token < m_answer.forced.end && ranges[token].end <= m_result.r0->byte + m_answer.base)
            ++token;
        m_result.r0Place = placeOf(m_model, m_answer, token - m_answer.forced.first);
        m_result.r0Place->byte = m_result.r0->byte;
        return {};
    }

    Result<void> forcedRules() {
        if (!hasReference())
            return suspectsOfAnswer();
        const bool wanted = m_options.r1 || m_options.r2 || m_options.r3;
        if (!wanted || m_reference.forced.first >= m_reference.forced.end)
            return {};
        const ForcedReference& forced = m_reference.forced;
        auto scores
            = m_model.score(std::span(forced.whole.ids).first(forced.end), ScoreOptions(), m_stop);
        if (!scores)
            return forward(scores);
        m_departures = greedyDepartures(*scores, forced.ids(), forced.first);
        if (m_options.r1) {
            m_result.r1 = m_departures;
            if (m_departures.first) {
                m_result.r1Place = placeOf(m_model, m_reference, m_departures.first->index);
                if (m_model.tokenizer())
                    m_result.r1Chosen
                        = displayPiece(*m_model.tokenizer(), m_departures.first->chosen);
            }
        }
        if (!m_options.r2)
            return {};
        if (const auto dip = forcedDip(*scores, forced.first, forced.end)) {
            const TokenScore& score = scores->tokens[*dip - 1];
            m_result.r2Place = placeOf(m_model, m_reference, *dip - forced.first);
            m_result.r2Surprisal = -score.logprob;
            m_result.r2Rank = score.rank;
            m_result.r2Threshold = std::max(
                std::log(10.0F), score.entropy + 3 * std::sqrt(std::max(0.0F, score.varentropy)));
        }
        return {};
    }

    Result<void> suspectsOfAnswer() {
        const ForcedReference& forced = m_answer.forced;
        if (forced.first >= forced.end)
            return {};
        auto scores
            = m_model.score(std::span(forced.whole.ids).first(forced.end), ScoreOptions(), m_stop);
        if (!scores)
            return forward(scores);
        for (const std::size_t token : suspects(*scores, forced.first, forced.end))
            m_result.suspects.push_back(placeOf(m_model, m_answer, token - forced.first));
        return {};
    }

    Result<void> repair() {
        if (!m_options.r3 || !hasReference())
            return {};
        const std::size_t departure
            = m_departures.first ? m_departures.first->index : m_result.referenceIds.size();
        auto test = repairTest(m_model, m_prompt, m_result.referenceIds, departure, grader(),
            m_references, room(), m_stop);
        if (!test)
            return forward(test);
        m_result.r3 = std::move(*test);
        return {};
    }

    /// Places of the answer worth trying: where the rules point, then evenly between.
    std::vector<std::size_t> candidates() const {
        const std::size_t length = m_answer.forced.end - m_answer.forced.first;
        std::vector<std::size_t> places;
        const auto add = [&](std::size_t token) {
            if (token < length && places.size() < std::size_t(m_options.positions)
                && std::ranges::find(places, token) == places.end())
                places.push_back(token);
        };
        if (m_result.r0Place)
            add(m_result.r0Place->token);
        if (m_result.r0Place && m_result.r0Place->token > 0)
            add(m_result.r0Place->token - 1);
        if (m_result.ownAnswer && m_departures.first)
            add(m_departures.first->index);
        const auto share = std::size_t(std::max(1, m_options.positions));
        for (std::size_t i = 0; i < share; ++i)
            add(i * length / share);
        std::ranges::sort(places);
        return places;
    }

    Result<void> rollouts() {
        if (!m_options.r4 || !hasReference() || !m_model.tokenizer())
            return {};
        for (const std::size_t token : candidates()) {
            RolloutPlace place;
            place.place = placeOf(m_model, m_answer, token);
            std::vector<TokenId> ids = m_prompt.ids;
            const auto said = m_answer.forced.ids().first(token + 1);
            ids.insert(ids.end(), said.begin(), said.end());
            for (int i = 0; i < m_options.rollouts; ++i) {
                GenerateOptions options;
                options.maxNew = m_options.maxNew;
                options.temperature = m_options.temperature;
                options.seed = m_options.seed + std::uint64_t(i);
                options.stopStrings = m_prompt.stopStrings;
                auto generation = m_model.generate(ids, options, m_stop);
                if (!generation)
                    return forward(generation);
                if (generation->ended == EndReason::Cancelled)
                    return fail("cancelled");
                std::vector<TokenId> whole(said.begin(), said.end());
                whole.insert(whole.end(), generation->ids.begin(), generation->ids.end());
                const TokenView view = continuationView(*m_model.tokenizer(), m_prompt.ids, whole);
                const Grade grade = grader().grade(
                    toValidUtf8(cutAtStop(*view.text, m_prompt.stopStrings)), m_references);
                place.known += grade.verdict != Verdict::Unknown;
                place.right += grade.verdict == Verdict::Right;
            }
            if (place.right == 0 && place.known > 0 && !m_result.r4Critical)
                m_result.r4Critical = m_result.r4.size();
            else if (place.right > 0)
                m_result.r4Critical.reset(); // a later place can still end right
            m_result.r4.push_back(std::move(place));
        }
        return {};
    }

    OnsetLabel label() const {
        if (!hasReference())
            return m_result.suspects.empty() ? OnsetLabel::None : OnsetLabel::Suspect;
        // A right answer that only goes on behind the reference has not left it.
        const bool goesOn = m_result.r0 && m_result.r0->kind == "goes on"
            && m_result.grade.verdict == Verdict::Right;
        const bool departs = m_departures.first || (m_result.r0 && !goesOn);
        if (m_result.grade.verdict != Verdict::Wrong)
            return departs ? OnsetLabel::Departure : OnsetLabel::None;
        if (!m_result.r3)
            return OnsetLabel::Departure;
        return m_result.r3->length && *m_result.r3->length > 0 ? OnsetLabel::Onset
                                                               : OnsetLabel::NotShown;
    }

    ModelUnderTest& m_model;
    const OnsetCase& m_asked;
    const OnsetOptions& m_options;
    StopToken m_stop;
    PreparedInput m_prompt;
    Forced m_answer;
    Forced m_reference;
    std::vector<std::string> m_references;
    GreedyDepartures m_departures;
    OnsetResult m_result;
};

} // namespace

Result<OnsetResult> findOnset(
    ModelUnderTest& model, const OnsetCase& asked, const OnsetOptions& options, StopToken stop) {
    const bool words = asked.answer || (!asked.references.empty() && !asked.referenceIds);
    if (words && !model.tokenizer())
        return fail("analysis.no_tokenizer", {{"path", model.info().path}});
    return Finder(model, asked, options, std::move(stop)).run();
}

} // namespace assay
