#pragma once

#include "ui/common/selection_context.h"
#include "ui/service/project_access.h"

#include <QWidget>

class QLineEdit;
class QTableView;
class QTimer;

namespace assay {

class Card;
class SampleTableModel;
class StateStack;

/// The project's samples with a full-text search; the one chosen goes into the selection.
class SampleList final : public QWidget {
    Q_OBJECT

public:
    SampleList(SelectionContext* selection, ProjectAccess* project, QWidget* parent = nullptr);
    /// Whether the list stands and its visible rows are there.
    bool isSettled() const;
    QTableView* table() const { return m_table; }
    QLineEdit* search() const { return m_search; }
    /// Puts the selection on a row of the list.
    void chooseRow(int row);

private:
    void reload();
    void showList(const Result<ProjectAccess::List>& list);
    void chooseCurrent();
    void followSelection();

    SelectionContext* m_selection;
    ProjectAccess* m_project;
    Card* m_card;
    QLineEdit* m_search;
    QTimer* m_typing;
    QTableView* m_table;
    SampleTableModel* m_model;
    StateStack* m_stack;
    quint64 m_list = 0;
    bool m_loading = false;
    /// Row to choose once it has arrived; -1 for none.
    int m_wantedRow = -1;
};

} // namespace assay
