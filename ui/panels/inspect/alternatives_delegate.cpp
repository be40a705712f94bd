#include "ui/panels/inspect/alternatives_delegate.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"
#include "ui/panels/inspect/alternatives_model.h"

#include <QPainter>

#include <algorithm>

namespace assay {

void AlternativesDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const DesignTokens& t = tokens();
    const QRect cell = option.rect;
    const bool actual = index.data(AlternativesModel::ActualRole).toBool();
    const bool current = option.state & QStyle::State_Selected;
    painter->save();
    painter->fillRect(cell, actual ? t.accentGround : current ? t.sunken : t.panel);
    painter->fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), t.hairline);
    if (index.data(AlternativesModel::GapRole).toBool())
        painter->fillRect(QRect(cell.left(), cell.top(), cell.width(), 2), t.secondary);
    if (index.column() == AlternativesModel::Bar) {
        const double share
            = std::clamp(index.data(AlternativesModel::ShareRole).toDouble(), 0.0, 1.0);
        const QRectF track(
            cell.left() + 4, cell.center().y() - scaled(4), cell.width() - 8, scaled(9));
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(actual ? blend(t.panel, t.accentGround, 0.6) : t.sunken);
        painter->drawRoundedRect(track, 2, 2);
        painter->setBrush(t.bar);
        const double width = std::max(share > 0 ? 1.0 : 0.0, track.width() * share);
        painter->drawRoundedRect(QRectF(track.left(), track.top(), width, track.height()), 2, 2);
    } else {
        const bool rank = index.column() == AlternativesModel::Rank;
        painter->setFont(smallMonoFont());
        painter->setPen(rank ? t.secondary : t.text);
        const QRect inner = cell.adjusted(scaled(6), 0, -scaled(6), 0);
        painter->drawText(inner, index.data(Qt::TextAlignmentRole).toInt(),
            painter->fontMetrics().elidedText(
                index.data(Qt::DisplayRole).toString(), Qt::ElideRight, inner.width()));
    }
    painter->restore();
}

} // namespace assay
