#include "ui/common/score_lanes/lanes_text.h"

#include <QCoreApplication>

#include <cmath>

namespace assay {

double laneValue(const LaneCell& cell, LaneMeasure measure) {
    if (!cell.scored)
        return 0;
    switch (measure) {
    case LaneMeasure::Js:
        return cell.js;
    case LaneMeasure::Kl:
        return cell.klTunedBase;
    case LaneMeasure::RankShift:
        return std::log2(double(std::max(1, cell.baseRank)) / std::max(1, cell.tunedRank));
    case LaneMeasure::Delta:
        return cell.delta();
    }
    return 0;
}

bool isSigned(LaneMeasure measure) {
    return measure == LaneMeasure::RankShift || measure == LaneMeasure::Delta;
}

bool isUnchanged(const LaneCell& cell, bool shared) {
    if (!cell.scored)
        return true;
    if (cell.otherChoice)
        return false;
    return shared ? cell.js < unchangedJs : std::abs(cell.delta()) < unchangedDelta;
}

std::vector<LaneFold> foldsOf(const LanesText& text, FoldMode mode, const std::set<int>& expanded) {
    std::vector<LaneFold> folds;
    const auto add = [&](LaneFold fold) {
        if (!expanded.contains(fold.begin))
            folds.push_back(fold);
    };
    const int count = int(text.cells.size());
    int begin = 0;
    while (begin < count && !text.cells[std::size_t(begin)].answer)
        ++begin;
    // A mark or two in front of a text (BOS) is shorter than the words on a fold.
    constexpr int shortestPrompt = 3;
    if (begin >= shortestPrompt && begin < count)
        add({0, begin, true});
    if (begin == count)
        begin = 0; // nothing is marked as an answer
    if (mode == FoldMode::PromptOnly)
        return folds;
    std::vector<bool> keep(std::size_t(count), false);
    const auto keepAround = [&](int cell) {
        for (int i = std::max(0, cell - foldContext); i <= std::min(count - 1, cell + foldContext);
             ++i)
            keep[std::size_t(i)] = true;
    };
    for (int i = begin; i < count; ++i)
        if (!isUnchanged(text.cells[std::size_t(i)], text.shared))
            keepAround(i);
    for (const LaneMark& mark : text.marks)
        if (mark.cell >= 0 && mark.cell < count)
            keepAround(mark.cell);
    for (int i = begin; i < count;) {
        if (keep[std::size_t(i)]) {
            ++i;
            continue;
        }
        int end = i;
        while (end < count && !keep[std::size_t(end)])
            ++end;
        if (end - i >= shortestFold)
            add({i, end, false});
        i = end;
    }
    return folds;
}

QString quotedCell(const LanesText& text, int index) {
    const LaneCell& cell = text.cells[std::size_t(index)];
    QByteArray bytes;
    QString labels;
    for (int i = cell.tunedBegin; i < cell.tunedEnd; ++i) {
        bytes += text.tuned[std::size_t(i)].bytes;
        if (text.tuned[std::size_t(i)].bytes.isEmpty())
            labels += text.tuned[std::size_t(i)].label;
    }
    return bytes.isEmpty() ? labels : quotedPiece(bytes);
}

QString spokenCell(const LanesText& text, int index) {
    const LaneCell& cell = text.cells[std::size_t(index)];
    QString spoken = QCoreApplication::translate("ScoreLanes", "token %1 '%2'")
                         .arg(QString::number(index + 1), quotedCell(text, index));
    if (!cell.scored)
        return spoken + QCoreApplication::translate("ScoreLanes", ", no score");
    spoken += QCoreApplication::translate(
        "ScoreLanes", ": base probability %1, rank %2; tuned probability %3, rank %4")
                  .arg(percentText(std::exp(cell.baseLogprob)), QString::number(cell.baseRank),
                      percentText(std::exp(cell.tunedLogprob)), QString::number(cell.tunedRank));
    if (cell.otherChoice)
        spoken += QCoreApplication::translate("ScoreLanes", "; the first choices differ");
    for (const LaneMark& mark : text.marks)
        if (mark.cell == index)
            spoken += QStringLiteral("; ") + mark.label;
    return spoken;
}

} // namespace assay
