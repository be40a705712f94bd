#include "ui/common/sample_view/text_block.h"

#include "ui/common/controls.h"
#include "ui/common/fonts.h"
#include "ui/common/sample_view/code_highlighter.h"
#include "ui/common/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPushButton>
#include <QTextBlock>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>

namespace assay {

TextBlock::TextBlock(QWidget* parent)
    : QTextBrowser(parent) {
    setLook(this, "text-block");
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setOpenLinks(false);
    setUndoRedoEnabled(false);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    document()->setDocumentMargin(0);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    viewport()->setAutoFillBackground(false);
    setAutoFillBackground(false);
    setStyleSheet(QStringLiteral("background: transparent; padding: 0;"));
}

void TextBlock::setContent(const QString& text, Form form, const QString& language) {
    m_text = text;
    m_form = form;
    m_language = language;
    m_shown = 0;
    showMore();
}

void TextBlock::showMore() {
    m_shown = std::min(m_text.size(), m_shown + pieceChars);
    // Not in the middle of a line, unless it is a very long one.
    if (m_shown < m_text.size()) {
        const qsizetype line = m_text.indexOf(QLatin1Char('\n'), m_shown);
        if (line >= 0 && line - m_shown < 2000)
            m_shown = line;
        else if (m_text[m_shown].isLowSurrogate())
            ++m_shown;
    }
    fill();
}

void TextBlock::fill() {
    delete m_highlighter;
    m_highlighter = nullptr;
    const QString text = m_text.left(m_shown);
    setFont(m_form == Form::Code ? monoFont() : textFont());
    document()->setDefaultFont(font());
    if (m_form == Form::Markdown)
        document()->setMarkdown(text,
            QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub)
                | QTextDocument::MarkdownNoHTML);
    else
        setPlainText(text);
    // Building a highlighter formats the text later; only where there is code.
    if (m_form == Form::Code)
        m_highlighter = new CodeHighlighter(document(), m_language);
    else if (text.contains(QLatin1String("```")) || text.contains(QLatin1String("~~~")))
        m_highlighter = new CodeHighlighter(document());
    if (m_highlighter)
        m_highlighter->rehighlight();
    paintMarks();
    fit();
}

void TextBlock::setMarks(const std::vector<ByteMark>& marks) {
    m_marks = marks;
    paintMarks();
}

/// Where the marks stand in the document, in their order.
std::vector<std::pair<int, int>> TextBlock::markPlaces() const {
    std::vector<std::pair<int, int>> places;
    if (m_form == Form::Markdown) {
        const std::vector<int> sources = sourcePlaces(document()->toRawText(), m_text);
        const QByteArray utf8 = m_text.toUtf8();
        for (const ByteMark& mark : m_marks) {
            const int begin = int(QString::fromUtf8(utf8.left(mark.begin)).size());
            const int end = int(QString::fromUtf8(utf8.left(mark.end)).size());
            std::pair<int, int> place{0, 0};
            for (int i = 0; i < int(sources.size()); ++i) {
                if (sources[std::size_t(i)] < begin || sources[std::size_t(i)] >= end)
                    continue;
                if (place.second == 0)
                    place.first = i;
                place.second = i + 1;
            }
            places.push_back(place);
        }
        return places;
    }
    std::vector<qint64> bytes;
    for (const ByteMark& mark : m_marks) {
        bytes.push_back(mark.begin);
        bytes.push_back(mark.end);
    }
    std::ranges::sort(bytes);
    const std::vector<int> positions = documentPositions(m_text, bytes);
    const auto place = [&](qint64 byte) {
        const auto found = std::ranges::lower_bound(bytes, byte);
        return positions[std::size_t(found - bytes.begin())];
    };
    for (const ByteMark& mark : m_marks)
        places.emplace_back(place(mark.begin), place(mark.end));
    return places;
}

void TextBlock::paintMarks() {
    QList<QTextEdit::ExtraSelection> selections;
    if (m_form != Form::Code && !m_marks.empty()) {
        const std::vector<std::pair<int, int>> places = markPlaces();
        const int end = document()->characterCount() - 1;
        for (std::size_t i = 0; i < m_marks.size(); ++i) {
            const ByteMark& mark = m_marks[i];
            QTextEdit::ExtraSelection selection;
            selection.cursor = QTextCursor(document());
            selection.cursor.setPosition(std::min(places[i].first, end));
            selection.cursor.setPosition(std::min(places[i].second, end), QTextCursor::KeepAnchor);
            if (mark.fill.isValid())
                selection.format.setBackground(mark.fill);
            if (mark.underline.isValid()) {
                selection.format.setUnderlineStyle(QTextCharFormat::DashUnderline);
                selection.format.setUnderlineColor(mark.underline);
            }
            selections.append(selection);
        }
    }
    setExtraSelections(selections);
}

std::pair<qint64, qint64> TextBlock::selectedBytes() const {
    const QTextCursor cursor = textCursor();
    if (m_form == Form::Code || !cursor.hasSelection())
        return {0, 0};
    if (m_form == Form::Markdown) {
        const std::vector<int> sources = sourcePlaces(document()->toRawText(), m_text);
        int begin = -1;
        int end = -1;
        const int last = std::min(cursor.selectionEnd(), int(sources.size()));
        for (int i = cursor.selectionStart(); i < last; ++i)
            if (const int source = sources[std::size_t(i)]; source >= 0) {
                begin = begin < 0 ? source : begin;
                end = source + 1;
            }
        if (begin < 0)
            return {0, 0};
        if (end < m_text.size() && m_text[end].isLowSurrogate())
            ++end;
        return {m_text.left(begin).toUtf8().size(), m_text.left(end).toUtf8().size()};
    }
    return {byteOfPosition(m_text, cursor.selectionStart()),
        byteOfPosition(m_text, cursor.selectionEnd())};
}

QSize TextBlock::sizeHint() const {
    return {scaled(200), int(std::ceil(document()->size().height())) + 2};
}

QSize TextBlock::minimumSizeHint() const {
    return {scaled(80), sizeHint().height()};
}

void TextBlock::fit() {
    document()->setTextWidth(viewport()->width());
    updateGeometry();
}

void TextBlock::resizeEvent(QResizeEvent* event) {
    QTextBrowser::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        fit();
}

void TextBlock::changeEvent(QEvent* event) {
    QTextBrowser::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_highlighter)
        m_highlighter->rehighlight();
}

void TextBlock::focusInEvent(QFocusEvent* event) {
    m_tabbed = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    QTextBrowser::focusInEvent(event);
}

void TextBlock::wheelEvent(QWheelEvent* event) {
    event->ignore(); // the page scrolls, not the block
}

void TextBlock::keyPressEvent(QKeyEvent* event) {
    // Scrolling keys belong to the page as well.
    switch (event->key()) {
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Space:
        return event->ignore();
    default:
        QTextBrowser::keyPressEvent(event);
    }
}

QWidget* withMoreButton(TextBlock* block) {
    if (!block->hasMore())
        return block;
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(scaled(6));
    column->addWidget(block);
    auto* more = makeButton(QString(), box);
    setLook(more, "link");
    const auto label = [block, more] {
        const QLocale locale;
        more->setText(TextBlock::tr("Show more: %1 of %2 characters are shown")
                          .arg(locale.toString(block->shownChars()),
                              locale.toString(block->content().size())));
        more->setAccessibleName(more->text());
        more->setVisible(block->hasMore());
    };
    label();
    QObject::connect(more, &QPushButton::clicked, block, [block, label] {
        block->showMore();
        label();
    });
    column->addWidget(more, 0, Qt::AlignLeft);
    return box;
}

} // namespace assay
