#include "ui/panels/data/export_dialog.h"

#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/selection_context.h"
#include "ui/panels/data/filter_parts.h"
#include "ui/service/table_export.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace assay {

namespace {

const QString tableFormat = QStringLiteral("table");

struct FormatWords {
    const char* format;
    const char* suffix;
    const char* about;
};
constexpr FormatWords formats[] = {
    {"alpaca", "json",
        QT_TRANSLATE_NOOP("assay::ExportDialog",
            "instruction, input, output: one turn with its history; the plainest form.")},
    {"sharegpt", "json",
        QT_TRANSLATE_NOOP("assay::ExportDialog",
            "conversations of from and value, with tools and preference pairs; what LLaMA-Factory "
            "reads.")},
    {"openai", "jsonl",
        QT_TRANSLATE_NOOP("assay::ExportDialog",
            "messages of role and content with tool calls; what OpenAI and most trainers read.")},
    {"llamafactory-v1", "jsonl",
        QT_TRANSLATE_NOOP("assay::ExportDialog",
            "messages made of typed parts, with thinking and loss weights.")},
    {"trl", "jsonl",
        QT_TRANSLATE_NOOP("assay::ExportDialog",
            "prompt, chosen and rejected, or prompt and completion; what TRL reads.")},
    {"csv", "csv",
        QT_TRANSLATE_NOOP(
            "assay::ExportDialog", "columns separated by commas; single turns only.")},
    {"tsv", "tsv",
        QT_TRANSLATE_NOOP("assay::ExportDialog", "columns separated by tabs; single turns only.")},
    {"text", "txt",
        QT_TRANSLATE_NOOP("assay::ExportDialog",
            "plain pre-training text; paragraphs, or rows of text in a JSON file.")},
    {"table", "csv",
        QT_TRANSLATE_NOOP("assay::ExportDialog",
            "the table's columns and previews, not the whole texts; CSV, or JSON by the file's "
            "name.")},
};

const FormatWords* wordsOf(const QString& format) {
    for (const FormatWords& words : formats)
        if (format == QLatin1String(words.format))
            return &words;
    return nullptr;
}

} // namespace

ExportDialog::ExportDialog(
    const Services& services, qint64 count, SampleOrder order, QWidget* parent)
    : QDialog(parent)
    , m_services(services)
    , m_filter(services.selection->filter())
    , m_order(order) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Export"));
    setMinimumWidth(scaled(520));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16));
    column->setSpacing(scaled(10));
    column->addWidget(makeTitle(tr("Export %1 samples").arg(QLocale().toString(count))));
    const QString filter = filterWords(m_filter);
    auto* which = makeLabel(filter.isEmpty() ? tr("All samples of the project.")
                                             : tr("The samples of the filter: %1.").arg(filter),
        "secondary");
    which->setWordWrap(true);
    column->addWidget(which);
    auto* row = new QHBoxLayout;
    row->addWidget(makeLabel(tr("Format"), "secondary"));
    m_format = new QComboBox;
    m_format->setAccessibleName(tr("Format"));
    for (const std::string& format : exportFormats())
        m_format->addItem(QString::fromStdString(format), QString::fromStdString(format));
    m_format->addItem(tr("this table"), tableFormat);
    row->addWidget(m_format, 1);
    column->addLayout(row);
    m_about = makeLabel(QString(), "secondary");
    m_about->setWordWrap(true);
    column->addWidget(m_about);
    m_bar = new QProgressBar;
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of the export"));
    m_bar->hide();
    column->addWidget(m_bar);
    m_outcome = makeLabel(QString());
    m_outcome->setWordWrap(true);
    m_outcome->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_outcome->hide();
    column->addWidget(m_outcome);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    m_close = makeButton(tr("Cancel"));
    m_export = makePrimaryButton(tr("Export…"));
    m_export->setDefault(true);
    buttons->addWidget(m_close);
    buttons->addWidget(m_export);
    column->addLayout(buttons);
    connect(m_close, &QPushButton::clicked, this, &ExportDialog::reject);
    connect(m_export, &QPushButton::clicked, this, &ExportDialog::chooseFile);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportDialog::describe);
    connect(&m_task, &BackgroundWork::progressed, this, [this](qint64 done, qint64 total) {
        m_bar->setRange(0, 1000);
        m_bar->setValue(total > 0 ? int(1000 * done / total) : 0);
    });
    describe();
}

QString ExportDialog::outcome() const {
    return m_outcome->text();
}

void ExportDialog::describe() {
    const FormatWords* words = wordsOf(m_format->currentData().toString());
    m_about->setText(words ? tr(words->about) : QString());
}

void ExportDialog::chooseFile() {
    const FormatWords* words = wordsOf(m_format->currentData().toString());
    const QString suffix = words ? QString::fromLatin1(words->suffix) : QStringLiteral("jsonl");
    const QString file
        = QFileDialog::getSaveFileName(this, tr("Export"), QStringLiteral("samples.") + suffix);
    if (!file.isEmpty())
        write(file);
}

void ExportDialog::write(const QString& file) {
    if (m_task.isRunning())
        return;
    const QString format = m_format->currentData().toString();
    m_bar->setRange(0, 0);
    m_bar->show();
    m_outcome->hide();
    m_export->setEnabled(false);
    m_format->setEnabled(false);
    m_task.start<ExportOutcome>(
        m_services.selection->project(),
        [filter = m_filter, order = m_order, format = format.toStdString(),
            path = file.toStdString()](Project& project, const ProgressFunction& progress,
            const StopToken& stop) -> Result<ExportOutcome> {
            if (format != tableFormat.toStdString())
                return exportWork(project, filter, format, path, progress, stop);
            auto rows = writeTable(project, {filter, order, path}, progress, stop);
            if (!rows)
                return forward(rows);
            ExportOutcome outcome;
            outcome.summary.written = *rows;
            return outcome;
        },
        [this, file](Result<ExportOutcome> outcome) { showOutcome(file, outcome); });
}

void ExportDialog::showOutcome(const QString& file, const Result<ExportOutcome>& outcome) {
    m_bar->hide();
    m_export->setEnabled(true);
    m_format->setEnabled(true);
    m_outcome->show();
    if (!outcome) {
        m_outcome->setText(outcome.error().code == "cancelled"
                ? tr("Cancelled; no file was written.")
                : errorParagraph(outcome.error()));
        return;
    }
    const auto number = [](qint64 n) { return QLocale().toString(n); };
    QString text = tr("%1 samples written to %2").arg(number(outcome->summary.written), file);
    if (outcome->summary.refused > 0)
        text += QLatin1Char('\n')
            + tr("%1 were left out: %2")
                  .arg(number(outcome->summary.refused), errorMessage(outcome->firstRefusal));
    for (const auto& [what, count] : outcome->summary.leftOut)
        text += QLatin1Char('\n')
            + tr("The format has no place for %1 (%2 samples).")
                  .arg(QString::fromStdString(what), number(count));
    m_outcome->setText(text);
    m_close->setText(tr("Close"));
    m_close->setAccessibleName(tr("Close"));
}

void ExportDialog::reject() {
    if (m_task.isRunning())
        return m_task.cancel();
    QDialog::reject();
}

} // namespace assay
