#include "ui/panels/inspect/sample_list.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/state_page.h"
#include "ui/panels/inspect/sample_table_model.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QShortcut>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

namespace assay {

namespace {

constexpr int typingPauseMs = 180;

} // namespace

SampleList::SampleList(SelectionContext* selection, ProjectAccess* project, QWidget* parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_project(project)
    , m_typing(new QTimer(this)) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_card = new Card(tr("Samples"), this);
    outer->addWidget(m_card);

    auto* body = new QVBoxLayout;
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    auto* searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(scaled(10), scaled(8), scaled(10), scaled(8));
    m_search = new QLineEdit;
    m_search->setPlaceholderText(tr("Search question and answer"));
    m_search->setAccessibleName(tr("Search samples"));
    m_search->setClearButtonEnabled(true);
    searchRow->addWidget(m_search);
    QLabel* cap = makeKeyCap(QStringLiteral("Ctrl F"));
    searchRow->setSpacing(scaled(8));
    searchRow->addWidget(cap, 0, Qt::AlignVCenter);
    body->addLayout(searchRow);

    m_model = new SampleTableModel(128, 64, this);
    m_table = new QTableView;
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Samples"));
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(scaled(28));
    QHeaderView* header = m_table->horizontalHeader();
    header->setFont(secondaryFont());
    header->setHighlightSections(false);
    header->setFixedHeight(scaled(26));
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(SampleTableModel::Question, QHeaderView::Stretch);
    header->resizeSection(SampleTableModel::Number, scaled(48));
    header->resizeSection(SampleTableModel::Channel, scaled(84));
    m_stack = new StateStack(m_table);
    body->addWidget(m_stack, 1);
    m_card->setBody(body);

    m_typing->setSingleShot(true);
    m_typing->setInterval(typingPauseMs);
    connect(m_typing, &QTimer::timeout, this, &SampleList::reload);
    connect(m_search, &QLineEdit::textChanged, m_typing, qOverload<>(&QTimer::start));
    connect(m_search, &QLineEdit::returnPressed, this, [this] { m_table->setFocus(); });
    auto* find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, m_search, [this] {
        m_search->setFocus();
        m_search->selectAll();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        &SampleList::chooseCurrent);
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] {
        if (m_wantedRow >= 0)
            chooseRow(m_wantedRow);
    });
    connect(m_stack->page(), &StatePage::activated, this, [this] {
        if (m_search->text().isEmpty())
            reload();
        else
            m_search->clear();
    });
    connect(m_selection, &SelectionContext::sampleChanged, this, &SampleList::followSelection);
    connect(m_selection, &SelectionContext::projectChanged, this, [this] {
        m_search->clear();
        reload();
    });
    reload();
}

bool SampleList::isSettled() const {
    return !m_loading && !m_typing->isActive() && !m_model->isFetching() && m_wantedRow < 0;
}

void SampleList::reload() {
    m_typing->stop();
    if (m_selection->project().isEmpty()) {
        m_model->clear();
        m_stack->page()->showEmpty(tr("No project is open"), tr("Its samples will stand here."));
        m_stack->showPage();
        return;
    }
    m_loading = true;
    SampleFilter filter;
    filter.text = m_search->text().trimmed().toStdString();
    if (m_model->rowCount() == 0) {
        m_stack->page()->showLoading(tr("Reading samples"), QString());
        m_stack->showPage();
    }
    m_project->list(filter, this, [this](Result<ProjectAccess::List> list) { showList(list); });
}

void SampleList::showList(const Result<ProjectAccess::List>& list) {
    m_loading = false;
    const bool searching = !m_search->text().trimmed().isEmpty();
    if (!list) {
        m_model->clear();
        m_card->setTitle(tr("Samples"));
        m_stack->page()->showFailed(tr("The samples cannot be listed"),
            errorParagraph(list.error()), searching ? tr("Clear the search") : tr("Try again"));
        m_stack->showPage();
        return;
    }
    const QString count = QLocale().toString(list->count);
    m_card->setTitle(searching ? tr("%n sample(s) found", nullptr, int(list->count))
                               : tr("%1 samples").arg(count));
    if (list->count == 0) {
        m_model->clear();
        if (searching)
            m_stack->page()->showEmpty(tr("No sample holds these words"),
                tr("All words must occur; word* finds beginnings, \"two words\" finds them in this "
                   "order."),
                tr("Clear the search"));
        else
            m_stack->page()->showEmpty(tr("This project has no samples yet"),
                tr("Import a data file with: assay-cli import PROJECT FILE"), tr("Look again"));
        m_stack->showPage();
        return;
    }
    m_list = list->number;
    m_model->showList(
        list->count, [this, number = list->number](qint64 first, int rows, auto answer) {
            m_project->rows(number, first, rows, this, std::move(answer));
        });
    m_stack->showContent();
    if (m_selection->sample())
        followSelection();
    else
        chooseRow(0);
}

void SampleList::chooseRow(int row) {
    if (row < 0 || row >= m_model->rowCount()) {
        m_wantedRow = m_loading ? row : -1;
        return;
    }
    m_wantedRow = m_model->row(row) ? -1 : row;
    const QModelIndex index = m_model->index(row, SampleTableModel::Question);
    m_table->scrollTo(index);
    m_table->setCurrentIndex(index);
    // Where the row was current already, but has only now arrived, no signal says so.
    chooseCurrent();
}

/// Another panel, or the command line, chose the sample.
void SampleList::followSelection() {
    m_wantedRow = -1; // a row that has not arrived yet is no longer asked for
    const auto id = m_selection->sample();
    const QModelIndex current = m_table->currentIndex();
    if (!id || m_loading || current.data(SampleTableModel::IdRole) == *id)
        return;
    m_project->rowOf(m_list, *id, this, [this, id](qint64 row) {
        if (m_selection->sample() != id)
            return;
        if (row >= 0)
            chooseRow(int(row));
        else
            m_table->clearSelection();
    });
}

void SampleList::chooseCurrent() {
    const int current = m_table->currentIndex().row();
    const SampleRow* row = m_model->row(current);
    m_wantedRow = row ? -1 : current;
    if (row)
        m_selection->setSample(row->id);
}

} // namespace assay
