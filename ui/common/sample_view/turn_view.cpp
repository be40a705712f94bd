#include "ui/common/sample_view/turn_view.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/sample_view/fold.h"
#include "ui/common/sample_view/text_block.h"
#include "ui/common/sample_view/tool_call_view.h"
#include "ui/common/sample_view/turn_editor.h"
#include "ui/common/sample_view/turn_text.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace assay {

TurnView::TurnView(const Message& message, TurnPlace place, QWidget* parent)
    : QWidget(parent)
    , m_message(message)
    , m_place(place) {
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(scaled(4));
    auto* line = new QHBoxLayout;
    m_heading = makeLabel(QString(), "secondary", this);
    m_heading->setWordWrap(true);
    line->addWidget(m_heading, 1);
    m_edit = makeButton(tr("Edit"), this);
    setLook(m_edit, "link");
    m_edit->setFont(secondaryFont());
    m_edit->setFocusPolicy(Qt::TabFocus);
    m_edit->setAccessibleName(tr("Edit this turn (%1)").arg(title()));
    line->addWidget(m_edit, 0, Qt::AlignTop);
    m_column->addLayout(line);
    connect(m_edit, &QPushButton::clicked, this, &TurnView::editWanted);

    m_body = new QWidget(this);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(scaled(6));
    m_column->addWidget(m_body);

    const SplitContent split = splitReasoning(message.content);
    m_answerBegin = split.answerBegin;
    m_answer = QString::fromStdString(split.answer);
    if (!message.reasoning.empty())
        addReasoning(QString::fromStdString(message.reasoning));
    if (!split.reasoning.empty())
        addReasoning(QString::fromStdString(split.reasoning));
    for (const ToolCall& call : message.toolCalls) {
        auto* view = new ToolCallView(call, m_body);
        m_calls.push_back(view);
        body->addWidget(view);
    }
    if (!m_answer.isEmpty() || (message.toolCalls.empty() && split.reasoning.empty())) {
        m_block = new TextBlock(m_body);
        m_block->setAccessibleName(tr("Text of the turn (%1)").arg(title()));
        fillBlock();
        QWidget* block = withMoreButton(m_block);
        if (message.role == Role::Assistant || message.role == Role::Tool) {
            auto* frame = new QFrame(m_body);
            setLook(frame, "sunken");
            auto* inside = new QVBoxLayout(frame);
            inside->setContentsMargins(scaled(12), scaled(9), scaled(12), scaled(9));
            inside->addWidget(block);
            body->addWidget(frame);
        } else {
            body->addWidget(block);
        }
        connect(m_block, &QTextBrowser::selectionChanged, this, &TurnView::selectionChanged);
        if (m_answer.isEmpty())
            body->addWidget(makeLabel(tr("(empty)"), "secondary"));
    }
    renewHeading();
}

QString TurnView::title() const {
    return m_place.list == TurnPlace::List::Text ? tr("text") : turnTitle(m_message);
}

void TurnView::addReasoning(const QString& text) {
    const std::string utf8 = text.toStdString();
    m_body->layout()->addWidget(new Fold(
        tr("reasoning · %1").arg(preview(utf8)), lengthNote(-1, utf8),
        [text] {
            auto* block = new TextBlock;
            block->setContent(text, TextBlock::Form::Text);
            block->setAccessibleName(tr("Reasoning"));
            return withMoreButton(block);
        },
        m_body));
}

void TurnView::fillBlock() {
    m_block->setContent(m_answer, m_rendered ? TextBlock::Form::Markdown : TextBlock::Form::Text);
}

void TurnView::setRendered(bool rendered) {
    if (m_rendered == rendered)
        return;
    m_rendered = rendered;
    if (m_block)
        fillBlock();
}

void TurnView::setTokens(int tokens) {
    m_tokens = tokens;
    renewHeading();
}

void TurnView::setLoss(const std::optional<TurnLoss>& loss) {
    m_loss = loss;
    renewHeading();
    renewMarks();
}

QString TurnView::heading() const {
    return m_heading->text();
}

