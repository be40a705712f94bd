#include "ui/common/controls.h"

#include "ui/common/fonts.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace assay {

namespace {

const char* toneName(Tone tone) {
    switch (tone) {
    case Tone::Right:
        return "right";
    case Tone::Caution:
        return "caution";
    case Tone::Wrong:
        return "wrong";
    case Tone::Accent:
        return "accent";
    case Tone::Plain:
        break;
    }
    return "plain";
}

void repolish(QWidget* widget) {
    // Before its first showing Qt polishes it anyway; doing it earlier sends events to half-made
    // widgets.
    if (!widget->testAttribute(Qt::WA_WState_Polished))
        return;
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace

void setLook(QWidget* widget, const char* look) {
    widget->setProperty("look", QString::fromLatin1(look));
    repolish(widget);
}

Chip::Chip(const QString& text, Tone tone, QWidget* parent)
    : QLabel(parent) {
    setFont(secondaryFont());
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Maximum);
    setLook(this, "chip");
    set(text, tone);
}

void Chip::set(const QString& text, Tone tone) {
    setText(text);
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    setProperty("tone", QString::fromLatin1(toneName(tone)));
    repolish(this);
}

SegmentedSwitch::SegmentedSwitch(QWidget* parent)
    : QFrame(parent)
    , m_group(new QButtonGroup(this)) {
    setLook(this, "segments");
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(1, 1, 1, 1);
    row->setSpacing(0);
    m_group->setExclusive(true);
    connect(m_group, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on)
            Q_EMIT changed(id);
    });
}

int SegmentedSwitch::add(const QString& text, const QString& description) {
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setFont(secondaryFont());
    button->setCheckable(true);
    button->setToolTip(description);
    button->setAccessibleName(text);
    button->setAccessibleDescription(description);
    setLook(button, "segment");
    const int id = int(m_group->buttons().size());
    m_group->addButton(button, id);
    layout()->addWidget(button);
    if (id == 0)
        button->setChecked(true);
    return id;
}

int SegmentedSwitch::current() const {
    return m_group->checkedId();
}

void SegmentedSwitch::setCurrent(int index) {
    if (QAbstractButton* button = m_group->button(index))
        button->setChecked(true);
}

void SegmentedSwitch::setChoiceEnabled(int index, bool enabled) {
    if (QAbstractButton* button = m_group->button(index))
        button->setEnabled(enabled);
}

QLabel* makeLabel(const QString& text, const char* look, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    const QLatin1String role(look);
    if (role == QLatin1String("secondary") || role == QLatin1String("note")
        || role == QLatin1String("column"))
        label->setFont(secondaryFont());
    if (!role.isEmpty())
        setLook(label, look);
    return label;
}

QLabel* makeTitle(const QString& text, QWidget* parent) {
    QLabel* label = makeLabel(text, "title", parent);
    label->setFont(titleFont());
    return label;
}

QLabel* makeNumber(const QString& text, QWidget* parent) {
    QLabel* label = makeLabel(text, "number", parent);
    label->setFont(monoFont());
    return label;
}

QLabel* makeKeyCap(const QString& key, QWidget* parent) {
    QLabel* label = makeLabel(key, "keycap", parent);
    label->setFont(smallMonoFont());
    label->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Maximum);
    return label;
}

QFrame* makeRule(Qt::Orientation orientation, QWidget* parent) {
    auto* rule = new QFrame(parent);
    setLook(rule, "hairline");
    if (orientation == Qt::Horizontal)
        rule->setFixedHeight(1);
    else
        rule->setFixedWidth(1);
    return rule;
}

QPushButton* makeButton(const QString& text, QWidget* parent) {
    auto* button = new QPushButton(text, parent);
    button->setAccessibleName(text);
    setLook(button, "plain");
    return button;
}

QPushButton* makePrimaryButton(const QString& text, QWidget* parent) {
    QPushButton* button = makeButton(text, parent);
    setLook(button, "primary");
    return button;
}

} // namespace assay
