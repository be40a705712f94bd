#pragma once

#include <QStyledItemDelegate>

namespace assay {

/// A row of the branch table: the one in view marked, forced words set apart in the continuation,
/// the writer's colour on its name.
class BranchDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
};

} // namespace assay
