#include "ui/panels/data/data_delegate.h"

#include "core/store/sample_row.h"
#include "ui/common/fonts.h"
#include "ui/common/theme.h"
#include "ui/panels/data/data_table_model.h"

#include <QApplication>
#include <QPainter>

#include <algorithm>

namespace assay {

namespace {

int chipWidth(const QFontMetrics& metrics, const QString& text, int most) {
    return std::min(metrics.horizontalAdvance(text) + scaled(15), most);
}

void paintChip(QPainter& painter, const QRect& place, const QString& text) {
    const QFontMetrics metrics(painter.font());
    const QRectF frame = QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(QPen(tokens().hairline, 1));
    painter.setBrush(tokens().panel);
    painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2);
    painter.setPen(tokens().secondary);
    painter.drawText(place, Qt::AlignCenter,
        metrics.elidedText(text, Qt::ElideRight, place.width() - scaled(11)));
}

QRect chipPlace(const QRect& cell, int left, int width, const QFontMetrics& metrics) {
    const int height = metrics.height() + scaled(4);
    return QRect(left, cell.center().y() - height / 2 + 1, width, height);
}

void paintLoss(QPainter& painter, const QRect& cell, double loss, bool stale, double full,
    const QString& text) {
    const int barWidth = scaled(46);
    const int height = scaled(7);
    const QRectF trough(
        cell.left() + scaled(8), cell.center().y() - height / 2.0 + 0.5, barWidth, height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens().sunken);
    painter.drawRoundedRect(trough, 3, 3);
    QRectF bar = trough;
    bar.setWidth(std::max(2.0, barWidth * std::clamp(loss / full, 0.0, 1.0)));
    painter.setBrush(stale ? Qt::NoBrush : QBrush(tokens().bar));
    painter.setPen(stale ? QPen(tokens().bar, 1, Qt::DotLine) : QPen(Qt::NoPen));
    painter.drawRoundedRect(bar, 3, 3);
    painter.setPen(stale ? tokens().secondary : tokens().text);
    painter.setFont(smallMonoFont());
    painter.drawText(cell.adjusted(scaled(14) + barWidth, 0, -scaled(8), 0),
        Qt::AlignRight | Qt::AlignVCenter, text);
}

void paintState(QPainter& painter, const QRect& cell, int status, const QString& text) {
    const QFontMetrics metrics(textFont());
    const QRectF mark(cell.left() + scaled(8), cell.center().y() - scaled(3), scaled(7), scaled(7));
    QColor colour = tokens().secondary;
    if (status == int(ReviewStatus::Accepted)) {
        colour = tokens().right;
        painter.setPen(QPen(colour, 1.6));
        painter.drawPolyline(QPolygonF({mark.topLeft() + QPointF(0, mark.height() * 0.55),
            mark.bottomLeft() + QPointF(mark.width() * 0.38, 0), mark.topRight()}));
    } else if (status == int(ReviewStatus::Rejected)) {
        colour = tokens().wrong;
        painter.setPen(QPen(colour, 1.6));
        painter.drawLine(mark.topLeft(), mark.bottomRight());
        painter.drawLine(mark.topRight(), mark.bottomLeft());
    }
    painter.setPen(colour);
    painter.setFont(textFont());
    const int left = status == int(ReviewStatus::Pending) ? scaled(8) : scaled(21);
    const QRect place = cell.adjusted(left, 0, -scaled(4), 0);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(text, Qt::ElideRight, place.width()));
}

} // namespace

void DataDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const {
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const QString text = option.text;
    const int column = index.column();
    option.state &= ~QStyle::State_HasFocus; // the whole row is marked
    const QStringList tags = column == DataTableModel::Question
        ? index.data(DataTableModel::TagsRole).toStringList()
        : QStringList();
    option.text.clear();
    const QWidget* widget = option.widget;
    QStyle* style = widget ? widget->style() : QApplication::style();
    painter->save();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, widget);
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect cell = option.rect;
    painter->fillRect(QRect(cell.left(), cell.bottom(), cell.width(), 1), tokens().hairline);
    if (column == DataTableModel::Channel && !text.isEmpty()) {
        painter->setFont(secondaryFont());
        const QFontMetrics metrics(painter->font());
        const int width = chipWidth(metrics, text, cell.width() - scaled(12));
        paintChip(*painter, chipPlace(cell, cell.left() + scaled(6), width, metrics), text);
    } else if (column == DataTableModel::Loss) {
        const QVariant loss = index.data(DataTableModel::LossRole);
        if (loss.isValid())
            paintLoss(*painter, cell, loss.toDouble(),
                index.data(DataTableModel::LossStaleRole).toBool(), m_fullLoss, text);
    } else if (column == DataTableModel::State) {
        const QVariant status = index.data(DataTableModel::StatusRole);
        if (status.isValid())
            paintState(*painter, cell, status.toInt(), text);
    } else {
        // The same room at both sides as the column heads have.
        painter->setFont(secondaryFont());
        const QFontMetrics metrics(painter->font());
        int right = cell.right() - scaled(tags.isEmpty() ? 0 : 6);
        for (const QString& tag : tags) {
            const int width = chipWidth(metrics, tag, scaled(90));
            if (right - width < cell.left() + cell.width() / 2)
                break;
            paintChip(*painter, chipPlace(cell, right - width, width, metrics), tag);
            right -= width + scaled(4);
        }
        painter->setFont(option.font);
        painter->setPen(option.palette.color(QPalette::Text));
        const QRect place(
            cell.left() + scaled(8), cell.top(), right - cell.left() - scaled(16), cell.height());
        painter->drawText(place, int(option.displayAlignment),
            option.fontMetrics.elidedText(text, Qt::ElideRight, place.width()));
    }
    painter->restore();
}

} // namespace assay
