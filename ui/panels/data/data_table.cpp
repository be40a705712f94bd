#include "ui/panels/data/data_table.h"

#include "core/quality/check_list.h"
#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/state_page.h"
#include "ui/panels/data/data_delegate.h"
#include "ui/panels/data/data_table_model.h"
#include "ui/panels/data/filter_bar.h"
#include "ui/panels/data/filter_parts.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

namespace assay {

DataTable::DataTable(const Services& services, DataAccess* access, QWidget* parent)
    : QWidget(parent)
    , m_selection(services.selection)
    , m_project(services.project)
    , m_access(access)
    , m_bulk(new BulkActions(services, access, this)) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_card = new Card(tr("Samples"), this);
    outer->addWidget(m_card);
    auto* body = new QVBoxLayout;
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    m_filter = new FilterBar(m_selection, m_access);
    body->addWidget(m_filter);
    buildView();
    m_stack = new StateStack(m_view);
    body->addWidget(m_stack, 1);
    m_card->setBody(body);
    auto* footer = new QWidget;
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(scaled(12), scaled(6), scaled(12), scaled(6));
    m_footer = makeLabel(QString(), "secondary");
    m_footer->setAccessibleName(tr("Progress of the review"));
    m_footer->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(m_footer, 1);
    m_bulkBar = new QProgressBar;
    m_bulkBar->setTextVisible(false);
    m_bulkBar->setFixedWidth(scaled(140));
    m_bulkBar->setAccessibleName(tr("Progress of the bulk action"));
    m_bulkCancel = makeButton(tr("Cancel"));
    m_bulkCancel->setObjectName(QStringLiteral("bulkCancel"));
    m_bulkBar->hide();
    m_bulkCancel->hide();
    row->addWidget(m_bulkBar);
    row->addWidget(m_bulkCancel);
    m_card->setFooter(footer);
    buildHeader();

    connect(m_selection, &SelectionContext::projectChanged, this, [this] {
        m_everLoaded = false;
        m_bulk->forget();
        m_order = SampleOrder::Imported;
        m_sortedColumn = -1;
        m_view->horizontalHeader()->setSortIndicatorShown(false);
        reload();
        reloadFigures();
    });
    connect(m_selection, &SelectionContext::filterChanged, this, &DataTable::reload);
    connect(m_selection, &SelectionContext::sampleChanged, this, &DataTable::followSelection);
    connect(m_project, &ProjectAccess::changed, this, [this] {
        reload();
        reloadFigures();
    });
    connect(m_filter, &FilterBar::viewsRead, this, &DataTable::showTitle);
    connect(m_filter, &FilterBar::failed, this, &DataTable::showFailure);
    connect(m_bulk, &BulkActions::failed, this, &DataTable::showFailure);
    connect(m_bulk, &BulkActions::told, this, &DataTable::say);
    connect(m_bulk, &BulkActions::stateChanged, this, &DataTable::showBulk);
    connect(m_bulk, &BulkActions::progressed, this, [this](qint64 done, qint64 total) {
        m_bulkBar->setRange(0, 1000);
        m_bulkBar->setValue(total > 0 ? int(1000 * done / total) : 0);
    });
    connect(m_bulkCancel, &QPushButton::clicked, m_bulk, &BulkActions::cancel);
    connect(m_stack->page(), &StatePage::activated, this, [this] {
        if (m_count == 0 && m_all == 0 && m_everLoaded)
            Q_EMIT importWanted();
        else if (!m_selection->filter().isEmpty())
            m_selection->setFilter({});
        else
            reload();
    });
}

