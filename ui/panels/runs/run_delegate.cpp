#include "ui/panels/runs/run_delegate.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"
#include "ui/panels/runs/run_list_model.h"
#include "ui/panels/runs/value_table.h"

#include <QPainter>

namespace assay {

QSize RunDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {scaled(200),
        QFontMetrics(titleFont()).height() + QFontMetrics(secondaryFont()).height() + scaled(20)};
}

void RunDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const DesignTokens& t = tokens();
    painter->save();
    const QRect row = option.rect;
    painter->fillRect(row, option.state & QStyle::State_Selected ? t.accentGround : t.panel);
    painter->fillRect(QRect(row.left(), row.bottom(), row.width(), 1), t.hairline);
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(t.accent);
        painter->drawRect(row.adjusted(0, 0, -1, -2));
    }
    const QRect inner = row.adjusted(scaled(12), scaled(8), -scaled(12), -scaled(8));
    // Texts at the right keep their width; those at the left are shortened.
    const auto line = [&](const QRect& box, const QFont& leftFont, const QColor& leftColour,
                          const QString& left, const QFont& rightFont, const QColor& rightColour,
                          const QString& right, int taken) {
        painter->setFont(rightFont);
        painter->setPen(rightColour);
        painter->drawText(box, Qt::AlignRight | Qt::AlignVCenter, right);
        taken += QFontMetrics(rightFont).horizontalAdvance(right) + scaled(10);
        painter->setFont(leftFont);
        painter->setPen(leftColour);
        const int room = box.width() - taken;
        painter->drawText(box.adjusted(0, 0, -taken, 0), Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetrics(leftFont).elidedText(left, Qt::ElideMiddle, room));
    };
    const int upper = QFontMetrics(titleFont()).height();
    const bool wrong = index.data(RunListModel::LossIsWrongRole).toBool();
    const QString loss = index.data(RunListModel::LossRole).toString();
    const QRect first(inner.left(), inner.top(), inner.width(), upper);
    const int drawn = index.data(RunListModel::StyleRole).toInt();
    const int sample = drawn >= 0 ? scaled(26) : 0;
    if (drawn >= 0) {
        const int right = first.right() - QFontMetrics(smallMonoFont()).horizontalAdvance(loss);
        drawCurveSample(*painter,
            QRectF(right - scaled(28), first.top(), scaled(20), first.height()), {drawn, false});
    }
    line(first, titleFont(), t.text, index.data(Qt::DisplayRole).toString(), smallMonoFont(),
        wrong ? t.wrong : t.text, loss, sample);
    line(QRect(inner.left(), inner.top() + upper + scaled(4), inner.width(),
             inner.height() - upper - scaled(4)),
        secondaryFont(), t.secondary, index.data(RunListModel::ParametersRole).toString(),
        secondaryFont(), toneColour(Tone(index.data(RunListModel::ToneRole).toInt())),
        index.data(RunListModel::StatusRole).toString(), 0);
    painter->restore();
}

} // namespace assay
