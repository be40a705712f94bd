#include "ui/panels/data/import_dialog.h"

#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/on_result.h"
#include "ui/common/selection_context.h"
#include "ui/panels/data/column_picker.h"
#include "ui/panels/data/sample_words.h"
#include "ui/service/project_access.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableWidget>
#include <QVBoxLayout>

namespace assay {

namespace {

constexpr std::size_t previewRows = 20;

QTableWidget* makeTable(const QString& name, const QStringList& heads) {
    auto* table = new QTableWidget(0, int(heads.size()));
    table->setAccessibleName(name);
    table->setHorizontalHeaderLabels(heads);
    table->horizontalHeader()->setFont(secondaryFont());
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(scaled(28));
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setTabKeyNavigation(false);
    return table;
}

void setCell(QTableWidget* table, int row, int column, const QString& text) {
    auto* item = new QTableWidgetItem(text.simplified());
    item->setToolTip(text.size() > 2000 ? QString(text.left(2000) + QStringLiteral("…")) : text);
    table->setItem(row, column, item);
}

QHBoxLayout* makeButtonRow(const QList<QWidget*>& left, const QList<QWidget*>& right) {
    auto* row = new QHBoxLayout;
    row->setSpacing(scaled(8));
    for (QWidget* widget : left)
        row->addWidget(widget);
    row->addStretch(1);
    for (QWidget* widget : right)
        row->addWidget(widget);
    return row;
}

} // namespace

ImportDialog::ImportDialog(const Services& services, const QStringList& files, QWidget* parent)
    : QDialog(parent)
    , m_services(services)
    , m_files(files) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Import"));
    resize(scaled(900), scaled(620));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16));
    column->setSpacing(scaled(12));
    QStringList names;
    for (const QString& file : files)
        names.append(QFileInfo(file).fileName());
    auto* title = makeTitle(names.join(QStringLiteral(", ")));
    title->setToolTip(files.join(QLatin1Char('\n')));
    title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    column->addWidget(title);
    m_pages = new QStackedWidget;
    m_pages->addWidget(makeChoosePage());
    m_pages->addWidget(makeRunningPage());
    m_pages->addWidget(makeReportPage());
    column->addWidget(m_pages, 1);
    connect(&m_task, &BackgroundWork::progressed, this, [this](qint64 done, qint64 total) {
        m_bar->setRange(0, 1000);
        m_bar->setValue(total > 0 ? int(1000 * done / total) : 0);
        m_progress->setText(
            tr("%1 of %2 read")
                .arg(QLocale().formattedDataSize(done), QLocale().formattedDataSize(total)));
    });
    read();
}

ImportDialog::~ImportDialog() = default;