void DataTable::buildView() {
    m_model = new DataTableModel(128, 64, this);
    m_view = new QTableView;
    m_delegate = new DataDelegate(m_view);
    m_view->setModel(m_model);
    m_view->setItemDelegate(m_delegate);
    m_view->setAccessibleName(tr("Samples"));
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setTabKeyNavigation(false);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setDefaultSectionSize(scaled(28));
    QHeaderView* header = m_view->horizontalHeader();
    header->setFont(secondaryFont());
    header->setHighlightSections(false);
    header->setFixedHeight(scaled(28));
    header->setMinimumSectionSize(scaled(30));
    header->setSectionsClickable(true);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(DataTableModel::Question, QHeaderView::Stretch);
    const QFontMetrics text(secondaryFont());
    const auto fit = [&](int column, int least) {
        const QString head
            = m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        header->resizeSection(
            column, std::max(scaled(least), text.horizontalAdvance(head) + scaled(26)));
    };
    fit(DataTableModel::Number, 76);
    fit(DataTableModel::Turns, 50);
    fit(DataTableModel::Channel, 124);
    fit(DataTableModel::Length, 74);
    fit(DataTableModel::Loss, 104);
    fit(DataTableModel::State, 96);
    connect(header, &QHeaderView::sectionClicked, this, &DataTable::sortBy);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        &DataTable::chooseCurrent);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
        &DataTable::showTitle);
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] {
        if (m_wantedRow >= 0 && m_model->row(m_wantedRow))
            chooseRow(m_wantedRow);
    });
    connect(m_view, &QTableView::doubleClicked, this, &DataTable::opened);
    m_view->installEventFilter(this);
    m_view->viewport()->installEventFilter(this);
}

void DataTable::buildHeader() {
    m_viewChip = new Chip({}, Tone::Accent);
    m_card->addChip(m_viewChip);
    m_viewChip->set({}, Tone::Accent);
    m_bulkButton = makeButton(tr("In bulk"));
    setLook(m_bulkButton, "picker");
    auto* menu = new QMenu(m_bulkButton);
    m_bulkButton->setMenu(menu);
    const auto fill = [this](QMenu* target) {
        target->clear();
        const qint64 rows = m_view->selectionModel()->selectedRows().size();
        const QString about = hasSelection()
            ? tr("%1 selected samples").arg(QLocale().toString(rows))
            : m_selection->filter().isEmpty()
            ? tr("all %1 samples").arg(QLocale().toString(m_count))
            : tr("all %1 samples of the filter").arg(QLocale().toString(m_count));
        target->addAction(about)->setEnabled(false);
        const bool possible = m_count > 0 && !m_bulk->isRunning();
        const auto add = [&](const QString& text, auto action) {
            QAction* entry = target->addAction(text);
            entry->setEnabled(possible);
            connect(entry, &QAction::triggered, this, [this, action] { withTarget(action); });
        };
        add(tr("Accept…"),
            [this](const BulkTarget& t, qint64 n) { m_bulk->ask(EventKind::Accept, t, n); });
        add(tr("Reject…"),
            [this](const BulkTarget& t, qint64 n) { m_bulk->ask(EventKind::Reject, t, n); });
        target->addSeparator();
        add(tr("Add a tag…"),
            [this](const BulkTarget& t, qint64 n) { m_bulk->askForTag(true, t, n); });
        add(tr("Remove a tag…"),
            [this](const BulkTarget& t, qint64 n) { m_bulk->askForTag(false, t, n); });
        add(tr("Set the channel…"),
            [this](const BulkTarget& t, qint64 n) { m_bulk->askForChannel(t, n); });
        target->addSeparator();
        QAction* undo = target->addAction(tr("Undo the last bulk action"));
        undo->setShortcut(QKeySequence::Undo);
        undo->setEnabled(m_bulk->canUndo());
        connect(undo, &QAction::triggered, m_bulk, &BulkActions::undo);
        QAction* redo = target->addAction(tr("Redo it"));
        redo->setEnabled(m_bulk->canRedo());
        connect(redo, &QAction::triggered, m_bulk, &BulkActions::redo);
    };
    connect(menu, &QMenu::aboutToShow, this, [fill, menu] { fill(menu); });
    auto* context = new QMenu(m_view);
    connect(m_view, &QWidget::customContextMenuRequested, this,
        [this, fill, context](const QPoint& at) {
            fill(context);
            context->popup(m_view->viewport()->mapToGlobal(at));
        });
    m_card->addControl(m_bulkButton);
    auto* save = makeButton(tr("Export…"));
    connect(save, &QPushButton::clicked, this, &DataTable::exportWanted);
    m_card->addControl(save);
    auto* import = makeButton(tr("Import…"));
    connect(import, &QPushButton::clicked, this, &DataTable::importWanted);
    m_card->addControl(import);
}

