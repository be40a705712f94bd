#pragma once

#include <QSyntaxHighlighter>

namespace assay {

/// Colours code inside a text: fenced blocks of raw Markdown ("```python"), the code blocks of
/// rendered Markdown, or a whole text in one language. Knows the words of common languages, strings
/// and comments; of others strings and comments only.
class CodeHighlighter final : public QSyntaxHighlighter {
    Q_OBJECT

public:
    /// `language` non-empty: the whole text is code in it ("json").
    explicit CodeHighlighter(QTextDocument* document, const QString& language = {});

protected:
    void highlightBlock(const QString& text) override;

private:
    void highlightCode(const QString& text, int language, bool inComment);

    QString m_whole;
};

} // namespace assay
