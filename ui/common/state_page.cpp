#include "ui/common/state_page.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace assay {

StatePage::StatePage(QWidget* parent)
    : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(24), scaled(24), scaled(24), scaled(24));
    column->setSpacing(scaled(8));
    column->addStretch(2);
    m_title = makeTitle(QString(), this);
    m_title->setAlignment(Qt::AlignHCenter);
    m_title->setWordWrap(true);
    column->addWidget(m_title);
    m_sentence = makeLabel(QString(), "secondary", this);
    m_sentence->setFont(textFont());
    m_sentence->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(m_sentence);
    m_bar = new QProgressBar(this);
    m_bar->setRange(0, 0);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(scaled(160));
    m_bar->setAccessibleName(tr("Working"));
    column->addSpacing(scaled(4));
    column->addWidget(m_bar, 0, Qt::AlignHCenter);
    m_button = makePrimaryButton(QString(), this);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(m_button, &QPushButton::clicked, this, &StatePage::activated);
    showEmpty(QString(), QString());
}

void StatePage::set(const QString& title, const QString& sentence, const QString& action) {
    m_title->setText(title);
    m_title->setVisible(!title.isEmpty());
    m_sentence->setText(sentence);
    setAccessibleName(title);
    setAccessibleDescription(sentence);
    m_button->setText(action);
    m_button->setAccessibleName(action);
    m_button->setVisible(!action.isEmpty());
}

void StatePage::showEmpty(const QString& title, const QString& sentence, const QString& action) {
    set(title, sentence, action);
    m_bar->hide();
    setLook(m_button, "primary");
    setLook(m_title, "title");
}

void StatePage::showLoading(const QString& title, const QString& sentence, const QString& action) {
    set(title, sentence, action);
    m_bar->show();
    setLook(m_button, "plain");
    setLook(m_title, "title");
}

void StatePage::showFailed(const QString& title, const QString& sentence, const QString& action) {
    set(title, sentence, action);
    m_bar->hide();
    setLook(m_button, "primary");
    setLook(m_title, "wrong");
}

bool StatePage::isLoading() const {
    return !m_bar->isHidden();
}
QString StatePage::title() const {
    return m_title->text();
}
QString StatePage::sentence() const {
    return m_sentence->text();
}

StateStack::StateStack(QWidget* content, QWidget* parent)
    : QWidget(parent)
    , m_page(new StatePage)
    , m_stack(new QStackedLayout(this)) {
    m_stack->addWidget(content);
    m_stack->addWidget(m_page);
    showPage();
}

void StateStack::showContent() {
    m_stack->setCurrentIndex(0);
}
void StateStack::showPage() {
    m_stack->setCurrentIndex(1);
}
bool StateStack::showsContent() const {
    return m_stack->currentIndex() == 0;
}

} // namespace assay
