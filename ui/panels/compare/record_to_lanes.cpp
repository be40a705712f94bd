#include "ui/panels/compare/record_to_lanes.h"

#include <QCoreApplication>

#include <algorithm>

namespace assay {

namespace {

std::vector<StripToken> stripOf(const PairedRecord::Side& side) {
    std::vector<StripToken> out;
    // Marks that close the answer's turn are the template's, not the answer's.
    const auto count = std::min(side.scores.tokens.size(), std::size_t(side.answerEnd));
    for (std::size_t i = 0; i < count; ++i) {
        const ScoreRecord::Token& scored = side.scores.tokens[i];
        StripToken token;
        token.id = scored.id;
        token.bytes = QByteArray::fromStdString(scored.bytes);
        if (token.bytes.isEmpty())
            token.label = scored.piece.empty()
                ? QStringLiteral("#%1 ").arg(scored.id)
                : quotedPiece(QByteArray::fromStdString(scored.piece));
        token.answer = int(i) >= side.answerBegin;
        token.scored = scored.scored;
        token.logprob = scored.logprob;
        token.rank = scored.rank;
        token.entropy = scored.entropy;
        token.varentropy = scored.varentropy;
        token.margin = scored.margin;
        for (const auto& [id, logprob] : scored.top)
            token.top.push_back({id, QString(), logprob});
        out.push_back(std::move(token));
    }
    return out;
}

void addSide(const std::vector<StripToken>& tokens, int begin, int end, double& logprob, int& rank,
    bool& scored) {
    for (int i = begin; i < end; ++i) {
        const StripToken& token = tokens[std::size_t(i)];
        if (!token.scored)
            continue;
        scored = true;
        logprob += token.logprob;
        rank = std::max(rank, token.rank);
    }
}

int cellOfTunedToken(const LanesText& text, int token) {
    for (int i = 0; i < int(text.cells.size()); ++i)
        if (token >= text.cells[std::size_t(i)].tunedBegin
            && token < text.cells[std::size_t(i)].tunedEnd)
            return i;
    return -1;
}

int intAt(const Json& json, const char* key) {
    return json.is_object() && json.contains(key) && json[key].is_number_integer()
        ? json[key].get<int>()
        : -1;
}

} // namespace

LanesText lanesFromRecord(
    const PairedRecord& record, ComparedText shown, bool isReference, const QString& promptTitle) {
    LanesText text;
    text.shared = record.shared;
    text.promptTitle = promptTitle;
    text.base = stripOf(record.base);
    text.tuned = stripOf(record.tuned);
    const auto add = [&](LaneCell cell) {
        bool baseScored = false;
        bool tunedScored = false;
        addSide(
            text.base, cell.baseBegin, cell.baseEnd, cell.baseLogprob, cell.baseRank, baseScored);
        addSide(text.tuned, cell.tunedBegin, cell.tunedEnd, cell.tunedLogprob, cell.tunedRank,
            tunedScored);
        cell.scored = baseScored && tunedScored;
        cell.answer
            = cell.tunedBegin < cell.tunedEnd && text.tuned[std::size_t(cell.tunedEnd - 1)].answer;
        text.cells.push_back(cell);
    };
    if (record.shared) {
        for (int i = 0; i < int(text.tuned.size()); ++i) {
            LaneCell cell;
            cell.baseBegin = cell.tunedBegin = i;
            cell.baseEnd = cell.tunedEnd = i + 1;
            const PairedRecord::Distance& distance = record.distances[std::size_t(i)];
            cell.js = distance.js;
            cell.klTunedBase = distance.klTunedBase;
            cell.klBaseTuned = distance.klBaseTuned;
            const auto& base = text.base[std::size_t(i)].top;
            const auto& tuned = text.tuned[std::size_t(i)].top;
            cell.otherChoice = !base.empty() && !tuned.empty() && base[0].id != tuned[0].id;
            add(cell);
        }
    } else {
        for (const PairedRecord::Group& group : record.groups) {
            LaneCell cell;
            cell.baseBegin = group.baseBegin;
            cell.baseEnd = std::min(group.baseEnd, int(text.base.size()));
            cell.tunedBegin = group.tunedBegin;
            cell.tunedEnd = std::min(group.tunedEnd, int(text.tuned.size()));
            add(cell);
            LaneCell& made = text.cells.back();
            made.otherChoice = (made.baseRank == 1) != (made.tunedRank == 1);
        }
    }
    const auto differs = std::ranges::find_if(
        text.cells, [](const LaneCell& cell) { return cell.answer && cell.otherChoice; });
    if (differs != text.cells.end())
        // On a model's own greedy answer this is where the two free answers part; on a given text
        // only the first choices are known to differ.
        text.marks.push_back({LaneMark::Kind::Divergence, int(differs - text.cells.begin()),
            shown == ComparedText::TunedAnswer || shown == ComparedText::BaseAnswer
                ? QCoreApplication::translate("Compare", "first divergence")
                : QCoreApplication::translate("Compare", "first choices differ")});
    int onset = -1;
    QString rule;
    if (isReference) {
        onset = intAt(record.tuned.departure, "token");
        rule = QCoreApplication::translate("Compare", "onset R1");
        const Json gap = record.tuned.departure.is_object()
            ? record.tuned.departure.value("gap", Json())
            : Json();
        if (gap.is_number())
            rule += QCoreApplication::translate("Compare", ", gap %1")
                        .arg(QString::number(gap.get<double>(), 'f', 2));
    } else {
        onset = intAt(record.textDeparture, "token");
        rule = QCoreApplication::translate("Compare", "onset R0");
    }
    if (onset >= 0) {
        onset = std::min(onset, int(text.tuned.size()) - 1);
        if (const int cell = cellOfTunedToken(text, onset); cell >= 0)
            text.marks.push_back({LaneMark::Kind::Onset, cell, rule});
    }
    return text;
}

LanesSummary summariseLanes(const LanesText& text) {
    LanesSummary sum;
    for (const LaneCell& cell : text.cells) {
        if (!cell.answer || !cell.scored)
            continue;
        ++sum.cells;
        sum.otherChoice += cell.otherChoice;
        sum.marginal += cell.baseRank == 2 || cell.baseRank == 3;
        sum.shifted += cell.baseRank > 3;
        sum.meanJs += cell.js;
        sum.meanKlTunedBase += cell.klTunedBase;
        sum.meanKlBaseTuned += cell.klBaseTuned;
        sum.delta += cell.delta();
    }
    if (sum.cells > 0)
        for (double* mean : {&sum.meanJs, &sum.meanKlTunedBase, &sum.meanKlBaseTuned})
            *mean /= sum.cells;
    return sum;
}

} // namespace assay