QWidget* ImportDialog::makeChoosePage() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(10));
    auto* kindRow = new QHBoxLayout;
    kindRow->setSpacing(scaled(8));
    m_kind = new Chip;
    kindRow->addWidget(m_kind, 0, Qt::AlignVCenter);
    m_recognised = makeLabel(QString());
    m_recognised->setWordWrap(true);
    m_recognised->setAccessibleName(tr("Recognised format"));
    kindRow->addWidget(m_recognised, 1);
    column->addLayout(kindRow);

    auto* choices = new QHBoxLayout;
    choices->setSpacing(scaled(8));
    m_format = new QComboBox;
    m_format->setAccessibleName(tr("Format"));
    m_format->addItem(tr("as recognised"));
    for (const std::string& dialect : importDialects())
        m_format->addItem(QString::fromStdString(dialect));
    choices->addWidget(makeLabel(tr("Format"), "secondary"));
    choices->addWidget(m_format);
    m_channel = new QLineEdit;
    m_channel->setAccessibleName(tr("Channel"));
    m_channel->setPlaceholderText(
        tr("from the row, else %1").arg(QFileInfo(m_files.value(0)).completeBaseName()));
    m_channel->setToolTip(
        tr("The source or task of these samples: losses are shown for each channel."));
    choices->addWidget(makeLabel(tr("Channel"), "secondary"));
    choices->addWidget(m_channel, 1);
    m_header = new QCheckBox(tr("First row names the columns"));
    m_header->setChecked(true);
    choices->addWidget(m_header);
    m_unit = new QComboBox;
    m_unit->setAccessibleName(tr("What becomes a sample"));
    m_unit->addItems(
        {tr("A paragraph is a sample"), tr("A line is a sample"), tr("The file is one sample")});
    choices->addWidget(m_unit);
    m_columnsButton = makeButton(tr("Columns"));
    m_columnsButton->setCheckable(true);
    choices->addWidget(m_columnsButton);
    column->addLayout(choices);
    m_columns = new ColumnPicker;
    column->addWidget(m_columns);
    m_columns->hide();

    m_preview = makeTable(tr("First samples"), {tr("system"), tr("question"), tr("answer")});
    m_preview->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Interactive);
    m_preview->horizontalHeader()->resizeSection(0, scaled(150));
    m_preview->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_preview->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
    column->addWidget(makeLabel(tr("The first samples, as they will be"), "secondary"));
    column->addWidget(m_preview, 1);
    m_problem = makeLabel(QString(), "wrong");
    m_problem->setWordWrap(true);
    m_problem->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_problem);

    auto* cancel = makeButton(tr("Cancel"));
    m_import = makePrimaryButton(tr("Import"));
    m_import->setDefault(true);
    column->addLayout(makeButtonRow({}, {cancel, m_import}));
    connect(cancel, &QPushButton::clicked, this, &ImportDialog::reject);
    connect(m_import, &QPushButton::clicked, this, &ImportDialog::run);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ImportDialog::read);
    connect(m_unit, &QComboBox::currentIndexChanged, this, &ImportDialog::read);
    connect(m_header, &QCheckBox::toggled, this, &ImportDialog::read);
    connect(m_columns, &ColumnPicker::changed, this, &ImportDialog::read);
    connect(m_columnsButton, &QPushButton::toggled, m_columns, &QWidget::setVisible);
    return page;
}

QWidget* ImportDialog::makeRunningPage() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addStretch(1);
    column->addWidget(makeTitle(tr("Importing")), 0, Qt::AlignHCenter);
    m_progress = makeLabel(QString(), "secondary");
    column->addWidget(m_progress, 0, Qt::AlignHCenter);
    m_bar = new QProgressBar;
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(scaled(360));
    m_bar->setAccessibleName(tr("Progress of the import"));
    column->addWidget(m_bar, 0, Qt::AlignHCenter);
    column->addStretch(1);
    auto* cancel = makeButton(tr("Cancel"));
    cancel->setToolTip(tr("Nothing of the file will be kept."));
    connect(cancel, &QPushButton::clicked, this, [this] {
        m_progress->setText(tr("Taking back what was read"));
        m_task.cancel();
    });
    column->addLayout(makeButtonRow({}, {cancel}));
    return page;
}

QWidget* ImportDialog::makeReportPage() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(10));
    m_outcome = makeTitle(QString());
    m_outcome->setWordWrap(true);
    column->addWidget(m_outcome);
    m_outcomeNote = makeLabel(QString(), "secondary");
    m_outcomeNote->setWordWrap(true);
    column->addWidget(m_outcomeNote);
    m_reportTable
        = makeTable(tr("Import report"), {tr("file"), tr("line"), tr("what"), tr("reason")});
    m_reportTable->horizontalHeader()->resizeSection(0, scaled(170));
    m_reportTable->horizontalHeader()->resizeSection(1, scaled(70));
    m_reportTable->horizontalHeader()->resizeSection(2, scaled(80));
    m_reportTable->horizontalHeader()->setSectionResizeMode(3, QHeaderView::Stretch);
    column->addWidget(m_reportTable, 100);
    column->addStretch(1); // where the report is empty the words stay together
    m_save = makeButton(tr("Save report…"));
    auto* close = makeButton(tr("Close"));
    m_overview = makePrimaryButton(tr("Show the overview"));
    column->addLayout(makeButtonRow({m_save}, {close, m_overview}));
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_overview, &QPushButton::clicked, this, [this] {
        Q_EMIT imported(m_record ? m_record->id : 0, true);
        accept();
    });
    connect(m_save, &QPushButton::clicked, this, [this] {
        const QString file = QFileDialog::getSaveFileName(this, tr("Save report"),
            QStringLiteral("import-report.txt"), tr("Text (*.txt);;JSON lines (*.jsonl)"));
        if (!file.isEmpty())
            saveReport(file);
    });
    return page;
}

