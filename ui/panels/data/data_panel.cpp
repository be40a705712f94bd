#include "ui/panels/data/data_panel.h"

#include "core/job/take_in_losses.h"
#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/panels/data/data_table.h"
#include "ui/panels/data/export_dialog.h"
#include "ui/panels/data/filter_bar.h"
#include "ui/panels/data/filter_parts.h"
#include "ui/panels/data/import_dialog.h"
#include "ui/panels/data/overview_page.h"
#include "ui/panels/data/sample_pane.h"
#include "ui/service/job_watcher.h"
#include "ui/service/table_export.h"

#include <QAction>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLineEdit>
#include <QMimeData>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QUrl>

namespace assay {

DataPanel::DataPanel(const Services& services, QWidget* parent)
    : Panel(parent)
    , m_services(services)
    , m_access(services.project) {
    setAcceptDrops(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(scaled(10), scaled(10), scaled(10), scaled(10));
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->setHandleWidth(scaled(10));
    m_splitter->setChildrenCollapsible(false);
    m_table = new DataTable(services, &m_access);
    m_sample = new SamplePane(services);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_sample);
    m_splitter->setStretchFactor(0, 8);
    m_splitter->setStretchFactor(1, 7);
    m_splitter->setSizes({scaled(730), scaled(640)});
    m_overview = new OverviewPage(services, &m_access);
    m_pages = new QStackedWidget;
    setLook(m_pages, "ground");
    m_pages->addWidget(m_overview);
    m_pages->addWidget(m_splitter);
    row->addWidget(m_pages);
    m_overview->card()->addChip(makeSwitch());
    m_table->card()->addChip(makeSwitch());
    showPage(TableOf);
    connect(m_overview, &OverviewPage::importWanted, this, &DataPanel::chooseFiles);
    connect(m_overview, &OverviewPage::rowsWanted, this, [this](SampleOrder order) {
        m_table->setOrder(order);
        showPage(TableOf);
        m_table->view()->setFocus();
    });
    connect(m_table, &DataTable::importWanted, this, &DataPanel::chooseFiles);
    connect(m_table, &DataTable::exportWanted, this, &DataPanel::exportSamples);
    connect(m_table, &DataTable::opened, this,
        [this] { m_services.selection->show(QStringLiteral("review")); });
    connect(m_sample, &SamplePane::reviewWanted, this,
        [this] { m_services.selection->show(QStringLiteral("review")); });
    connect(m_sample, &SamplePane::inspectWanted, this,
        [this] { m_services.selection->show(QStringLiteral("inspect")); });
    connect(m_services.selection, &SelectionContext::sampleChanged, this, &DataPanel::helpChanged);
    connect(m_services.selection, &SelectionContext::filterChanged, this, &DataPanel::helpChanged);
    buildActions();
}

void DataPanel::buildActions() {
    const auto add = [this](const QString& text, const QKeySequence& key, auto action) {
        auto* entry = new QAction(text, this);
        entry->setShortcut(key);
        entry->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(entry, &QAction::triggered, this, action);
        addAction(entry);
        return entry;
    };
    add(tr("Overview of the data"), QKeySequence(QStringLiteral("Ctrl+Shift+O")),
        [this] { showPage(OverviewOf); });
    add(tr("Table of samples"), QKeySequence(QStringLiteral("Ctrl+Shift+T")), [this] {
        showPage(TableOf);
    })->setObjectName(QStringLiteral("data.table"));
    add(tr("Check all samples"), QKeySequence(), [this] {
        showPage(OverviewOf);
        m_overview->check();
    })->setObjectName(QStringLiteral("data.check"));
    add(tr("Search samples"), QKeySequence::Find, [this] {
        m_table->filterBar()->search()->setFocus();
        m_table->filterBar()->search()->selectAll();
    });
    add(tr("Clear the filter"), QKeySequence(QStringLiteral("Ctrl+Shift+F")),
        [this] { m_services.selection->setFilter({}); });
    add(tr("Save the filter as a view…"), QKeySequence(), [this] {
        if (!m_services.selection->filter().isEmpty())
            m_table->filterBar()->askForViewName();
    });
    add(tr("Import files…"), QKeySequence(QStringLiteral("Ctrl+I")), [this] { chooseFiles(); });
    add(tr("Export samples…"), QKeySequence(QStringLiteral("Ctrl+E")), [this] { exportSamples(); });
    add(tr("Losses of a run…"), QKeySequence(), [this] { chooseRun(); });
    QAction* undo = add(
        tr("Undo the last bulk action"), QKeySequence::Undo, [this] { m_table->bulk()->undo(); });
    QAction* redo
        = add(tr("Redo the bulk action"), QKeySequence::Redo, [this] { m_table->bulk()->redo(); });
    const auto renew = [this, undo, redo] {
        undo->setEnabled(m_table->bulk()->canUndo());
        redo->setEnabled(m_table->bulk()->canRedo());
    };
    connect(m_table->bulk(), &BulkActions::stateChanged, this, renew);
    renew();
}

SegmentedSwitch* DataPanel::makeSwitch() {
    auto* choice = new SegmentedSwitch;
    choice->setAccessibleName(tr("Overview or table"));
    choice->add(tr("Overview"), tr("What the data is like, by named rules"));
    choice->add(tr("Table"), tr("Every sample, with filters"));
    connect(choice, &SegmentedSwitch::changed, this, [this](int index) { showPage(Page(index)); });
    m_switches.append(choice);
    return choice;
}

void DataPanel::showPage(Page page) {
    m_pages->setCurrentIndex(page);
    for (SegmentedSwitch* choice : std::as_const(m_switches))
        choice->setCurrent(page);
}

DataPanel::Page DataPanel::page() const {
    return Page(m_pages->currentIndex());
}

void DataPanel::chooseRun() {
    QStringList names;
    QStringList folders;
    for (const JobSummary& job : m_services.jobs->jobs()) {
        names.prepend(job.name);
        folders.prepend(job.folder);
    }
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Losses of a run"));
    dialog->setLabelText(names.isEmpty()
            ? tr("This project has no runs yet.")
            : tr("Show the loss that each answer had when this run last learnt it"));
    dialog->setComboBoxItems(names);
    dialog->setComboBoxEditable(false);
    connect(dialog, &QInputDialog::textValueSelected, this,
        [this, names, folders](const QString& name) {
            const auto index = names.indexOf(name);
            if (index >= 0)
                takeInLossesOf(folders[index]);
        });
    dialog->open();
}

void DataPanel::takeInLossesOf(const QString& jobFolder) {
    if (m_losses.isRunning())
        return;
    m_losses.start<TakenLosses>(
        m_services.selection->project(),
        [folder = jobFolder.toStdString()](Project& project, const ProgressFunction& progress,
            const StopToken& stop) { return takeInLosses(project, folder, progress, stop); },
        [this](Result<TakenLosses> taken) {
            if (!taken)
                return m_table->say(errorMessage(taken.error()));
            m_services.project->noteChange();
            m_table->say(tr("Losses of %1 samples taken in; %2 rows of the run are not in this "
                            "project.")
                             .arg(taken->samples)
                             .arg(taken->unknown));
        });
}

bool DataPanel::isSettled() const {
    return m_overview->isSettled() && m_table->isSettled() && m_sample->isSettled();
}

QWidget* DataPanel::firstFocus() {
    return page() == TableOf ? static_cast<QWidget*>(m_table->view()) : m_overview;
}

QString DataPanel::help() const {
    return tr(
        "**Data** holds every sample of the project.\n\n"
        "The table shows the samples that pass the filter: words typed into the search, and "
        "the restrictions under *Add filter*, each a chip that a click takes out. A filter "
        "can be saved as a *view*; training and export take views too. A click on a column "
        "head sorts where that is fast.\n\n"
        "*In bulk* decides about the selected rows, or about all rows of the filter, as one "
        "decision that Ctrl+Z takes back. What is decided in bulk never counts as looked "
        "at.\n\n"
        "Above a sample stand the checks that flag it: a click says by which rule and what in "
        "the text made it speak, and leads to the rows that share it. *Overview* runs the "
        "checks; *Add filter* › *Check* shows the rows of one.\n\n"
        "Enter opens the sample in Review.");
}

QString DataPanel::selectionHelp() const {
    const QString filter = filterWords(m_services.selection->filter());
    if (filter.isEmpty())
        return {};
    return tr("The filter in use: %1.").arg(filter);
}

QList<PanelExport> DataPanel::exports() {
    if (m_services.selection->project().isEmpty())
        return {};
    return {{tr("Table of samples"), {QStringLiteral("csv"), QStringLiteral("json")},
        [this](const QString& file) {
            return writeTableAtOnce(m_services.selection->project().toStdString(),
                {m_services.selection->filter(), m_table->order(), file.toStdString()});
        }}};
}

void DataPanel::importFile(const QString& file) {
    importFiles({file});
}

void DataPanel::importFiles(const QStringList& files) {
    if (m_services.selection->project().isEmpty() || files.isEmpty())
        return;
    auto* dialog = new ImportDialog(m_services, files, this);
    connect(dialog, &ImportDialog::imported, this, [this](qint64, bool overviewWanted) {
        if (!overviewWanted)
            return;
        showPage(OverviewOf);
        m_overview->check();
    });
    dialog->open();
}

void DataPanel::chooseFiles() {
    const QStringList files = QFileDialog::getOpenFileNames(this, tr("Import"), QString(),
        tr("Data files (*.json *.jsonl *.csv *.tsv *.txt *.md);;All files (*)"));
    importFiles(files);
}

void DataPanel::exportSamples() {
    if (m_table->count() == 0)
        return;
    auto* dialog = new ExportDialog(m_services, m_table->count(), m_table->order(), this);
    dialog->open();
}

void DataPanel::dragEnterEvent(QDragEnterEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    for (const QUrl& url : urls)
        if (!QFileInfo(url.toLocalFile()).isFile())
            return;
    if (!urls.isEmpty())
        event->acceptProposedAction();
}

void DataPanel::dropEvent(QDropEvent* event) {
    QStringList files;
    for (const QUrl& url : event->mimeData()->urls())
        files.append(url.toLocalFile());
    importFiles(files);
}

} // namespace assay
