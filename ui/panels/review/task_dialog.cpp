#include "ui/panels/review/task_dialog.h"

#include "ui/common/controls.h"
#include "ui/common/error_text.h"
#include "ui/common/fonts.h"

#include <QComboBox>
#include <QDateTime>
#include <QGridLayout>
#include <QHeaderView>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace assay {

namespace {

QPlainTextEdit* lines(const std::vector<std::string>& names, const QString& name) {
    auto* edit = new QPlainTextEdit;
    QStringList text;
    for (const std::string& item : names)
        text << QString::fromStdString(item);
    edit->setPlainText(text.join(QLatin1Char('\n')));
    edit->setAccessibleName(name);
    edit->setTabChangesFocus(true);
    setLook(edit, "edit-field");
    return edit;
}

std::vector<std::string> namesIn(const QPlainTextEdit* edit) {
    std::vector<std::string> names;
    for (const QString& line : edit->toPlainText().split(QLatin1Char('\n')))
        if (!line.trimmed().isEmpty())
            names.push_back(line.trimmed().toStdString());
    return names;
}

QString emptyGuideline() {
    return TaskDialog::tr("# What is a good answer\n\n"
                          "- **correct** 5: everything it says is true and does what was asked. "
                          "1: a wrong fact or a wrong call.\n"
                          "- **helpful** 5: nothing is missing, nothing is in the way.\n\n"
                          "## When to reject\n\n## Cases that were discussed\n");
}

} // namespace

TaskDialog::TaskDialog(const ProjectTask& task, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Task of the project"));
    resize(scaled(980), scaled(640));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16));
    column->setSpacing(scaled(10));
    auto* sides = new QHBoxLayout;
    sides->setSpacing(scaled(16));
    sides->addWidget(buildLists(task.definition), 1);
    sides->addWidget(buildGuideline(task), 1);
    column->addLayout(sides, 1);
    m_problem = makeLabel(QString(), "wrong");
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addWidget(m_problem);
    auto* line = new QHBoxLayout;
    line->addWidget(makeLabel(
        tr("Earlier definitions and guidelines are kept; decisions name the guideline in force."),
        "secondary"));
    line->addStretch(1);
    auto* cancel = makeButton(tr("Cancel"), this);
    auto* save = makePrimaryButton(tr("Save"), this);
    save->setObjectName(QStringLiteral("save-task"));
    line->addWidget(cancel);
    line->addWidget(save);
    column->addLayout(line);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, &TaskDialog::accept);
}

QWidget* TaskDialog::buildLists(const TaskDefinition& task) {
    auto* side = new QWidget(this);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    auto* head = new QHBoxLayout;
    head->addWidget(makeTitle(tr("Criteria")));
    head->addStretch(1);
    auto* add = makeButton(tr("Add"), side);
    add->setAccessibleName(tr("Add a criterion"));
    auto* remove = makeButton(tr("Remove"), side);
    remove->setAccessibleName(tr("Remove the chosen criterion"));
    head->addWidget(add);
    head->addWidget(remove);
    column->addLayout(head);
    m_criteria = new QTableWidget(0, 4, side);
    m_criteria->setAccessibleName(tr("Criteria"));
    m_criteria->setHorizontalHeaderLabels(
        {tr("name"), tr("answers"), tr("labels, by commas"), tr("question")});
    m_criteria->horizontalHeader()->setStretchLastSection(true);
    m_criteria->verticalHeader()->hide();
    m_criteria->verticalHeader()->setDefaultSectionSize(scaled(28));
    m_criteria->setSelectionBehavior(QAbstractItemView::SelectRows);
    for (const Criterion& criterion : task.criteria)
        addCriterion(criterion);
    column->addWidget(m_criteria, 1);
    connect(add, &QPushButton::clicked, this, [this] {
        addCriterion({tr("criterion").toStdString(), {}, 5, {}});
        m_criteria->editItem(m_criteria->item(m_criteria->rowCount() - 1, 0));
    });
    connect(remove, &QPushButton::clicked, this,
        [this] { m_criteria->removeRow(m_criteria->currentRow()); });
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(scaled(10));
    m_reasons = lines(task.rejectReasons, tr("Reject reasons, one a line"));
    m_labels = lines(task.spanLabels, tr("Labels for places in a text, one a line"));
    m_annotators = lines(task.annotators, tr("Annotators, one a line"));
    const std::pair<QString, QPlainTextEdit*> lists[] = {{tr("Reject reasons"), m_reasons},
        {tr("Span labels"), m_labels}, {tr("Annotators"), m_annotators}};
    int at = 0;
    for (const auto& [name, edit] : lists) {
        grid->addWidget(makeTitle(name), 0, at);
        grid->addWidget(edit, 1, at++);
    }
    column->addLayout(grid, 1);
    return side;
}

