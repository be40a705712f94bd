#pragma once

#include "ui/common/paged_table_model.h"

#include "core/store/sample_row.h"

namespace assay {

/// The samples of a list: number, first words of the question, channel.
class SampleTableModel final : public PagedTableModel<SampleRow> {
    Q_OBJECT

public:
    enum Column { Number, Question, Channel, ColumnCount };
    enum Roles { IdRole = Qt::UserRole };

    using PagedTableModel::PagedTableModel;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    QVariant cell(const SampleRow& row, int column, int role) const override;
};

/// The words by which a person recognises a sample.
QString samplePreview(const SampleRow& row);

} // namespace assay