ImportDialog::Page ImportDialog::page() const {
    return Page(m_pages->currentIndex());
}
QString ImportDialog::recognised() const {
    return m_recognised->text();
}
QString ImportDialog::outcome() const {
    return m_outcome->text();
}

ImportOptions ImportDialog::options() const {
    ImportOptions options;
    if (m_format->currentIndex() > 0)
        options.dialect = m_format->currentText().toStdString();
    options.channel = m_channel->text().trimmed().toStdString();
    options.columns = m_columns->mapping();
    options.header = m_header->isChecked();
    options.textUnit = TextUnit(m_unit->currentIndex());
    return options;
}

void ImportDialog::read() {
    m_reading = true;
    m_import->setEnabled(false);
    const quint64 generation = ++m_generation;
    const std::string file = m_files.value(0).toStdString();
    onResult(this, QtConcurrent::run([file, options = options()] {
        return previewImport(file, options, previewRows);
    }),
        [this, generation](const ImportPreview& preview) {
            if (generation == m_generation)
                showPreview(preview);
        });
}

void ImportDialog::showPreview(const ImportPreview& preview) {
    m_reading = false;
    const Recognition& found = preview.recognition;
    const bool table = found.container == "csv" || found.container == "tsv";
    m_header->setVisible(table);
    m_unit->setVisible(found.container == "text");
    QStringList columns;
    for (const std::string& name : found.columns)
        columns.append(QString::fromStdString(name));
    if (!columns.isEmpty())
        m_columns->setColumns(columns);
    m_preview->setRowCount(0);
    m_problem->setVisible(preview.problem || preview.rejected > 0);
    m_import->setEnabled(!preview.rows.empty());
    if (preview.problem) {
        m_kind->set(tr("not recognised"), Tone::Caution);
        m_recognised->setText(columns.isEmpty()
                ? tr("No known format fits. Choose one, or say which columns hold what.")
                : tr("The columns have names that no format knows. Say which hold what."));
        m_problem->setText(errorParagraph(*preview.problem));
        m_columnsButton->setChecked(!columns.isEmpty());
        return;
    }
    const qint64 seen = qint64(preview.rows.size()) + preview.rejected;
    const QString format = QString::fromStdString(found.dialect)
        + (found.preference ? tr(", preference pairs") : QString());
    m_kind->set(format, preview.rejected == 0 ? Tone::Right : Tone::Caution);
    // How sure it is follows from the rows that could be read, and is said in those terms.
    QString words = preview.rejected == 0
        ? tr("Certain: all of the first %n row(s) can be read", nullptr, int(seen))
        : preview.rejected * 5 <= seen
        ? tr("Likely: %1 of the first %2 rows can be read").arg(preview.rows.size()).arg(seen)
        : tr("Doubtful: only %1 of the first %2 rows can be read")
              .arg(preview.rows.size())
              .arg(seen);
    words += tr(" as %1 (%2).")
                 .arg(QString::fromStdString(found.container), QString::fromStdString(found.why));
    if (!found.unknownRoles.empty()) {
        QStringList roles;
        for (const std::string& role : found.unknownRoles)
            roles.append(QString::fromStdString(role));
        words += QLatin1Char(' ') + tr("Unknown roles: %1.").arg(roles.join(QStringLiteral(", ")));
    }
    m_recognised->setText(words);
    m_columnsButton->setVisible(!columns.isEmpty());
    m_preview->setRowCount(int(preview.rows.size()));
    m_preview->setHorizontalHeaderLabels(
        {tr("system"), tr("question"), found.preference ? tr("chosen / rejected") : tr("answer")});
    bool anySystem = false;
    for (int row = 0; row < int(preview.rows.size()); ++row) {
        const SampleWords sample = wordsOf(preview.rows[std::size_t(row)]);
        anySystem = anySystem || !sample.system.isEmpty();
        setCell(m_preview, row, 0, sample.system);
        setCell(m_preview, row, 1, sample.query);
        setCell(m_preview, row, 2, sample.answer);
    }
    m_preview->setColumnHidden(0, !anySystem);
    if (preview.rejected > 0)
        m_problem->setText(tr("%n of these rows cannot be read: %1", nullptr, int(preview.rejected))
                               .arg(errorMessage(preview.firstRejected.front().reason)));
}

