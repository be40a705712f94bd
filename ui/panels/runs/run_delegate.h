#pragma once

#include <QStyledItemDelegate>

namespace assay {

/// A run in two lines: name and loss; parameters and state. Runs that are drawn show a piece of
/// their line.
class RunDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace assay
