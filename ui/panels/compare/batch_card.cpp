#include "ui/panels/compare/batch_card.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/export_view.h"
#include "ui/common/fonts.h"
#include "ui/common/selection_context.h"
#include "ui/common/state_page.h"
#include "ui/panels/compare/batch_model.h"
#include "ui/service/project_access.h"

#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableView>

namespace assay {

namespace {

constexpr int ownAnswerTokens = 64;

} // namespace

BatchCard::BatchCard(const Services& services, QWidget* parent)
    : QWidget(parent)
    , m_selection(services.selection)
    , m_run(new CompareBatchRun(services.models, this)) {
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_card = new Card(tr("Over a whole view"));
    outer->addWidget(m_card);
    m_view = new Chip;
    m_card->addChip(m_view);
    m_progress = makeLabel(QString(), "secondary");
    m_card->addControl(m_progress);
    m_source = new SegmentedSwitch;
    m_source->add(tr("given answer"), tr("Both models read the answer that the sample holds"));
    m_source->add(tr("tuned's own"), tr("Both read what the tuned model answers greedily"));
    m_source->add(tr("base's own"), tr("Both read what the base model answers greedily"));
    m_card->addControl(m_source);
    m_start = makePrimaryButton(tr("Compare all"));
    m_card->addControl(m_start);

    m_model = new BatchModel(this);
    m_table = new QTableView;
    m_table->setModel(m_model);
    m_table->setAccessibleName(tr("Results of the comparison, one sample a row"));
    m_table->setShowGrid(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(scaled(28));
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView* header = m_table->horizontalHeader();
    header->setFont(secondaryFont());
    header->setHighlightSections(false);
    header->setFixedHeight(scaled(28));
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(BatchModel::Sample, Qt::AscendingOrder);
    const QFontMetrics words(secondaryFont());
    for (int column = 0; column < BatchModel::ColumnCount; ++column)
        header->resizeSection(column,
            words.horizontalAdvance(
                m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString())
                + scaled(32));
    header->setSectionResizeMode(BatchModel::Prompt, QHeaderView::Stretch);
    header->setSectionResizeMode(BatchModel::Answer, QHeaderView::Stretch);
    m_table->setSortingEnabled(true);
    m_stack = new StateStack(m_table);
    m_card->setBody(m_stack);

    connect(m_start, &QPushButton::clicked, this, &BatchCard::toggle);
    connect(m_stack->page(), &StatePage::activated, this, &BatchCard::toggle);
    connect(m_source, &SegmentedSwitch::changed, this, &BatchCard::refresh);
    connect(m_run, &CompareBatchRun::rowsReset, this, [this] {
        m_model->setRows(m_run->rows());
        followSelection();
        showState();
    });
    connect(m_run, &CompareBatchRun::rowAdded, this, [this] {
        m_model->addRow(m_run->rows().back());
        showState();
    });
    connect(m_run, &CompareBatchRun::stateChanged, this, &BatchCard::showState);
    connect(m_table, &QTableView::activated, this, &BatchCard::chooseRow);
    connect(m_table, &QTableView::clicked, this, &BatchCard::chooseRow);
    connect(m_selection, &SelectionContext::filterChanged, this, &BatchCard::refresh);
    connect(m_selection, &SelectionContext::sampleChanged, this, &BatchCard::followSelection);
    // The files of another project are no concern of this one's run.
    connect(m_selection, &SelectionContext::projectChanged, this, [this] {
        m_run->cancel();
        m_model->setRows({});
        showState();
    });
    showState();
}

void BatchCard::setTemplateName(const QString& name) {
    m_template = name;
}

CompareBatchRun::Plan BatchCard::plan() const {
    return {m_selection->project(), m_selection->filter(),
        {m_selection->model(ModelRole::Base).folder, m_selection->model(ModelRole::Tuned).folder},
        m_template, AnswerSource(m_source->current()), ownAnswerTokens};
}

void BatchCard::refresh() {
    const CompareBatchRun::Plan wanted = plan();
    // A run goes on whatever is looked at meanwhile.
    if (m_run->state() == CompareBatchRun::State::Running || wanted.project.isEmpty()
        || wanted.models.base.isEmpty() || wanted.models.tuned.isEmpty())
        return showState();
    m_run->show(wanted);
}

void BatchCard::toggle() {
    if (m_run->state() != CompareBatchRun::State::Idle)
        return m_run->cancel();
    m_run->start(plan());
}

void BatchCard::showState() {
    const QLocale locale;
    const bool running = m_run->state() == CompareBatchRun::State::Running;
    const bool preparing = m_run->state() == CompareBatchRun::State::Preparing;
    const bool ready = !m_selection->project().isEmpty()
        && !m_selection->model(ModelRole::Base).isEmpty()
        && !m_selection->model(ModelRole::Tuned).isEmpty();
    const auto done = qint64(m_run->rows().size());
    const qint64 total = m_run->total();
    m_view->set(total > 0 ? tr("%n sample(s)", nullptr, int(total)) : QString(), Tone::Plain);
    m_source->setEnabled(!running);
    m_start->setEnabled(ready);
    const QString action = running || preparing ? tr("Stop")
        : done > 0 && done < total              ? tr("Go on")
                                                : tr("Compare all");
    m_start->setText(action);
    m_start->setAccessibleName(action);
    m_start->setVisible(running || preparing || m_model->rowCount() > 0);
    m_start->setEnabled(ready && (running || preparing || done < total || m_run->failed() > 0));
    QString progress;
    if (m_run->problem())
        progress = errorMessage(*m_run->problem());
    else if (running || done > 0)
        progress = tr("%1 of %2 compared").arg(locale.toString(done), locale.toString(total));
    if (m_run->failed() > 0)
        progress += QStringLiteral(" · ") + tr("%n failed", nullptr, int(m_run->failed()));
    m_progress->setText(progress);
    if (m_model->rowCount() > 0) {
        m_stack->showContent();
        return;
    }
    m_stack->showPage();
    StatePage* page = m_stack->page();
    if (m_run->problem() && m_run->problem()->code != "cancelled")
        page->showFailed(tr("The view could not be compared"), errorParagraph(*m_run->problem()),
            tr("Try again"));
    else if (running || preparing)
        page->showLoading(tr("Comparing the view"), QString(), tr("Stop"));
    else if (!ready)
        page->showEmpty(tr("Two models are needed"),
            tr("Choose a base and a tuned model above; every sample of the view can then be "
               "compared."));
    else
        page->showEmpty(tr("Every sample of the view under both models"),
            tr("Runs in the background, after everything you ask for; stopping keeps what is done. "
               "Each row then opens above."),
            tr("Compare all"));
}

void BatchCard::chooseRow() {
    const QModelIndex index = m_table->currentIndex();
    if (index.isValid())
        Q_EMIT sampleWanted(index.data(BatchModel::IdRole).toLongLong(), m_run->plan().source);
}

void BatchCard::followSelection() {
    const auto sample = m_selection->sample();
    const int row = sample ? m_model->rowOf(*sample) : -1;
    if (row >= 0)
        m_table->setCurrentIndex(m_model->index(
            row, m_table->currentIndex().isValid() ? m_table->currentIndex().column() : 0));
    else
        m_table->clearSelection();
}

QList<PanelExport> BatchCard::exports() {
    if (m_model->rowCount() == 0)
        return {};
    return {{tr("Table of the view"), {QStringLiteral("csv"), QStringLiteral("json")},
        [this](const QString& file) -> Result<void> {
            const std::vector<CompareBatchRow> rows = m_model->rows();
            if (file.endsWith(QStringLiteral(".csv"), Qt::CaseInsensitive))
                return saveTextFile(QString::fromStdString(compareBatchCsv(rows)), file);
            Json list = Json::array();
            for (const CompareBatchRow& row : rows)
                list.push_back(compareBatchRowToJson(row));
            return saveTextFile(QString::fromStdString(dumpJson(list, 2)), file);
        }}};
}

} // namespace assay
