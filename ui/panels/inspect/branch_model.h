#pragma once

#include "ui/panels/inspect/branch_tree.h"

#include <QAbstractTableModel>

namespace assay {

/// The branches of a text as a table, each under its parent: what was forced, what it cost, how it
/// went on.
class BranchModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Mark, Forced, Cost, Words, ColumnCount };
    enum Roles {
        IdRole = Qt::UserRole,
        DepthRole,
        CurrentRole,
        BeforeRole,
        ForcedRole,
        AfterRole,
        WriterRole,
        StateRole
    };

    using QAbstractTableModel::QAbstractTableModel;
    void show(const BranchTree& tree, int current, ModelRole active);
    int rowOf(int id) const;
    int idAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        int id = -1;
        int depth = 0;
        bool current = false;
        QString name;
        QString detail; ///< for the tool tip
        QString cost;
        BranchWords words;
        ModelRole writer = ModelRole::Tuned;
        Branch::State state = Branch::State::Ready;
        bool operator==(const Row&) const = default;
    };
    static Row rowFor(const BranchTree& tree, const Branch& branch, int current, ModelRole active);
    std::vector<Row> m_rows;
};

} // namespace assay
