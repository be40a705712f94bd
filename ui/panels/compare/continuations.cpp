#include "ui/panels/compare/continuations.h"

#include "ui/common/card.h"
#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QScrollBar>
#include <QTextBrowser>

namespace assay {

qsizetype commonPrefix(const QString& a, const QString& b) {
    qsizetype length = 0;
    while (length < a.size() && length < b.size() && a[length] == b[length])
        ++length;
    // Not between the two halves of a character.
    if (length > 0 && length < a.size() && a[length - 1].isHighSurrogate())
        --length;
    return length;
}

Continuations::Continuations(QWidget* parent)
    : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(10));
    build(m_base, ModelRole::Base);
    build(m_tuned, ModelRole::Tuned);
    row->addWidget(m_base.card, 1);
    row->addWidget(m_tuned.card, 1);
    clear();
}

void Continuations::build(Side& side, ModelRole role) {
    const bool isBase = role == ModelRole::Base;
    side.card = new Card(isBase ? tr("Base continues") : tr("Tuned continues"));
    side.dot = makeLabel(QStringLiteral("●"));
    side.card->addChip(side.dot);
    side.note = makeLabel(QString(), "secondary");
    side.card->addControl(side.note);
    side.view = new QTextBrowser;
    side.view->setFrameShape(QFrame::NoFrame);
    side.view->setAccessibleName(isBase ? tr("The base model's own continuation")
                                        : tr("The tuned model's own continuation"));
    side.view->document()->setDocumentMargin(scaled(12));
    side.view->setFont(textFont());
    side.view->setTabChangesFocus(true);
    side.card->setBody(side.view);
}

void Continuations::clear() {
    m_token = -1;
    m_before.clear();
    for (Side* side : {&m_base, &m_tuned}) {
        side->text.clear();
        side->state.clear();
    }
    render();
}

void Continuations::start(int token, const QString& before) {
    clear();
    m_token = token;
    m_before = before;
    render();
}

void Continuations::addText(ModelRole role, const QString& text) {
    side(role).text += text;
    render();
}

void Continuations::setText(ModelRole role, const QString& text) {
    side(role).text = text;
    render();
}

void Continuations::setState(ModelRole role, const QString& state) {
    side(role).state = state;
    render();
}

void Continuations::render() {
    const DesignTokens& t = tokens();
    const qsizetype common = commonPrefix(m_base.text, m_tuned.text);
    for (Side* side : {&m_base, &m_tuned}) {
        side->dot->setStyleSheet(QStringLiteral("color: %1;")
                                     .arg((side == &m_tuned ? t.tunedModel : t.baseModel).name()));
        if (m_token < 0) {
            side->note->clear();
            side->view->setHtml(QStringLiteral("<span style='color:%1'>%2</span>")
                                    .arg(t.secondary.name(),
                                        tr("Choose a token and press Enter: this model goes on "
                                           "from before it.")
                                            .toHtmlEscaped()));
            continue;
        }
        side->note->setText(side->state.isEmpty()
                ? tr("from token %1").arg(m_token + 1)
                : tr("from token %1 · %2").arg(QString::number(m_token + 1), side->state));
        const bool tuned = side == &m_tuned;
        const bool bothTalk = !m_base.text.isEmpty() && !m_tuned.text.isEmpty();
        const QString shared = bothTalk ? side->text.left(common) : side->text;
        const QString own = bothTalk ? side->text.mid(common) : QString();
        const auto escaped = [](QString text) {
            return text.toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral("<br>"));
        };
        side->view->setHtml(
            QStringLiteral("<div style='white-space:pre-wrap'><span style='color:%1'>%2</span>%3"
                           "<b style='color:%4'>%5</b></div>")
                .arg(t.secondary.name(), escaped(m_before), escaped(shared),
                    (tuned ? t.tunedModel : t.baseModel).name(), escaped(own)));
        side->view->verticalScrollBar()->setValue(side->view->verticalScrollBar()->maximum());
    }
}

void Continuations::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        render();
}

} // namespace assay
