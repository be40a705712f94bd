#include "ui/panels/compare/pair_alternatives.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace assay {

void PairAlternatives::show(const StripToken* base, const StripToken* tuned) {
    beginResetModel();
    m_base = base ? Side{base->top, base->id} : Side{};
    m_tuned = tuned ? Side{tuned->top, tuned->id} : Side{};
    endResetModel();
}

std::vector<int> PairAlternatives::unnamed(bool tuned) const {
    std::vector<int> ids;
    for (const StripAlternative& alternative : (tuned ? m_tuned : m_base).top)
        if (alternative.piece.isEmpty())
            ids.push_back(alternative.id);
    return ids;
}

void PairAlternatives::setPieces(
    bool tuned, const std::vector<int>& ids, const std::vector<std::string>& pieces) {
    for (StripAlternative& alternative : (tuned ? m_tuned : m_base).top) {
        const auto found = std::ranges::find(ids, alternative.id);
        const auto at = std::size_t(found - ids.begin());
        if (found != ids.end() && at < pieces.size() && !pieces[at].empty())
            alternative.piece = quotedPiece(QByteArray::fromStdString(pieces[at]));
    }
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int PairAlternatives::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(std::max(m_base.top.size(), m_tuned.top.size()));
}

int PairAlternatives::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant PairAlternatives::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    if (index.column() == Rank)
        return role == Qt::DisplayRole      ? QVariant(index.row() + 1)
            : role == Qt::TextAlignmentRole ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter))
                                            : QVariant();
    const bool tuned = index.column() >= TunedToken;
    const Side& side = tuned ? m_tuned : m_base;
    if (role == TunedRole)
        return tuned;
    if (index.row() >= int(side.top.size()))
        return {};
    const StripAlternative& alternative = side.top[std::size_t(index.row())];
    const bool isToken = index.column() == BaseToken || index.column() == TunedToken;
    switch (role) {
    case Qt::DisplayRole:
        if (isToken)
            return alternative.piece.isEmpty() ? QStringLiteral("#%1").arg(alternative.id)
                                               : alternative.piece;
        return percentText(std::exp(alternative.logprob));
    case Qt::ToolTipRole:
        return tr("%1 · log-probability %2")
            .arg(alternative.piece, QString::number(alternative.logprob, 'f', 3));
    case Qt::AccessibleTextRole:
        return tr("%1 %2, rank %3")
            .arg(tuned ? tr("tuned") : tr("base"),
                isToken ? alternative.piece : percentText(std::exp(alternative.logprob)),
                QString::number(index.row() + 1));
    case ShareRole:
        return isToken ? QVariant() : QVariant(std::exp(alternative.logprob));
    case ActualRole:
        return alternative.id == side.actual;
    default:
        return {};
    }
}

QVariant PairAlternatives::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case BaseToken:
        return tr("base");
    case TunedToken:
        return tr("tuned");
    default:
        return QString();
    }
}

void PairAlternativesDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const DesignTokens& t = tokens();
    const bool actual = index.data(PairAlternatives::ActualRole).toBool();
    if (actual)
        painter->fillRect(option.rect, t.accentGround);
    painter->save();
    painter->setFont(index.column() == PairAlternatives::Rank ? smallMonoFont() : monoFont());
    QRect rect = option.rect.adjusted(scaled(4), 0, -scaled(4), 0);
    const QVariant share = index.data(PairAlternatives::ShareRole);
    if (share.isValid()) {
        const bool tuned = index.data(PairAlternatives::TunedRole).toBool();
        const double width = std::max(1.0, share.toDouble() * rect.width());
        painter->fillRect(QRectF(rect.left(), rect.bottom() - scaled(4), width, scaled(3)),
            tuned ? t.tunedModel : t.baseModel);
        painter->setFont(smallMonoFont());
        rect.adjust(0, 0, 0, -scaled(3));
    }
    painter->setPen(index.column() == PairAlternatives::Rank ? t.secondary : t.text);
    const QString text = painter->fontMetrics().elidedText(
        index.data(Qt::DisplayRole).toString(), Qt::ElideRight, rect.width());
    const bool right = index.column() == PairAlternatives::Rank || share.isValid();
    painter->drawText(rect, int((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter), text);
    painter->restore();
}

} // namespace assay
