#include "ui/panels/inspect/text_writer.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace assay {

TextWriter::TextWriter(QWidget* parent)
    : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(12), scaled(10), scaled(12), scaled(10));
    column->setSpacing(scaled(8));
    auto* head = new QHBoxLayout;
    head->setSpacing(scaled(8));
    m_kind = new SegmentedSwitch;
    m_kind->add(tr("text"), tr("Score the words as they stand"));
    m_kind->add(tr("prompt"), tr("Send the words as a message and let the model answer"));
    head->addWidget(m_kind);
    m_explanation = makeLabel(QString(), "secondary");
    m_explanation->setWordWrap(true);
    head->addWidget(m_explanation, 1);
    column->addLayout(head);
    m_editor = new QPlainTextEdit;
    m_editor->setFont(monoFont());
    m_editor->setAccessibleName(tr("Text to be scored"));
    m_editor->setTabChangesFocus(true);
    m_editor->setPlaceholderText(tr("Type or paste here"));
    m_editor->installEventFilter(this);
    column->addWidget(m_editor, 1);
    auto* line = new QHBoxLayout;
    line->setSpacing(scaled(8));
    line->addStretch(1);
    auto* cancel = makeButton(tr("Cancel"));
    m_accept = makePrimaryButton(tr("Score this text"));
    line->addWidget(makeKeyCap(QStringLiteral("Esc")));
    line->addWidget(cancel);
    line->addWidget(makeKeyCap(QStringLiteral("Ctrl Enter")));
    line->addWidget(m_accept);
    column->addLayout(line);
    connect(cancel, &QPushButton::clicked, this, &TextWriter::cancelled);
    connect(m_accept, &QPushButton::clicked, this, &TextWriter::accepted);
    connect(m_kind, &SegmentedSwitch::changed, this, &TextWriter::showKind);
    connect(m_editor, &QPlainTextEdit::textChanged, this,
        [this] { m_accept->setEnabled(!m_editor->toPlainText().isEmpty()); });
}

void TextWriter::begin(Purpose purpose, const QString& text, const QString& explanation) {
    m_purpose = purpose;
    m_kind->setVisible(purpose == Purpose::Free);
    m_explanation->setText(explanation);
    m_editor->setPlainText(text);
    m_editor->selectAll();
    m_accept->setEnabled(!text.isEmpty());
    showKind();
    m_editor->setFocus();
}

void TextWriter::showKind() {
    m_accept->setText(isPrompt() ? tr("Ask the model") : tr("Score this text"));
    m_accept->setAccessibleName(m_accept->text());
}

bool TextWriter::isPrompt() const {
    return m_purpose == Purpose::Free && m_kind->current() == 1;
}

QString TextWriter::text() const {
    return m_editor->toPlainText();
}

bool TextWriter::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_editor && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (enter && key->modifiers() & Qt::ControlModifier && m_accept->isEnabled()) {
            Q_EMIT accepted();
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            Q_EMIT cancelled();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace assay
