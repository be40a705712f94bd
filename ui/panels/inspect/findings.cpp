#include "ui/panels/inspect/findings.h"

#include "core/analysis/onset.h"
#include "core/analysis/suspects.h"
#include "ui/panels/inspect/branch_tree.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace assay {

namespace {

/// As the rules read scores: entry t - 1 belongs to token t; only what was read.
SequenceScores scoresOf(const ScoreRecord& record) {
    SequenceScores scores;
    const std::size_t end = std::min(record.scored, record.tokens.size());
    for (std::size_t t = 1; t < end; ++t) {
        const ScoreRecord::Token& token = record.tokens[t];
        TokenScore score;
        score.logprob = float(token.logprob);
        score.rank = token.rank;
        score.entropy = float(token.entropy);
        score.varentropy = float(token.varentropy);
        score.margin = float(token.margin);
        score.argmax = token.rank == 1 ? token.id : token.top.empty() ? -1 : token.top[0].first;
        score.argmaxLogprob = token.top.empty() ? 0 : float(token.top[0].second);
        scores.tokens.push_back(score);
    }
    return scores;
}

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Findings)
};

bool sameWords(const std::string& a, const std::string& b) {
    return QString::fromStdString(a).simplified() == QString::fromStdString(b).simplified();
}

} // namespace

Findings findingsOf(const ScoreRecord& record, const ScoreRecord* other,
    const std::optional<std::string>& reference, const QString& modelName) {
    Findings findings;
    const SequenceScores scores = scoresOf(record);
    const int read = int(std::min(record.scored, record.tokens.size()));
    const int answer = lastAnswerBegin(record);
    const bool hasAnswer = answer < read;
    const int first = hasAnswer ? std::max(1, answer) : 1;
    int end = read;
    // The marks that close a turn are not part of its words.
    while (hasAnswer && end > first && record.tokens[std::size_t(end - 1)].frame)
        --end;
    if (first >= end)
        return findings;
    const QLocale locale;

    for (const std::size_t t : suspects(scores, std::size_t(first), std::size_t(end)))
        if (!record.tokens[t].frame)
            findings.suspects.push_back(int(t));

    if (reference && hasAnswer) {
        std::string words;
        std::vector<ByteRange> ranges;
        std::vector<TokenId> ids;
        for (int t = first; t < end; ++t) {
            const ScoreRecord::Token& token = record.tokens[std::size_t(t)];
            ranges.push_back(
                {std::int64_t(words.size()), std::int64_t(words.size() + token.bytes.size())});
            words += token.bytes;
            ids.push_back(token.id);
        }
        if (sameWords(words, *reference)) {
            const GreedyDepartures departures = greedyDepartures(scores, ids, std::size_t(first));
            for (const std::size_t index : departures.all)
                findings.departures.push_back(first + int(index));
            if (departures.first) {
                findings.onset = first + int(departures.first->index);
                const std::string_view strength = departureStrength(departures.first->gap);
                const QString word = strength == "near-tie" ? Words::tr("near-tie")
                    : strength == "soft"                    ? Words::tr("soft")
                                                            : Words::tr("firm");
                findings.onsetText
                    = Words::tr("%1 leaves the reference here · R1 gap %2 %3")
                          .arg(modelName, locale.toString(double(departures.first->gap), 'f', 2),
                              word);
            }
            if (const auto dip = forcedDip(scores, std::size_t(first), std::size_t(end));
                dip && int(*dip) == findings.onset)
                findings.onsetText += Words::tr(" · R2: improbable even for its own uncertainty");
        } else if (const auto departure = textDeparture(words, *reference)) {
            const std::size_t index = tokenAtByte(ranges, departure->byte);
            findings.onset = std::min(end - 1, first + int(index));
            findings.onsetText = Words::tr("parts from the reference here · R0 byte %1")
                                     .arg(locale.toString(qlonglong(departure->byte)));
        }
    }
    if (other && other->tokens.size() == record.tokens.size())
        for (int t = first; t < std::min(end, int(other->scored)); ++t) {
            const auto& mine = record.tokens[std::size_t(t)].top;
            const auto& theirs = other->tokens[std::size_t(t)].top;
            if (!mine.empty() && !theirs.empty() && mine[0].first != theirs[0].first)
                findings.divergences.push_back(t);
        }

    for (const int token : findings.suspects)
        findings.flags.push_back({token, StripFlag::Kind::Suspect, Words::tr("suspect (R5)")});
    for (const int token : findings.departures)
        if (token != findings.onset)
            findings.flags.push_back({token, StripFlag::Kind::Departure,
                Words::tr("the model would say something else (R1)")});
    if (!findings.divergences.empty())
        findings.flags.push_back({findings.divergences.front(), StripFlag::Kind::Divergence,
            Words::tr("first place where base and tuned would say different things")});
    if (findings.onset >= 0)
        findings.flags.push_back({findings.onset, StripFlag::Kind::Onset, findings.onsetText});
    std::ranges::stable_sort(findings.flags, {}, &StripFlag::token);
    return findings;
}

} // namespace assay
