#pragma once

#include "ui/common/controls.h"
#include "ui/common/plot/curve_style.h"

#include <QAbstractTableModel>
#include <QStyledItemDelegate>
#include <QTableView>

#include <optional>
#include <vector>

namespace assay {

QColor toneColour(Tone tone);

/// A cell of a small table: its text, and what is drawn beside it.
struct ValueCell {
    QString text;
    QString tip;
    Tone tone = Tone::Plain; ///< of the text
    bool emphasised = false; ///< on the selection's ground, with a mark in front
    std::optional<CurveStyle> line; ///< a piece of that line before the text
    std::vector<double> spark; ///< a small curve before the text; NaN is a gap
};

struct ValueColumn {
    QString title;
    bool number = false; ///< right-aligned, monospaced
    int width = 0; ///< pixels of the compact design; 0 takes what is left
    QString tip = {};
    bool wraps = false; ///< several lines
};

/// Rows of cells that are replaced as a whole; views keep their selection while the number of rows
/// stays.
class ValueModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;
    using Rows = std::vector<std::vector<ValueCell>>;
    void setColumns(std::vector<ValueColumn> columns);
    /// Rows have a cell for each column.
    void setRows(Rows rows);
    const std::vector<ValueColumn>& columns() const { return m_columns; }
    const ValueCell* cell(const QModelIndex& index) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<ValueColumn> m_columns;
    Rows m_rows;
};

class ValueDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override;
};

/// A table of a ValueModel in the program's look.
class ValueTable final : public QTableView {
    Q_OBJECT

public:
    ValueTable(const QString& name, QWidget* parent = nullptr);
    ValueModel* values() const { return m_model; }
    void setColumns(std::vector<ValueColumn> columns);
    /// The row under the cursor; -1 for none.
    int currentRow() const { return currentIndex().row(); }

private:
    ValueModel* m_model;
};

} // namespace assay
