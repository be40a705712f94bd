#pragma once

#include "core/analysis/compare_batch.h"

#include <QAbstractTableModel>

namespace assay {

/// The results of a batch as a table that sorts by any column; rows without a value stand last.
class BatchModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Sample,
        Prompt,
        Answer,
        Tokens,
        MeanJs,
        LargestJs,
        KlForth,
        KlBack,
        OtherChoice,
        Marginal,
        Shifted,
        Divergence,
        Delta,
        Onset,
        ColumnCount
    };
    enum Roles { IdRole = Qt::UserRole, ValueRole };

    using QAbstractTableModel::QAbstractTableModel;
    void setRows(const std::vector<CompareBatchRow>& rows);
    void addRow(const CompareBatchRow& row);
    /// In the order shown.
    std::vector<CompareBatchRow> rows() const;
    const CompareBatchRow& row(int shown) const { return m_rows[m_order[std::size_t(shown)]]; }
    /// -1 where the sample has none.
    int rowOf(qint64 sample) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    bool before(std::size_t a, std::size_t b) const;

    std::vector<CompareBatchRow> m_rows;
    std::vector<std::size_t> m_order;
    int m_column = Sample;
    Qt::SortOrder m_direction = Qt::AscendingOrder;
};

/// The value of a column: a number, a text, or invalid where there is none.
QVariant batchValue(const CompareBatchRow& row, int column);

} // namespace assay
