#include "ui/panels/inspect/branch_delegate.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"
#include "ui/panels/inspect/branch_model.h"

#include <QPainter>

#include <algorithm>

namespace assay {

void BranchDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const DesignTokens& t = tokens();
    const QRect cell = option.rect;
    const bool current = index.data(BranchModel::CurrentRole).toBool();
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->fillRect(cell, current ? t.accentGround : selected ? t.sunken : t.panel);
    painter->fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), t.hairline);
    QRect inner = cell.adjusted(scaled(8), 0, -scaled(6), 0);
    const QString text = index.data(Qt::DisplayRole).toString();
    const int alignment = index.data(Qt::TextAlignmentRole).toInt();
    const auto state = Branch::State(index.data(BranchModel::StateRole).toInt());
    const bool failed = state == Branch::State::Failed;
    QColor colour = t.text;
    painter->setFont(textFont());
    if (index.column() == BranchModel::Mark) {
        colour = current ? t.accent : t.secondary;
        inner.adjust(scaled(12) * std::max(0, index.data(BranchModel::DepthRole).toInt() - 1), 0,
            scaled(6), 0);
    } else if (index.column() == BranchModel::Forced) {
        painter->setFont(smallMonoFont());
        if (index.data(BranchModel::DepthRole).toInt() > 0)
            colour = index.data(BranchModel::WriterRole).toInt() == int(ModelRole::Base)
                ? t.baseModel
                : t.tunedModel;
        if (failed)
            colour = t.wrong;
    } else if (index.column() == BranchModel::Cost) {
        painter->setFont(smallMonoFont());
    }
    painter->setPen(colour);
    if (index.column() == BranchModel::Words) {
        const int own = index.data(BranchModel::OwnTextRole).toInt();
        QFont bold = textFont();
        bold.setWeight(QFont::DemiBold);
        if (own > 0) {
            const QString forced
                = QFontMetrics(bold).elidedText(text.left(own), Qt::ElideRight, inner.width());
            painter->setFont(bold);
            painter->setPen(t.accent);
            painter->drawText(inner, alignment, forced);
            inner.setLeft(inner.left() + QFontMetrics(bold).horizontalAdvance(forced));
            painter->setFont(textFont());
            painter->setPen(colour);
        }
        painter->drawText(inner, alignment,
            painter->fontMetrics().elidedText(text.mid(own), Qt::ElideRight, inner.width()));
    } else {
        painter->drawText(inner, alignment,
            painter->fontMetrics().elidedText(text, Qt::ElideRight, inner.width()));
    }
    painter->restore();
}

} // namespace assay
