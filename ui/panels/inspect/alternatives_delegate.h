#pragma once

#include <QStyledItemDelegate>

namespace assay {

/// Draws a row of AlternativesModel: figures in the monospaced face, the share as a bar, the actual
/// token on the accent's ground, a rule above a row that is set apart.
class AlternativesDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
};

} // namespace assay