bool DataTable::hasSelection() const {
    const QItemSelection selected = m_view->selectionModel()->selection();
    qint64 rows = 0;
    for (const QItemSelectionRange& range : selected)
        rows += range.height();
    return rows > 1;
}

void DataTable::withTarget(std::function<void(BulkTarget, qint64)> action) {
    BulkTarget target;
    target.filter = m_selection->filter();
    if (!hasSelection())
        return action(target, m_count);
    std::vector<std::pair<qint64, qint64>> ranges;
    for (const QItemSelectionRange& range : m_view->selectionModel()->selection())
        ranges.emplace_back(range.top(), range.bottom());
    std::ranges::sort(ranges);
    m_project->idsOf(m_list, ranges, this,
        [action = std::move(action), target](Result<std::vector<std::int64_t>> ids) mutable {
            if (!ids || ids->empty())
                return;
            target.samples = std::move(*ids);
            action(target, qint64(target.samples.size()));
        });
}

bool DataTable::isSettled() const {
    return !m_loading && !m_bulk->isRunning()
        && (!m_stack->showsContent() || !m_model->isFetching());
}

void DataTable::reload() {
    if (m_selection->project().isEmpty())
        return;
    m_loading = true;
    if (!m_everLoaded) {
        m_stack->page()->showLoading(tr("Reading the samples"), QString());
        m_stack->showPage();
    }
    m_project->list(m_selection->filter(), order(), this,
        [this](Result<ProjectAccess::List> list) { showList(list); });
}

void DataTable::reloadFigures() {
    m_said.clear();
    if (m_selection->project().isEmpty())
        return;
    m_access->choices(this, [this](Result<FilterChoices> choices) {
        if (!choices)
            return showFailure(choices.error());
        m_all = choices->samples;
        m_model->setCountsTokens(choices->tokensKnown);
        // Losses beyond twice the scale of a usual answer would leave no bar for the others.
        m_delegate->setFullLoss(std::clamp(choices->largestLoss.value_or(4), 1.0, 8.0));
        const auto names = [](const std::vector<CountByName>& counts) {
            QStringList list;
            for (const CountByName& count : counts)
                list.append(QString::fromStdString(count.name));
            return list;
        };
        m_lossKnown = choices->largestLoss.has_value();
        fitColumns();
        m_bulk->setNames(names(choices->tags), names(choices->channels));
        m_filter->setChoices(*choices);
        m_view->viewport()->update();
        showTitle();
    });
    m_access->figures(this, [this](Result<ReviewFigures> figures) {
        if (figures)
            showFigures(*figures);
    });
    m_filter->readViews();
}

void DataTable::showFigures(const ReviewFigures& figures) {
    const auto number = [](qint64 n) { return QLocale().toString(n); };
    QStringList parts = {tr("looked at %1").arg(number(figures.lookedAt))};
    const std::int64_t judged = figures.accepted + figures.rejected;
    if (judged > 0)
        parts.append(tr("accepted %1 %")
                         .arg(QLocale().toString(
                             100.0 * double(figures.accepted) / double(judged), 'f', 0)));
    if (figures.inBulk > 0)
        parts.append(tr("in bulk %1 (not counted)").arg(number(figures.inBulk)));
    if (figures.medianActiveMs)
        parts.append(tr("median %1 s a sample")
                         .arg(QLocale().toString(*figures.medianActiveMs / 1000.0, 'f', 1)));
    if (!m_said.isEmpty())
        parts.append(m_said);
    m_footer->setText(parts.join(QStringLiteral(" · ")));
}

