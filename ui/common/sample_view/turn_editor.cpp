#include "ui/common/sample_view/turn_editor.h"

#include "ui/common/controls.h"
#include "ui/common/diff_html.h"
#include "ui/common/fonts.h"
#include "ui/common/sample_view/code_highlighter.h"

#include <QHBoxLayout>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBlock>
#include <QTextBrowser>
#include <QTimer>
#include <QVBoxLayout>

namespace assay {

namespace {

/// As high as its text, between three lines and twenty-four.
void fitHeight(QPlainTextEdit* edit) {
    const int line = edit->fontMetrics().lineSpacing();
    const int lines = std::clamp(int(edit->document()->size().height()), 3, 24);
    edit->setFixedHeight(lines * line + scaled(16));
}

} // namespace

TurnEditor::TurnEditor(const Message& message, QWidget* parent)
    : QFrame(parent)
    , m_message(message)
    , m_problem(makeLabel(QString(), "wrong", this))
    , m_diff(new QTextBrowser(this))
    , m_diffTimer(new QTimer(this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(6));
    if (!message.reasoning.empty())
        addField(Field::Part::Reasoning, 0, message.reasoning, tr("Reasoning"));
    if (!message.content.empty() || message.toolCalls.empty())
        addField(Field::Part::Content, 0, message.content, tr("Text"));
    for (std::size_t i = 0; i < message.toolCalls.size(); ++i)
        addField(Field::Part::Arguments, i, message.toolCalls[i].arguments,
            tr("Arguments of %1").arg(QString::fromStdString(message.toolCalls[i].name)));

    m_problem->setWordWrap(true);
    m_problem->setFont(secondaryFont());
    m_problem->hide();
    column->addWidget(m_problem);

    auto* line = new QHBoxLayout;
    line->setSpacing(scaled(8));
    auto* save = makeButton(tr("Save"), this);
    auto* cancel = makeButton(tr("Leave"), this);
    line->addWidget(save);
    line->addWidget(makeKeyCap(QStringLiteral("Ctrl Enter"), this));
    line->addWidget(cancel);
    line->addWidget(makeKeyCap(QStringLiteral("Esc"), this));
    line->addStretch(1);
    column->addLayout(line);
    connect(save, &QPushButton::clicked, this, &TurnEditor::save);
    connect(cancel, &QPushButton::clicked, this, &TurnEditor::leave);

    setLook(m_diff, "text-block");
    m_diff->setAccessibleName(tr("What the edit changes"));
    m_diff->setFocusPolicy(Qt::ClickFocus);
    m_diff->document()->setDocumentMargin(0);
    m_diff->hide();
    column->addWidget(m_diff);
    m_diffTimer->setSingleShot(true);
    m_diffTimer->setInterval(250);
    connect(m_diffTimer, &QTimer::timeout, this, &TurnEditor::showDiff);
}

void TurnEditor::addField(
    Field::Part part, std::size_t call, const std::string& text, const QString& name) {
    auto* edit = new QPlainTextEdit(this);
    edit->setAccessibleName(name);
    setLook(edit, "edit-field");
    edit->setTabChangesFocus(part != Field::Part::Content);
    edit->setFont(part == Field::Part::Arguments ? monoFont() : textFont());
    edit->document()->setDefaultFont(edit->font());
    edit->setPlainText(QString::fromStdString(text));
    if (part == Field::Part::Arguments)
        new CodeHighlighter(edit->document(), QStringLiteral("json"));
    else
        new CodeHighlighter(edit->document());
    edit->installEventFilter(this);
    layout()->addWidget(makeLabel(name, "secondary", this));
    layout()->addWidget(edit);
    fitHeight(edit);
    m_fields.push_back({part, call, edit->toPlainText(), edit});
    connect(edit, &QPlainTextEdit::textChanged, this, [this, edit] {
        fitHeight(edit);
        m_diffTimer->start();
    });
}

QPlainTextEdit* TurnEditor::firstField() const {
    for (const Field& field : m_fields)
        if (field.part == Field::Part::Content)
            return field.edit;
    return m_fields.front().edit;
}

QString TurnEditor::problem() const {
    return m_problem->isHidden() ? QString() : m_problem->text();
}

bool TurnEditor::isChanged() const {
    return std::ranges::any_of(
        m_fields, [](const Field& field) { return field.edit->toPlainText() != field.original; });
}

std::optional<Message> TurnEditor::message() {
    m_problem->hide();
    Message edited = m_message;
    for (const Field& field : m_fields) {
        if (field.edit->toPlainText() == field.original)
            continue; // also keeps line ends and a damaged call byte for byte
        const auto keepLineEnds = [&field](const std::string& before) {
            QString text = field.edit->toPlainText();
            if (before.find("\r\n") != std::string::npos)
                text.replace(QLatin1Char('\n'), QStringLiteral("\r\n"));
            return text.toStdString();
        };
        switch (field.part) {
        case Field::Part::Content:
            edited.content = keepLineEnds(edited.content);
            break;
        case Field::Part::Reasoning:
            edited.reasoning = keepLineEnds(edited.reasoning);
            break;
        case Field::Part::Arguments: {
            const std::string text = field.edit->toPlainText().toStdString();
            const auto json = parseJson(text, "arguments");
            if (!json || !json->is_object()) {
                int row = 1;
                int column = 1;
                QString reason = tr("the arguments of a call are an object: {…}");
                if (!json) {
                    reason = QString::fromStdString(std::string(json.error().argument("reason")));
                    // "arguments:LINE:COLUMN"
                    const QStringList place
                        = QString::fromStdString(json.error().where).split(QLatin1Char(':'));
                    if (place.size() >= 3) {
                        row = place[1].toInt();
                        column = place[2].toInt();
                    }
                }
                m_problem->setText(tr("Not saved: line %1, column %2 is not valid JSON: %3")
                                       .arg(row)
                                       .arg(column)
                                       .arg(reason));
                m_problem->setAccessibleName(m_problem->text());
                m_problem->show();
                const QTextBlock block = field.edit->document()->findBlockByNumber(row - 1);
                QTextCursor cursor(block.isValid() ? block : field.edit->document()->lastBlock());
                cursor.movePosition(QTextCursor::Right, QTextCursor::MoveAnchor,
                    std::min(std::max(0, column - 1), std::max(0, cursor.block().length() - 1)));
                field.edit->setTextCursor(cursor);
                field.edit->setFocus();
                return std::nullopt;
            }
            edited.toolCalls[field.call].arguments = text;
            break;
        }
        }
    }
    return edited;
}

bool TurnEditor::save() {
    if (!isChanged()) {
        Q_EMIT left();
        return true;
    }
    const auto edited = message();
    if (!edited)
        return false;
    Q_EMIT saved(*edited);
    return true;
}

void TurnEditor::leave() {
    if (isChanged()) {
        QMessageBox box(QMessageBox::Question, tr("Leave the edit?"),
            tr("The turn was changed and is not saved."), QMessageBox::NoButton, window());
        box.setObjectName(QStringLiteral("leave-edit"));
        const auto* save = box.addButton(tr("Save"), QMessageBox::AcceptRole);
        const auto* discard = box.addButton(tr("Discard"), QMessageBox::DestructiveRole);
        box.addButton(tr("Go on editing"), QMessageBox::RejectRole);
        box.exec();
        if (box.clickedButton() == save) {
            this->save();
            return;
        }
        if (box.clickedButton() != discard)
            return;
    }
    Q_EMIT left();
}

void TurnEditor::showDiff() {
    QString html;
    for (const Field& field : m_fields) {
        const QString now = field.edit->toPlainText();
        if (now != field.original)
            html += diffHtml(wordDiff(field.original, now));
    }
    m_diff->setHtml(html);
    // No higher than what it says.
    m_diff->document()->setTextWidth(m_diff->viewport()->width());
    m_diff->setFixedHeight(
        std::min(int(m_diff->document()->size().height()) + scaled(4), scaled(180)));
    m_diff->setVisible(!html.isEmpty());
}

bool TurnEditor::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::InputMethod)
        m_composing = !static_cast<QInputMethodEvent*>(event)->preeditString().isEmpty();
    const bool isKey
        = event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride;
    if (isKey && !m_composing) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        const bool saves = enter && key->modifiers().testFlag(Qt::ControlModifier)
            && !key->modifiers().testFlag(Qt::ShiftModifier);
        const bool leaves = key->key() == Qt::Key_Escape;
        if (saves || leaves) {
            event->accept();
            if (event->type() == QEvent::KeyPress)
                saves ? void(save()) : leave();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace assay
