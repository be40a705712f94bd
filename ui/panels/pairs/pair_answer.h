#pragma once

#include <QFrame>

class QLabel;
class QTextBrowser;

namespace assay {

class Card;

/// One of two answers, named by its place only.
class PairAnswer final : public QFrame {
    Q_OBJECT

public:
    enum class Place { Left, Right };
    explicit PairAnswer(Place place, QWidget* parent = nullptr);
    void showText(const QString& text);
    /// Rich text: the answer with what only it says set off.
    void showHtml(const QString& html, const QString& plain);
    /// Sets the answer off as the one chosen; words, not only colour.
    void setVerdict(const QString& verdict);
    QTextBrowser* view() const { return m_view; }

private:
    Card* m_card;
    QLabel* m_verdict;
    QLabel* m_length;
    QTextBrowser* m_view;
};

} // namespace assay