void DataTable::showBulk() {
    const bool running = m_bulk->isRunning();
    if (running && m_bulkBar->isHidden()) {
        m_bulkBar->setRange(0, 0); // until the samples have been counted
        m_footer->setText(tr("Changing many samples…"));
    }
    m_bulkBar->setVisible(running);
    m_bulkCancel->setVisible(running);
}

QString DataTable::footerText() const {
    return m_footer->text();
}

void DataTable::say(const QString& words) {
    m_said = words;
    m_footer->setText(words);
}

void DataTable::showFailure(const Error& error) {
    m_footer->setText(errorMessage(error));
    m_footer->setToolTip(errorParagraph(error));
}

void DataTable::showTitle() {
    if (!m_everLoaded)
        return;
    const QString count = QLocale().toString(m_count);
    QString title = m_selection->filter().isEmpty()
        ? tr("%1 samples").arg(count)
        : tr("%1 of %2 samples").arg(count, QLocale().toString(std::max(m_all, m_count)));
    if (hasSelection()) {
        qint64 rows = 0;
        for (const QItemSelectionRange& range : m_view->selectionModel()->selection())
            rows += range.height();
        title += QStringLiteral(" · ") + tr("%1 selected").arg(QLocale().toString(rows));
    }
    m_card->setTitle(title);
    m_viewChip->set(m_filter->currentView(), Tone::Accent);
}

void DataTable::showList(const Result<ProjectAccess::List>& list) {
    m_loading = false;
    const bool first = !m_everLoaded;
    m_everLoaded = true;
    if (!list) {
        m_model->clear();
        m_count = 0;
        m_stack->page()->showFailed(tr("The samples cannot be read"), errorParagraph(list.error()),
            m_selection->filter().isEmpty() ? tr("Try again") : tr("Clear the filter"));
        m_stack->showPage();
        return;
    }
    m_list = list->number;
    m_count = list->count;
    if (m_selection->filter().isEmpty())
        m_all = m_count;
    if (m_count == 0) {
        m_model->clear();
        if (m_selection->filter().isEmpty())
            m_stack->page()->showEmpty(tr("No samples yet"),
                tr("Drop a data file here: Alpaca, ShareGPT, OpenAI messages, preference pairs, "
                   "CSV or plain text."),
                tr("Import a file…"));
        else
            m_stack->page()->showEmpty(tr("No sample passes this filter"),
                tr("Nothing has %1.").arg(filterWords(m_selection->filter())),
                tr("Clear the filter"));
        m_stack->showPage();
        showTitle();
        return;
    }
    const int scroll = m_view->verticalScrollBar()->value();
    m_model->showList(m_count, [this, number = list->number](qint64 begin, int rows, auto answer) {
        m_project->rows(number, begin, rows, this, std::move(answer));
    });
    m_stack->showContent();
    showTitle();
    if (!first)
        m_view->verticalScrollBar()->setValue(scroll);
    if (!m_selection->sample())
        return chooseRow(0);
    m_project->rowOf(m_list, *m_selection->sample(), this, [this](qint64 row) {
        // Where somebody looks at this table the text beside it is one of its rows; behind another
        // panel, which may be at work on that sample, nothing is chosen.
        if (row >= 0)
            chooseRow(int(row));
        else if (isVisible())
            chooseRow(0);
    });
}