void TaskDialog::addCriterion(const Criterion& criterion) {
    const int row = m_criteria->rowCount();
    m_criteria->insertRow(row);
    QStringList labels;
    for (const std::string& label : criterion.labels)
        labels << QString::fromStdString(label);
    const QString cells[]
        = {QString::fromStdString(criterion.name), QString::number(criterion.scale),
            labels.join(QStringLiteral(", ")), QString::fromStdString(criterion.about)};
    for (int i = 0; i < 4; ++i)
        m_criteria->setItem(row, i, new QTableWidgetItem(cells[i]));
}

QWidget* TaskDialog::buildGuideline(const ProjectTask& task) {
    auto* side = new QWidget(this);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    auto* head = new QHBoxLayout;
    head->addWidget(makeTitle(tr("Guideline (Markdown)")));
    head->addStretch(1);
    if (task.guidelines.size() > 1) {
        auto* versions = new QComboBox(side);
        versions->setAccessibleName(tr("Versions of the guideline"));
        for (const Guideline& version : task.guidelines)
            versions->addItem(
                tr("version %1, %2, %3")
                    .arg(QString::number(version.version), QString::fromStdString(version.author),
                        QLocale().toString(QDateTime::fromMSecsSinceEpoch(version.changedMs),
                            QLocale::ShortFormat)));
        connect(versions, &QComboBox::activated, this, [this, all = task.guidelines](int index) {
            m_guideline->setPlainText(QString::fromStdString(all[std::size_t(index)].text));
        });
        head->addWidget(versions);
    }
    column->addLayout(head);
    m_guideline = new QPlainTextEdit(side);
    m_guideline->setAccessibleName(tr("Guideline"));
    setLook(m_guideline, "edit-field");
    m_guideline->setPlainText(task.guideline.version == 0
            ? emptyGuideline()
            : QString::fromStdString(task.guideline.text));
    column->addWidget(m_guideline, 1);
    return side;
}

Result<TaskDefinition> TaskDialog::definition() const {
    TaskDefinition task;
    for (int row = 0; row < m_criteria->rowCount(); ++row) {
        const auto cell = [&](int column) {
            const QTableWidgetItem* item = m_criteria->item(row, column);
            return item ? item->text().trimmed() : QString();
        };
        Criterion criterion;
        criterion.name = cell(0).toStdString();
        criterion.scale = cell(1).toInt();
        for (const QString& label : cell(2).split(QLatin1Char(','), Qt::SkipEmptyParts))
            criterion.labels.push_back(label.trimmed().toStdString());
        criterion.about = cell(3).toStdString();
        task.criteria.push_back(std::move(criterion));
    }
    task.rejectReasons = namesIn(m_reasons);
    task.spanLabels = namesIn(m_labels);
    task.annotators = namesIn(m_annotators);
    // The same checks as anywhere else.
    return taskFromJson(taskToJson(task), "task");
}

std::string TaskDialog::guideline() const {
    const QString text = m_guideline->toPlainText();
    return text == emptyGuideline() ? std::string() : text.toStdString();
}

void TaskDialog::accept() {
    if (const auto task = definition(); !task) {
        m_problem->setText(errorMessage(task.error()));
        m_problem->show();
        return;
    }
    QDialog::accept();
}

} // namespace assay
