#pragma once

#include "ui/common/token_strip/strip_text.h"

#include <QAbstractTableModel>
#include <QStyledItemDelegate>

namespace assay {

/// What both models would rather have said at one place: their most probable tokens side by side,
/// by rank.
class PairAlternatives final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Rank, BaseToken, BaseShare, TunedToken, TunedShare, ColumnCount };
    enum Roles {
        ShareRole = Qt::UserRole, ///< 0..1, for the bar
        ActualRole, ///< whether it is the token that stands there
        TunedRole, ///< whether the cell belongs to the tuned model
    };

    using QAbstractTableModel::QAbstractTableModel;
    /// The first token of a group stands for it. Null pointers for a side without a token.
    void show(const StripToken* base, const StripToken* tuned);
    void clear() { show(nullptr, nullptr); }
    std::vector<int> unnamed(bool tuned) const;
    void setPieces(bool tuned, const std::vector<int>& ids, const std::vector<std::string>& pieces);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Side {
        std::vector<StripAlternative> top;
        int actual = -1;
    };
    Side m_base;
    Side m_tuned;
};

/// Draws the shares as bars in the model's colour and sets off the token that stands in the text.
class PairAlternativesDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
};

} // namespace assay
