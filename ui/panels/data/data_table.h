#pragma once

#include "ui/common/selection_context.h"
#include "ui/common/services.h"
#include "ui/panels/data/bulk_actions.h"
#include "ui/service/data_access.h"

#include <QWidget>

class QLabel;
class QMenu;
class QProgressBar;
class QPushButton;
class QTableView;

namespace assay {

class Card;
class Chip;
class DataDelegate;
class DataTableModel;
class FilterBar;
class StateStack;

/// The samples of the selection's filter as a table with filter, views, bulk actions and, below,
/// how far the review is. The row under the cursor is the selection's sample.
class DataTable final : public QWidget {
    Q_OBJECT

public:
    DataTable(const Services& services, DataAccess* access, QWidget* parent = nullptr);

    /// Whether the list stands and its visible rows are there.
    bool isSettled() const;
    QTableView* view() const { return m_view; }
    DataTableModel* model() const { return m_model; }
    FilterBar* filterBar() const { return m_filter; }
    BulkActions* bulk() const { return m_bulk; }
    Card* card() const { return m_card; }
    StateStack* stack() const { return m_stack; }
    QString footerText() const;
    /// Words for what was just done, until the figures are read again.
    void say(const QString& words);
    qint64 count() const { return m_count; }
    /// As chosen; rows of one finding that comes in groups stand by their groups until one is.
    SampleOrder order() const;
    void setOrder(SampleOrder order);
    /// What the bulk actions are about: the selected rows when there is more than one, else all
    /// rows of the filter.
    bool hasSelection() const;

Q_SIGNALS:
    void importWanted();
    void exportWanted();
    /// Enter or a double click on a row.
    void opened();

private:
    void buildView();
    void buildHeader();
    void reload();
    void reloadFigures();
    void showList(const Result<ProjectAccess::List>& list);
    void showTitle();
    void showFigures(const ReviewFigures& figures);
    void showFailure(const Error& error);
    /// Progress and cancel of the bulk action under way.
    void showBulk();
    void chooseRow(int row);
    void chooseCurrent();
    void followSelection();
    void sortBy(int column);
    void fitColumns();
    /// Asks for the ids behind the selected rows and hands them, or the filter, to the action.
    void withTarget(std::function<void(BulkTarget, qint64)> action);
    bool eventFilter(QObject* watched, QEvent* event) override;

    SelectionContext* m_selection;
    ProjectAccess* m_project;
    DataAccess* m_access;
    BulkActions* m_bulk;
    Card* m_card;
    Chip* m_viewChip;
    FilterBar* m_filter;
    QTableView* m_view;
    DataTableModel* m_model;
    DataDelegate* m_delegate;
    StateStack* m_stack;
    QLabel* m_footer;
    QPushButton* m_bulkButton;
    QProgressBar* m_bulkBar;
    QPushButton* m_bulkCancel;
    SampleOrder m_order = SampleOrder::Imported;
    int m_sortedColumn = -1;
    quint64 m_list = 0;
    qint64 m_count = 0;
    qint64 m_all = 0;
    bool m_lossKnown = false;
    QString m_said;
    bool m_loading = false;
    bool m_everLoaded = false;
    /// Row to choose once it has arrived; -1 for none.
    int m_wantedRow = -1;
};

} // namespace assay
