#pragma once

#include "ui/common/paged_table_model.h"

#include "core/store/sample_order.h"
#include "core/store/sample_row.h"

namespace assay {

/// The samples of a filter, as many as there are.
class DataTableModel final : public PagedTableModel<SampleRow> {
    Q_OBJECT

public:
    enum Column { Number, Question, Turns, Channel, Length, Loss, State, ColumnCount };
    enum Roles {
        IdRole = Qt::UserRole,
        LossRole, ///< double; invalid where it is not known
        LossStaleRole,
        TagsRole, ///< QStringList
        StatusRole, ///< int of ReviewStatus
    };

    using PagedTableModel::PagedTableModel;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Whether lengths are counted in tokens where they are known; otherwise in characters.
    void setCountsTokens(bool tokens);
    bool countsTokens() const { return m_tokens; }

protected:
    QVariant cell(const SampleRow& row, int column, int role) const override;

private:
    QString text(const SampleRow& row, int column) const;
    QString hint(const SampleRow& row, int column) const;

    bool m_tokens = false;
};

/// The orders of a column: the first one that a click gives and the one of the next click; no
/// value where SQL could not sort by it fast.
std::optional<std::pair<SampleOrder, SampleOrder>> ordersOf(int column, bool countsTokens);

QString statusText(ReviewStatus status);

} // namespace assay
