#include "ui/common/card.h"

#include "ui/common/controls.h"
#include "ui/common/elided_label.h"
#include "ui/common/fonts.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace assay {

Card::Card(const QString& title, QWidget* parent)
    : QFrame(parent) {
    setLook(this, "card");
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(1, 1, 1, 1);
    m_column->setSpacing(0);

    auto* line = new QWidget(this);
    line->setFixedHeight(scaled(36));
    m_header = new QHBoxLayout(line);
    m_header->setContentsMargins(scaled(12), 0, scaled(10), 0);
    m_header->setSpacing(scaled(8));
    m_title = new ElidedLabel(line); // on a narrow screen the controls matter more
    setLook(m_title, "title");
    m_title->setFont(titleFont());
    m_title->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    m_header->addWidget(m_title);
    m_chips = new QHBoxLayout;
    m_chips->setSpacing(scaled(6));
    m_header->addLayout(m_chips);
    m_header->addStretch(1);
    m_controls = new QHBoxLayout;
    m_controls->setSpacing(scaled(8));
    m_header->addLayout(m_controls);
    m_column->addWidget(line);
    m_column->addWidget(makeRule(Qt::Horizontal, this));
    setTitle(title);
}

void Card::setTitle(const QString& title) {
    m_title->setText(title);
    m_title->setToolTip(title);
    m_title->setVisible(!title.isEmpty());
    setAccessibleName(title);
}

void Card::addChip(QWidget* chip) {
    m_chips->addWidget(chip, 0, Qt::AlignVCenter);
}
void Card::addControl(QWidget* control) {
    m_controls->addWidget(control, 0, Qt::AlignVCenter);
}
void Card::setBody(QWidget* body) {
    m_column->addWidget(body, 1);
}
void Card::setBody(QLayout* body) {
    m_column->addLayout(body, 1);
}

void Card::setFooter(QWidget* footer) {
    m_column->addWidget(makeRule(Qt::Horizontal, this));
    m_column->addWidget(footer);
}

} // namespace assay