void ImportDialog::run() {
    m_bar->setRange(0, 0);
    m_progress->clear();
    m_pages->setCurrentIndex(Running);
    std::vector<std::filesystem::path> files;
    for (const QString& file : std::as_const(m_files))
        files.emplace_back(file.toStdString());
    m_task.start<ImportOutcome>(
        m_services.selection->project(),
        [files, options = options()](Project& project, const ProgressFunction& progress,
            const StopToken& stop) { return importWork(project, files, options, progress, stop); },
        [this](Result<ImportOutcome> outcome) { showOutcome(outcome); });
}

void ImportDialog::showOutcome(const Result<ImportOutcome>& outcome) {
    m_reportTable->setRowCount(0);
    if (!outcome) {
        const bool cancelled = outcome.error().code == "cancelled";
        m_pages->setCurrentIndex(Choose);
        m_problem->setText(
            cancelled ? tr("Cancelled; nothing was kept.") : errorParagraph(outcome.error()));
        m_problem->show();
        return;
    }
    m_record = outcome->record;
    const ImportRecord& record = *m_record;
    const auto number = [](qint64 n) { return QLocale().toString(n); };
    QString text = tr("%1 samples imported").arg(number(record.kept));
    if (record.rejected > 0)
        text += tr(", %1 rows rejected").arg(number(record.rejected));
    if (record.remarks > 0)
        text += tr(", %1 kept with a remark").arg(number(record.remarks));
    m_outcome->setText(text);
    m_outcomeNote->setText(outcome->report.empty()
            ? tr("Every row of the file could be kept.")
            : tr("Rejected rows are not lost: they stay in this report, which the project keeps."));
    m_reportTable->setVisible(!outcome->report.empty());
    m_save->setVisible(!outcome->report.empty());
    m_overview->setVisible(record.kept > 0);
    m_reportTable->setRowCount(int(outcome->report.size()));
    for (int i = 0; i < int(outcome->report.size()); ++i) {
        const ReportRow& entry = outcome->report[std::size_t(i)];
        Error reason = entry.row.reason;
        reason.where.clear();
        setCell(m_reportTable, i, 0, QFileInfo(QString::fromStdString(entry.row.file)).fileName());
        setCell(m_reportTable, i, 1, number(entry.row.line));
        setCell(m_reportTable, i, 2, entry.remark ? tr("remark") : tr("rejected"));
        setCell(m_reportTable, i, 3, errorMessage(reason));
        m_reportTable->item(i, 3)->setToolTip(
            errorParagraph(reason) + QLatin1Char('\n') + QString::fromStdString(entry.row.raw));
    }
    m_pages->setCurrentIndex(Report);
    if (record.kept > 0) {
        m_services.project->noteChange();
        Q_EMIT imported(record.id, false);
    }
}

void ImportDialog::saveReport(const QString& file) {
    if (!m_record)
        return;
    m_reportTask.start<bool>(
        m_services.selection->project(),
        [id = m_record->id, path = file.toStdString()](
            Project& project, const ProgressFunction&, const StopToken&) -> Result<bool> {
            const auto saved = saveImportReport(project, id, path);
            if (!saved)
                return tl::unexpected<Error>(saved.error());
            return true;
        },
        [this, file](Result<bool> saved) {
            m_outcomeNote->setText(
                saved ? tr("Report saved as %1").arg(file) : errorParagraph(saved.error()));
        });
}

void ImportDialog::reject() {
    if (m_task.isRunning())
        return m_task.cancel(); // the answer brings the first page back
    QDialog::reject();
}

} // namespace assay
