#pragma once

#include "ui/common/sample_view/byte_marks.h"

#include <QTextBrowser>

namespace assay {

class CodeHighlighter;

/// Text to read, as high as it needs to be: plain (with fenced code coloured), Markdown rendered,
/// or code. A long text is laid out piece by piece, when it is asked for: `hasMore`.
class TextBlock final : public QTextBrowser {
    Q_OBJECT

public:
    enum class Form { Text, Markdown, Code };

    explicit TextBlock(QWidget* parent = nullptr);
    /// `language` of code, for example "json".
    void setContent(const QString& text, Form form, const QString& language = {});
    QString content() const { return m_text; }
    Form form() const { return m_form; }
    /// Ranges of the text's UTF-8 to paint; code does not show them.
    void setMarks(const std::vector<ByteMark>& marks);
    /// Bytes [begin, end) of the text that is selected, whatever of it is shown; equal when nothing
    /// is selected or the form is code.
    std::pair<qint64, qint64> selectedBytes() const;

    bool hasMore() const { return m_shown < m_text.size(); }
    qsizetype shownChars() const { return m_shown; }
    void showMore();
    /// Characters laid out at a time.
    static constexpr qsizetype pieceChars = 24'000;

    /// Whether the keyboard came by Tab: then arrows are for its cursor.
    bool wasReachedByTab() const { return m_tabbed; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void fill();
    void fit();
    void paintMarks();
    std::vector<std::pair<int, int>> markPlaces() const;

    QString m_text;
    Form m_form = Form::Text;
    QString m_language;
    qsizetype m_shown = 0;
    bool m_tabbed = false;
    CodeHighlighter* m_highlighter = nullptr;
    std::vector<ByteMark> m_marks;
};

/// A text block with, where the text is long, a button for the next piece. Takes the block.
QWidget* withMoreButton(TextBlock* block);

} // namespace assay
