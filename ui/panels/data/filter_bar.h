#pragma once

#include "ui/common/selection_context.h"
#include "ui/service/data_access.h"

#include <QWidget>

class QLineEdit;
class QMenu;
class QPushButton;
class QTimer;

namespace assay {

class FlowLayout;

/// The filter of the selection as a search field and chips that can be taken out one by one, with a
/// menu of more restrictions and one of saved views.
class FilterBar final : public QWidget {
    Q_OBJECT

public:
    FilterBar(SelectionContext* selection, DataAccess* access, QWidget* parent = nullptr);

    QLineEdit* search() const { return m_search; }
    QMenu* filterMenu() const { return m_filterMenu; }
    QMenu* viewMenu() const { return m_viewMenu; }
    /// The chips' texts, for tests.
    QStringList chips() const;
    void setChoices(const FilterChoices& choices) { m_choices = choices; }
    /// Reads the names of the saved views again.
    void readViews();
    /// The view whose filter is in use; empty when it is none.
    QString currentView() const;
    void askForViewName();

Q_SIGNALS:
    void viewsRead();
    void failed(const Error& error);

private:
    void followFilter();
    void typed();
    void buildFilterMenu();
    void buildViewMenu();
    void addChecks(QMenu* menu);
    void addNames(QMenu* menu, const std::vector<CountByName>& names,
        std::vector<std::string> SampleFilter::*place);
    void askForRange(const QString& what, bool whole,
        const std::function<void(SampleFilter&, std::optional<double>, std::optional<double>)>& put,
        std::optional<double> least, std::optional<double> most);
    void change(const std::function<void(SampleFilter&)>& edit);

    SelectionContext* m_selection;
    DataAccess* m_access;
    QLineEdit* m_search;
    QTimer* m_typing;
    QWidget* m_chipArea;
    FlowLayout* m_chipRow;
    QList<QPushButton*> m_chips;
    QPushButton* m_add;
    QPushButton* m_views;
    QMenu* m_filterMenu;
    QMenu* m_viewMenu;
    FilterChoices m_choices;
    std::vector<SavedView> m_saved;
};

} // namespace assay
