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
        QFont bold = textFont();
        bold.setWeight(QFont::DemiBold);
        const auto part = [&](const QString& words, const QFont& font, const QColor& ink) {
            if (words.isEmpty() || inner.width() <= 0)
                return;
            const QFontMetrics metrics(font);
            painter->setFont(font);
            painter->setPen(ink);
            painter->drawText(
                inner, alignment, metrics.elidedText(words, Qt::ElideRight, inner.width()));
            inner.setLeft(inner.left() + metrics.horizontalAdvance(words));
        };
        part(index.data(BranchModel::BeforeRole).toString(), textFont(), t.text);
        part(index.data(BranchModel::ForcedRole).toString(), bold, t.accent);
        part(index.data(BranchModel::AfterRole).toString(), textFont(), t.text);
    } else {
        painter->drawText(inner, alignment,
            painter->fontMetrics().elidedText(text, Qt::ElideRight, inner.width()));
    }
    painter->restore();
}

} // namespace assay
