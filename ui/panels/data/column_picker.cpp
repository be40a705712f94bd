#include "ui/panels/data/column_picker.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"

#include <QComboBox>
#include <QGridLayout>
#include <QSignalBlocker>

namespace assay {

ColumnPicker::ColumnPicker(QWidget* parent)
    : QWidget(parent) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(scaled(10));
    grid->setVerticalSpacing(scaled(6));
    const auto add
        = [&](const char* name, std::string ColumnMapping::*place, const QString& label) {
              auto* box = new QComboBox;
              box->setAccessibleName(label);
              box->addItem(tr("by its usual name"));
              box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
              box->setMinimumContentsLength(12);
              const int index = int(m_fields.size());
              grid->addWidget(makeLabel(label, "secondary"), index / 3, 2 * (index % 3));
              grid->addWidget(box, index / 3, 2 * (index % 3) + 1);
              connect(box, &QComboBox::currentIndexChanged, this, &ColumnPicker::changed);
              m_fields.append({name, place, box});
          };
    add("query", &ColumnMapping::query, tr("Question"));
    add("answer", &ColumnMapping::answer, tr("Answer"));
    add("system", &ColumnMapping::system, tr("System prompt"));
    add("input", &ColumnMapping::input, tr("Added to the question"));
    add("messages", &ColumnMapping::messages, tr("Messages"));
    add("history", &ColumnMapping::history, tr("Earlier turns"));
    add("chosen", &ColumnMapping::chosen, tr("Chosen answer"));
    add("rejected", &ColumnMapping::rejected, tr("Rejected answer"));
    add("tools", &ColumnMapping::tools, tr("Tools"));
    add("text", &ColumnMapping::text, tr("Plain text"));
    add("reference", &ColumnMapping::reference, tr("Reference answer"));
    add("channel", &ColumnMapping::channel, tr("Channel"));
    for (const int column : {1, 3, 5})
        grid->setColumnStretch(column, 1);
}

void ColumnPicker::setColumns(const QStringList& columns) {
    if (columns == m_columns)
        return;
    m_columns = columns;
    for (const Field& field : std::as_const(m_fields)) {
        const QSignalBlocker quiet(field.box);
        const QString chosen = field.box->currentIndex() > 0 ? field.box->currentText() : QString();
        while (field.box->count() > 1)
            field.box->removeItem(1);
        field.box->addItems(columns);
        field.box->setCurrentIndex(chosen.isEmpty() ? 0 : 1 + int(columns.indexOf(chosen)));
    }
}

ColumnMapping ColumnPicker::mapping() const {
    ColumnMapping mapping;
    for (const Field& field : m_fields)
        if (field.box->currentIndex() > 0)
            mapping.*field.place = field.box->currentText().toStdString();
    return mapping;
}

void ColumnPicker::choose(const QString& name, const QString& column) {
    for (const Field& field : std::as_const(m_fields))
        if (name == QLatin1String(field.name))
            field.box->setCurrentText(column);
}

} // namespace assay
