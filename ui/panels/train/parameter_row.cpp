#include "ui/panels/train/parameter_row.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/panels/train/train_draft.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QLineEdit>

namespace assay {

namespace {

/// The choices' own names are those of the spec; only the empty one needs words.
QString choiceText(const std::string& name) {
    return name.empty() ? ParameterRow::tr("the model's own") : QString::fromStdString(name);
}

/// What was typed, in the field's type; text that is no number stays text, so that the check of the
/// spec says so beside the field.
Json typedValue(FieldType type, const QString& text) {
    const QString trimmed = text.trimmed();
    bool isNumber = false;
    if (type == FieldType::Whole) {
        const qlonglong whole = trimmed.toLongLong(&isNumber);
        if (isNumber)
            return whole;
    }
    if (type == FieldType::Number || type == FieldType::Whole) {
        const double number = trimmed.toDouble(&isNumber);
        if (isNumber)
            return number;
        return trimmed.toStdString();
    }
    if (type == FieldType::Paths) {
        Json list = Json::array();
        for (const QString& part : trimmed.split(QLatin1Char(';'), Qt::SkipEmptyParts))
            list.push_back(part.trimmed().toStdString());
        return list;
    }
    return trimmed.toStdString();
}

} // namespace

ParameterRow::ParameterRow(const SpecField& field, TrainDraft* draft, QWidget* parent)
    : QWidget(parent)
    , m_key(QString::fromStdString(field.key))
    , m_type(field.type)
    , m_draft(draft) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(scaled(8));
    grid->setVerticalSpacing(scaled(2));
    m_label = makeLabel(TrainDraft::labelOf(m_key));
    m_label->setMinimumWidth(scaled(128));
    m_label->setWordWrap(true);
    m_usual = makeLabel(QString(), "note");
    m_remark = makeLabel(QString(), "note");
    m_remark->setWordWrap(true);
    m_remark->hide();
    buildEditor(field);
    const bool isWide = m_type == FieldType::Text || m_type == FieldType::Paths;
    grid->addWidget(m_label, 0, 0);
    grid->addWidget(editor(), 0, 1, 1, isWide ? 2 : 1);
    if (!isWide)
        grid->addWidget(m_usual, 0, 2);
    grid->addWidget(m_remark, 1, 1, 1, 2);
    grid->setColumnMinimumWidth(0, scaled(128));
    grid->setColumnStretch(2, 1);
    if (!isWide)
        editor()->setFixedWidth(scaled(118));
    m_label->setBuddy(editor());
    editor()->setAccessibleName(TrainDraft::labelOf(m_key));
    editor()->installEventFilter(this);
    connect(m_draft, &TrainDraft::changed, this, &ParameterRow::show);
    connect(m_draft, &TrainDraft::factsChanged, this, &ParameterRow::showRemark);
    show();
}

void ParameterRow::buildEditor(const SpecField& field) {
    if (m_type == FieldType::Flag) {
        m_check = new QCheckBox(tr("yes"));
        connect(
            m_check, &QCheckBox::toggled, this, [this](bool on) { m_draft->setValue(m_key, on); });
    } else if (m_type == FieldType::Choice) {
        m_combo = new QComboBox;
        for (const std::string& name : field.choices)
            m_combo->addItem(choiceText(name), QString::fromStdString(name));
        connect(m_combo, &QComboBox::activated, this, [this](int index) {
            m_draft->setValue(m_key, m_combo->itemData(index).toString().toStdString());
        });
    } else {
        m_line = new QLineEdit;
        if (m_type == FieldType::Number || m_type == FieldType::Whole)
            m_line->setAlignment(Qt::AlignRight);
        connect(m_line, &QLineEdit::textEdited, this, &ParameterRow::commit);
    }
}

QWidget* ParameterRow::editor() const {
    if (m_check)
        return m_check;
    return m_combo ? static_cast<QWidget*>(m_combo) : m_line;
}

void ParameterRow::commit() {
    m_draft->setValue(m_key, typedValue(m_type, m_line->text()));
}

void ParameterRow::show() {
    const Json& value = m_draft->value(m_key);
    if (m_check) {
        const QSignalBlocker quiet(m_check);
        m_check->setChecked(value.is_boolean() && value.get<bool>());
    } else if (m_combo) {
        m_combo->setCurrentIndex(m_combo->findData(TrainDraft::valueText(value)));
    } else if (typedValue(m_type, m_line->text()) != value) { // not while it is being typed
        m_line->setText(TrainDraft::valueText(value));
        m_line->setCursorPosition(0);
    }
    showRemark();
}

void ParameterRow::showRemark() {
    const auto usual = m_draft->range(m_key);
    m_usual->setText(usual ? tr("%1 – %2").arg(
                         TrainDraft::numberText(usual->low), TrainDraft::numberText(usual->high))
                           : QString());
    const QStringList problems = m_draft->problems(m_key);
    const QString caution = problems.isEmpty() ? m_draft->caution(m_key) : QString();
    m_isWrong = !problems.isEmpty();
    QString text;
    if (m_isWrong)
        text = tr("✕ %1").arg(problems.join(QStringLiteral("\n")));
    else if (!caution.isEmpty())
        text = tr("⚠ %1").arg(caution);
    m_remark->setText(text);
    m_remark->setVisible(!text.isEmpty());
    editor()->setAccessibleDescription(text);
    setLook(m_remark, m_isWrong ? "wrong" : "caution");
}

QString ParameterRow::remark() const {
    return m_remark->text();
}

bool ParameterRow::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn)
        Q_EMIT focused(m_key);
    // Wheeling through the form must not change a value on the way.
    if (event->type() == QEvent::Wheel && m_combo && !m_combo->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ParameterRow::mousePressEvent(QMouseEvent* event) {
    Q_EMIT focused(m_key);
    QWidget::mousePressEvent(event);
}

} // namespace assay