void DataTable::sortBy(int column) {
    const auto orders = ordersOf(column, m_model->countsTokens());
    QHeaderView* header = m_view->horizontalHeader();
    if (!orders) { // the arrow goes back to where the order comes from
        header->setSortIndicator(m_sortedColumn, header->sortIndicatorOrder());
        return;
    }
    setOrder(m_order == orders->first ? orders->second : orders->first);
    m_sortedColumn = column;
    header->setSortIndicatorShown(m_order != SampleOrder::Imported);
    const bool descending = m_order == SampleOrder::ImportedReverse
        || m_order == SampleOrder::MostTokens || m_order == SampleOrder::Longest
        || m_order == SampleOrder::HighestLoss || m_order == SampleOrder::Rejected;
    header->setSortIndicator(column, descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

SampleOrder DataTable::order() const {
    const std::vector<std::string>& findings = m_selection->filter().findings;
    const CheckInfo* check = findings.size() == 1 ? findCheck(findings.front()) : nullptr;
    return m_order == SampleOrder::Imported && check && check->group == CheckGroup::Duplicates
        ? SampleOrder::Group
        : m_order;
}

void DataTable::setOrder(SampleOrder order) {
    if (order == m_order)
        return;
    m_order = order;
    m_view->verticalScrollBar()->setValue(0);
    reload();
}

void DataTable::chooseRow(int row) {
    if (row < 0 || row >= m_model->rowCount()) {
        m_wantedRow = -1;
        return;
    }
    m_wantedRow = m_model->row(row) ? -1 : row;
    const QModelIndex index = m_model->index(row, DataTableModel::Question);
    m_view->scrollTo(index);
    // Whatever keys are held: one row is chosen, not one more. A row that is current already keeps
    // the selection around it.
    if (m_view->currentIndex().row() != row)
        m_view->selectionModel()->setCurrentIndex(
            index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    // Where the row was current already, but has only now arrived, no signal says so.
    chooseCurrent();
}

/// Another panel, or the command line, chose the sample.
void DataTable::followSelection() {
    m_wantedRow = -1; // a row that has not arrived yet is no longer asked for
    const auto id = m_selection->sample();
    if (!id || m_loading || m_model->rowCount() == 0
        || m_view->currentIndex().data(DataTableModel::IdRole) == *id)
        return;
    m_project->rowOf(m_list, *id, this, [this, id](qint64 row) {
        if (m_selection->sample() != id)
            return;
        if (row >= 0)
            chooseRow(int(row));
        else
            m_view->clearSelection();
    });
}

void DataTable::chooseCurrent() {
    const int current = m_view->currentIndex().row();
    const SampleRow* row = m_model->row(current);
    if (row)
        m_selection->setSample(row->id);
    else if (current >= 0)
        m_wantedRow = current;
}

bool DataTable::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter)
            && m_view->currentIndex().isValid()) {
            Q_EMIT opened();
            return true;
        }
        // The first and the last row, not the first and the last column.
        if ((key->key() == Qt::Key_Home || key->key() == Qt::Key_End)
            && !key->modifiers().testFlag(Qt::ShiftModifier)) {
            chooseRow(key->key() == Qt::Key_Home ? 0 : m_model->rowCount() - 1);
            return true;
        }
    }
    if (watched == m_view->viewport() && event->type() == QEvent::Resize)
        fitColumns();
    return QWidget::eventFilter(watched, event);
}

/// Where there is little room the question keeps it: what says least about a row goes first.
void DataTable::fitColumns() {
    const int width = m_view->viewport()->width();
    m_view->setColumnHidden(DataTableModel::Turns, width < scaled(560));
    m_view->setColumnHidden(DataTableModel::Loss, !m_lossKnown || width < scaled(480));
    m_view->setColumnHidden(DataTableModel::Channel, width < scaled(480));
    m_view->setColumnHidden(DataTableModel::Length, width < scaled(360));
    // The number takes what the longest one needs.
    const QString longest(QString::number(std::max(m_all, m_count)).size(), QLatin1Char('8'));
    m_view->horizontalHeader()->resizeSection(DataTableModel::Number,
        std::max(
            scaled(48), QFontMetrics(smallMonoFont()).horizontalAdvance(longest) + scaled(30)));
}

} // namespace assay
