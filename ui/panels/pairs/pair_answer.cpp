#include "ui/panels/pairs/pair_answer.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/fonts.h"

#include <QTextBrowser>
#include <QVBoxLayout>

namespace assay {

PairAnswer::PairAnswer(Place place, QWidget* parent)
    : QFrame(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    const QString name = place == Place::Left ? tr("Left") : tr("Right");
    m_card = new Card(name);
    m_length = makeLabel(QString(), "secondary");
    m_verdict = makeLabel(QString(), "secondary");
    m_card->addControl(m_verdict);
    m_card->addControl(m_length);
    m_view = new QTextBrowser;
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setOpenLinks(false);
    m_view->setTabChangesFocus(true);
    m_view->setFont(textFont());
    m_view->document()->setDocumentMargin(scaled(12));
    m_view->setAccessibleName(place == Place::Left ? tr("Left answer") : tr("Right answer"));
    m_card->setBody(m_view);
    column->addWidget(m_card);
}

void PairAnswer::showText(const QString& text) {
    m_view->setPlainText(text);
    m_length->setText(tr("%n character(s)", nullptr, int(text.size())));
    m_verdict->clear();
}

void PairAnswer::showHtml(const QString& html, const QString& plain) {
    m_view->setHtml(html);
    m_length->setText(tr("%n character(s)", nullptr, int(plain.size())));
    m_verdict->clear();
}

void PairAnswer::setVerdict(const QString& verdict) {
    m_verdict->setText(verdict);
}

} // namespace assay
