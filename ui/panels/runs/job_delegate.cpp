#include "ui/panels/runs/job_delegate.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"
#include "ui/panels/runs/job_list_model.h"

#include <QPainter>

namespace assay {

namespace {

QColor toneColour(int tone) {
    const DesignTokens& t = tokens();
    switch (RunTone(tone)) {
    case RunTone::Good:
        return t.right;
    case RunTone::Attention:
        return t.caution;
    case RunTone::Bad:
        return t.wrong;
    case RunTone::Quiet:
        break;
    }
    return t.secondary;
}

} // namespace

QSize JobDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {scaled(200),
        QFontMetrics(titleFont()).height() + QFontMetrics(secondaryFont()).height() + scaled(20)};
}

void JobDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const DesignTokens& t = tokens();
    painter->save();
    const QRect row = option.rect;
    painter->fillRect(row, option.state & QStyle::State_Selected ? t.accentGround : t.panel);
    painter->fillRect(QRect(row.left(), row.bottom(), row.width(), 1), t.hairline);
    const QRect inner = row.adjusted(scaled(12), scaled(8), -scaled(12), -scaled(8));
    // Texts at the right keep their width; those at the left are shortened.
    const auto line = [&](const QRect& box, const QFont& leftFont, const QColor& leftColour,
                          const QString& left, const QFont& rightFont, const QColor& rightColour,
                          const QString& right) {
        painter->setFont(rightFont);
        painter->setPen(rightColour);
        const int taken = QFontMetrics(rightFont).horizontalAdvance(right) + scaled(10);
        painter->drawText(box, Qt::AlignRight | Qt::AlignVCenter, right);
        painter->setFont(leftFont);
        painter->setPen(leftColour);
        const int room = box.width() - taken;
        painter->drawText(box.adjusted(0, 0, -taken, 0), Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetrics(leftFont).elidedText(left, Qt::ElideRight, room));
    };
    const int upper = QFontMetrics(titleFont()).height();
    const bool nan = index.data(JobListModel::LossIsNanRole).toBool();
    line(QRect(inner.left(), inner.top(), inner.width(), upper), titleFont(), t.text,
        index.data(Qt::DisplayRole).toString(), smallMonoFont(), nan ? t.wrong : t.text,
        index.data(JobListModel::LossRole).toString());
    line(QRect(inner.left(), inner.top() + upper + scaled(4), inner.width(),
             inner.height() - upper - scaled(4)),
        secondaryFont(), t.secondary, index.data(JobListModel::ParametersRole).toString(),
        secondaryFont(), toneColour(index.data(JobListModel::ToneRole).toInt()),
        index.data(JobListModel::StatusRole).toString());
    painter->restore();
}

} // namespace assay
