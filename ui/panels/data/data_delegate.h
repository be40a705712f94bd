#pragma once

#include <QStyledItemDelegate>

namespace assay {

/// Cells of the data table that are more than text: channel and tags as chips, the loss as a bar
/// with its number, the state with a mark.
class DataDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    /// What fills a loss bar, in nats.
    void setFullLoss(double loss) { m_fullLoss = loss; }

protected:
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;

private:
    double m_fullLoss = 4;
};

} // namespace assay
