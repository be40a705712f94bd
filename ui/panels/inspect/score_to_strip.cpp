#include "ui/panels/inspect/score_to_strip.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace assay {

namespace {

constexpr int cutOff = -2; ///< in place of a message's index

struct Sum {
    int tokens = 0;
    double surprisal = 0;
};

QString answerTitle(const QString& title, const Sum& sum) {
    return QCoreApplication::translate(
        "Inspect", "%1 · answer · %n token(s) · mean %2 nats", nullptr, sum.tokens)
        .arg(title, QLocale().toString(sum.surprisal / sum.tokens, 'f', 2));
}

} // namespace

StripText stripFromScore(
    const ScoreRecord& record, const std::vector<QString>& titles, const StripSource& source) {
    StripText text;
    text.tokens.reserve(record.tokens.size());
    std::vector<int> turnMessage;
    // A record made by hand says nothing of what was read; then all of it was.
    const std::size_t read = record.scored > 0 ? record.scored : record.tokens.size();
    const ScoreRecord* other = source.other && source.other->tokens.size() == record.tokens.size()
        ? source.other
        : nullptr;
    int cutTurn = -1;
    for (std::size_t at = 0; at < record.tokens.size(); ++at) {
        const ScoreRecord::Token& scored = record.tokens[at];
        StripToken token;
        token.id = scored.id;
        token.bytes = QByteArray::fromStdString(scored.bytes);
        if (scored.control || token.bytes.isEmpty()) {
            token.bytes.clear();
            token.label = scored.piece.empty()
                ? QStringLiteral("#%1").arg(scored.id)
                : quotedPiece(QByteArray::fromStdString(scored.piece));
        }
        // A sequence without text shows its ids, one apart from the next.
        if (!record.hasText)
            token.label += QLatin1Char(' ');
        token.answer = scored.answer;
        token.scored = scored.scored;
        token.logprob = scored.logprob;
        token.rank = scored.rank;
        token.entropy = scored.entropy;
        token.varentropy = scored.varentropy;
        token.margin = scored.margin;
        token.frame = scored.frame;
        token.cut = at >= read;
        token.top.reserve(scored.top.size());
        for (const auto& [id, logprob] : scored.top)
            token.top.push_back({id, QString(), logprob});
        if (other && scored.scored && other->tokens[at].scored && other->tokens[at].id == scored.id)
            token.delta = (scored.logprob - other->tokens[at].logprob) * (source.tuned ? 1 : -1);
        if (turnMessage.empty())
            turnMessage.push_back(scored.message);
        else if (cutTurn < 0 && scored.message >= 0 && scored.message != turnMessage.back()) {
            if (turnMessage.back() < 0)
                turnMessage.back() = scored.message;
            else
                turnMessage.push_back(scored.message);
        }
        token.turn = int(turnMessage.size()) - 1;
        if (token.cut) {
            if (cutTurn < 0) {
                cutTurn = int(turnMessage.size());
                turnMessage.push_back(cutOff);
            }
            token.turn = cutTurn;
        }
        text.tokens.push_back(std::move(token));
    }
    std::vector<Sum> answers(turnMessage.size());
    for (const StripToken& token : text.tokens)
        if (token.answer && token.scored) {
            ++answers[std::size_t(token.turn)].tokens;
            answers[std::size_t(token.turn)].surprisal += token.surprisal();
        }
    for (std::size_t turn = 0; turn < turnMessage.size(); ++turn) {
        const int message = turnMessage[turn];
        QString title = message >= 0 && message < int(titles.size()) ? titles[std::size_t(message)]
                                                                     : QString();
        if (message == cutOff)
            title = QCoreApplication::translate("Inspect",
                "cut off · %n token(s) beyond the context of %1 were not read", nullptr,
                int(record.tokens.size() - read))
                        .arg(QLocale().toString(qlonglong(read)));
        if (!title.isEmpty() && answers[turn].tokens > 0)
            title = answerTitle(title, answers[turn]);
        text.turns.push_back({title});
    }
    return text;
}

ScoreSummary summarise(const StripText& text) {
    ScoreSummary summary;
    for (const StripToken& token : text.tokens)
        summary.answersOnly = summary.answersOnly || token.answer;
    double sum = 0;
    for (const StripToken& token : text.tokens) {
        if (!token.scored || (summary.answersOnly && !token.answer))
            continue;
        ++summary.tokens;
        sum += token.surprisal();
    }
    if (summary.tokens > 0) {
        summary.meanSurprisal = sum / summary.tokens;
        summary.perplexity = std::exp(summary.meanSurprisal);
    }
    return summary;
}

} // namespace assay