void TurnView::renewHeading() {
    QStringList parts = {title()};
    const double weight = trainWeight(m_message);
    const bool learned
        = m_place.list == TurnPlace::List::Messages || m_place.list == TurnPlace::List::Text;
    if (learned && (m_message.role == Role::Assistant || m_message.trainWeight)) {
        if (weight == 1)
            parts << tr("trained");
        else if (weight == 0)
            parts << tr("not trained");
        else
            parts << tr("train weight %1").arg(QLocale().toString(weight, 'g', 3));
    }
    parts << lengthNote(m_tokens, countedText(m_message));
    if (m_loss) {
        const QString loss = QLocale().toString(m_loss->mean, 'f', 2);
        parts << (m_loss->stale ? tr("loss %1 under %2, before the edit").arg(loss, m_loss->model)
                                : tr("loss %1 under %2").arg(loss, m_loss->model));
    }
    m_heading->setText(parts.join(QStringLiteral(" · ")));
}

void TurnView::renewMarks() {
    if (!m_block)
        return;
    std::vector<ByteMark> marks;
    const auto add = [&](ByteMark mark) {
        mark.begin = std::max<qint64>(0, mark.begin - m_answerBegin);
        mark.end -= m_answerBegin;
        if (mark.end > mark.begin)
            marks.push_back(mark);
    };
    if (m_loss && !m_loss->stale)
        for (const ByteMark& mark : m_loss->marks)
            add(mark);
    for (const TurnSpan& span : m_spans)
        add({span.begin, span.end, tokens().accentGround, tokens().accent, span.label});
    m_block->setMarks(marks);
}

void TurnView::setSpans(const std::vector<TurnSpan>& spans) {
    m_spans = spans;
    renewMarks();
    renewSpanLine();
}

void TurnView::renewSpanLine() {
    delete m_spanLine;
    m_spanLine = nullptr;
    if (m_spans.empty())
        return;
    m_spanLine = new QWidget(this);
    auto* line = new QHBoxLayout(m_spanLine);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(scaled(6));
    for (const TurnSpan& span : m_spans) {
        const std::string quoted = span.begin < qint64(m_message.content.size())
            ? m_message.content.substr(std::size_t(span.begin), std::size_t(span.end - span.begin))
            : std::string();
        auto* chip = makeButton(tr("%1: %2 ✕").arg(span.label, preview(quoted, 24)), m_spanLine);
        setLook(chip, "link");
        chip->setFont(secondaryFont());
        chip->setFocusPolicy(Qt::TabFocus);
        chip->setToolTip(tr("Labelled by %1; click to take the label back").arg(span.author));
        chip->setAccessibleName(
            tr("Take back the label %1 on %2").arg(span.label, preview(quoted, 24)));
        connect(chip, &QPushButton::clicked, this, [this, event = span.event] {
            Q_EMIT spanRemovalWanted(QString::fromStdString(event));
        });
        line->addWidget(chip);
    }
    line->addStretch(1);
    m_column->addWidget(m_spanLine);
}

std::pair<qint64, qint64> TurnView::selectedBytes() const {
    if (!m_block)
        return {0, 0};
    const auto [begin, end] = m_block->selectedBytes();
    if (begin == end)
        return {0, 0};
    return {begin + m_answerBegin, end + m_answerBegin};
}

TurnEditor* TurnView::startEdit() {
    if (m_editor)
        return m_editor;
    m_editor = new TurnEditor(m_message, this);
    m_column->insertWidget(m_column->indexOf(m_body), m_editor);
    m_body->hide();
    m_edit->hide();
    connect(m_editor, &TurnEditor::saved, this, &TurnView::edited);
    connect(m_editor, &TurnEditor::left, this, [this] {
        endEdit();
        Q_EMIT editLeft();
    });
    m_editor->show();
    m_editor->firstField()->setFocus();
    return m_editor;
}

void TurnView::endEdit() {
    if (!m_editor)
        return;
    m_editor->hide();
    m_editor->deleteLater();
    m_editor = nullptr;
    m_body->show();
    m_edit->show();
}

} // namespace assay
