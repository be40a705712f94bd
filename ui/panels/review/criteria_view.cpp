#include "ui/panels/review/criteria_view.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyle>
#include <QToolButton>

namespace assay {

CriteriaView::CriteriaView(QWidget* parent)
    : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(12), scaled(8), scaled(12), scaled(8));
    setTask({});
}

void CriteriaView::setTask(const TaskDefinition& task) {
    delete m_content;
    m_task = task;
    m_names.clear();
    m_scales.clear();
    m_groups.clear();
    m_reasons.clear();
    m_content = new QWidget(this);
    layout()->addWidget(m_content);
    m_grid = new QGridLayout(m_content);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(scaled(16));
    m_grid->setVerticalSpacing(scaled(6));
    m_grid->setColumnStretch(1, 1);
    int row = 0;
    for (const Criterion& criterion : m_task.criteria) {
        const QString name = QString::fromStdString(criterion.name);
        const QString about = QString::fromStdString(criterion.about);
        QLabel* label = makeLabel(name, "secondary");
        label->setToolTip(about);
        m_names.push_back(label);
        auto* scale = new QFrame;
        setLook(scale, "segments");
        scale->setAccessibleName(name);
        scale->setAccessibleDescription(about);
        auto* segments = new QHBoxLayout(scale);
        segments->setContentsMargins(1, 1, 1, 1);
        segments->setSpacing(0);
        auto* group = new QButtonGroup(scale);
        for (int value = 1; value <= criterion.scale; ++value) {
            auto* button = new QToolButton(scale);
            const QString meaning = criterion.labels.empty()
                ? QString()
                : QString::fromStdString(criterion.labels[std::size_t(value) - 1]);
            button->setText(meaning.isEmpty()
                    ? QString::number(value)
                    : QStringLiteral("%1 %2").arg(QString::number(value), meaning));
            button->setFont(secondaryFont());
            button->setCheckable(true);
            button->setFocusPolicy(Qt::TabFocus);
            button->setAccessibleName(
                tr("%1: %2").arg(name, meaning.isEmpty() ? QString::number(value) : meaning));
            button->setToolTip(about);
            setLook(button, "segment");
            group->addButton(button, value);
            segments->addWidget(button);
        }
        m_groups.push_back(group);
        m_scales.push_back(scale);
        connect(group, &QButtonGroup::idClicked, this, [this, row](int value) {
            setFocused(row);
            answer(value);
        });
        m_grid->addWidget(label, row, 0);
        m_grid->addWidget(scale, row, 1, Qt::AlignLeft);
        ++row;
    }
    if (!m_task.rejectReasons.empty()) {
        m_grid->addWidget(makeLabel(tr("if rejected"), "secondary"), row, 0);
        auto* line = new QWidget;
        auto* chips = new QHBoxLayout(line);
        chips->setContentsMargins(0, 0, 0, 0);
        chips->setSpacing(scaled(6));
        for (const std::string& reason : m_task.rejectReasons) {
            const QString text = QString::fromStdString(reason);
            auto* chip = makeButton(text, line);
            setLook(chip, "toggle-chip");
            chip->setFont(secondaryFont());
            chip->setCheckable(true);
            chip->setFocusPolicy(Qt::TabFocus);
            chip->setAccessibleName(tr("Reject because: %1").arg(text));
            if (m_reasons.size() < 9)
                chip->setToolTip(tr("Shift %1").arg(m_reasons.size() + 1));
            m_reasons.push_back(chip);
            chips->addWidget(chip);
        }
        chips->addStretch(1);
        m_grid->addWidget(line, row, 1);
    }
    m_focused = m_task.criteria.empty() ? -1 : 0;
    setVisible(row > 0 || !m_task.rejectReasons.empty());
    renewFocus();
}

void CriteriaView::setAnswers(const std::map<std::string, int>& answers) {
    m_answers = answers;
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        const auto found = answers.find(m_task.criteria[i].name);
        m_groups[i]->setExclusive(false);
        for (QAbstractButton* button : m_groups[i]->buttons())
            button->setChecked(found != answers.end() && m_groups[i]->id(button) == found->second);
        m_groups[i]->setExclusive(true);
    }
}

void CriteriaView::setFocused(int index) {
    m_focused = index;
    renewFocus();
}

void CriteriaView::focusFirstOpen() {
    for (std::size_t i = 0; i < m_task.criteria.size(); ++i)
        if (!m_answers.contains(m_task.criteria[i].name))
            return setFocused(int(i));
    setFocused(m_task.criteria.empty() ? -1 : 0);
}

void CriteriaView::focusNext() {
    if (m_focused >= 0)
        setFocused((m_focused + 1) % int(m_task.criteria.size()));
}

void CriteriaView::renewFocus() {
    for (std::size_t i = 0; i < m_scales.size(); ++i) {
        const bool on = int(i) == m_focused;
        setLook(m_names[i], on ? "accent" : "secondary");
        QFont font = on ? titleFont() : textFont();
        m_names[i]->setFont(font);
        setLook(m_scales[i], on ? "segments-active" : "segments");
    }
}

void CriteriaView::answer(int value) {
    if (m_focused < 0)
        return;
    const Criterion& criterion = m_task.criteria[std::size_t(m_focused)];
    if (value < 1 || value > criterion.scale)
        return;
    m_answers[criterion.name] = value;
    setAnswers(std::map<std::string, int>(m_answers));
    const QString name = QString::fromStdString(criterion.name);
    focusNext();
    Q_EMIT answered(name, value);
}

void CriteriaView::toggleReason(int index) {
    if (index >= 0 && index < int(m_reasons.size()))
        m_reasons[std::size_t(index)]->toggle();
}

std::vector<std::string> CriteriaView::reasons() const {
    std::vector<std::string> chosen;
    for (std::size_t i = 0; i < m_reasons.size(); ++i)
        if (m_reasons[i]->isChecked())
            chosen.push_back(m_task.rejectReasons[i]);
    return chosen;
}

void CriteriaView::clearReasons() {
    for (QPushButton* chip : m_reasons)
        chip->setChecked(false);
}

} // namespace assay
