#include "ui/common/sample_view/score_turns.h"

#include "ui/common/theme.h"

#include <QDir>
#include <QLocale>
#include <QRegularExpression>

namespace assay {

namespace {

/// Nats from which a token is marked, and at which the mark is strongest: as on the token strip,
/// what is expected fades into the page.
constexpr double markedFrom = 2.5;
constexpr double strongest = 10;

struct TurnTokens {
    double sum = 0;
    int count = 0;
    std::string text;
    std::vector<std::pair<qint64, qint64>> ranges; ///< in `text`
    std::vector<double> surprisals;
};

} // namespace

std::map<TurnPlace, TurnLoss> lossOfTurns(
    const ScoreRecord& record, const Sample& sample, const QString& model) {
    std::map<int, TurnTokens> turns;
    for (const ScoreRecord::Token& token : record.tokens) {
        if (token.message < 0)
            continue;
        TurnTokens& turn = turns[token.message];
        const qint64 begin = qint64(turn.text.size());
        turn.text += token.bytes;
        if (!token.answer || !token.scored)
            continue;
        turn.sum -= token.logprob;
        ++turn.count;
        turn.ranges.emplace_back(begin, qint64(turn.text.size()));
        turn.surprisals.push_back(-token.logprob);
    }
    std::map<TurnPlace, TurnLoss> losses;
    const int messages = int(sample.messages.size());
    for (const auto& [number, turn] : turns) {
        if (turn.count == 0)
            continue;
        TurnPlace place{TurnPlace::List::Messages, number};
        const Message* message = nullptr;
        if (number < messages)
            message = &sample.messages[std::size_t(number)];
        else if (sample.chosen && number - messages < int(sample.chosen->size())) {
            place = {TurnPlace::List::Chosen, number - messages};
            message = &(*sample.chosen)[std::size_t(place.index)];
        } else
            continue;
        TurnLoss loss{turn.sum / turn.count, turn.count, model, false, {}};
        // A template may write around the content; where it changes it, nothing is marked.
        const std::size_t at
            = message->content.empty() ? std::string::npos : turn.text.find(message->content);
        if (at != std::string::npos) {
            for (std::size_t i = 0; i < turn.ranges.size(); ++i) {
                if (turn.surprisals[i] < markedFrom)
                    continue;
                const qint64 begin = turn.ranges[i].first - qint64(at);
                const qint64 end
                    = std::min(turn.ranges[i].second - qint64(at), qint64(message->content.size()));
                const double strength = std::min(1.0, turn.surprisals[i] / strongest);
                if (end > begin && end > 0)
                    loss.marks.push_back({std::max<qint64>(0, begin), end,
                        blend(tokens().surprisal, tokens().panel, strength * maxSurprisalAlpha), {},
                        {}});
            }
        }
        losses[place] = std::move(loss);
    }
    return losses;
}

std::optional<double> answerLoss(const ScoreRecord& record) {
    double sum = 0;
    int count = 0;
    for (const ScoreRecord::Token& token : record.tokens)
        if (token.answer && token.scored) {
            sum -= token.logprob;
            ++count;
        }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

QString modelWithCheckpoint(const QString& name, const QString& folder) {
    const QString last = QDir(folder).dirName();
    if (last == name || !last.startsWith(QLatin1String("step-")))
        return name;
    // Names of checkpoints usually say the step already, some with the marks of thousands.
    const QString step = last.mid(5);
    for (const QString& number : {step, QLocale().toString(step.toLongLong())})
        if (name.contains(QRegularExpression(
                QStringLiteral("(^|\\D)%1(\\D|$)").arg(QRegularExpression::escape(number)))))
            return name;
    return name + QStringLiteral(" · ") + last;
}

} // namespace assay
