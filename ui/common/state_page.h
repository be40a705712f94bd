#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedLayout;

namespace assay {

/// What stands where content is not there (yet): a title, one sentence, at most one button.
class StatePage final : public QWidget {
    Q_OBJECT

public:
    explicit StatePage(QWidget* parent = nullptr);
    /// An empty `action` shows no button.
    void showEmpty(const QString& title, const QString& sentence, const QString& action = {});
    /// A moving bar; `action` is usually "Cancel" or empty.
    void showLoading(const QString& title, const QString& sentence, const QString& action = {});
    void showFailed(const QString& title, const QString& sentence, const QString& action = {});
    bool isLoading() const;
    QString title() const;
    QString sentence() const;
    /// The one button, hidden when there is no action.
    QPushButton* button() const { return m_button; }

Q_SIGNALS:
    void activated();

private:
    void set(const QString& title, const QString& sentence, const QString& action);
    QLabel* m_title;
    QLabel* m_sentence;
    QProgressBar* m_bar;
    QPushButton* m_button;
};

/// Content, or the page that stands in for it.
class StateStack final : public QWidget {
    Q_OBJECT

public:
    explicit StateStack(QWidget* content, QWidget* parent = nullptr);
    StatePage* page() const { return m_page; }
    void showContent();
    void showPage();
    bool showsContent() const;

private:
    StatePage* m_page;
    QStackedLayout* m_stack;
};

} // namespace assay
