#pragma once

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace assay {

class SegmentedSwitch;

/// Where a person types: a change of the text in view, a text of their own, or a prompt to be
/// answered. Nothing here touches the sample.
class TextWriter final : public QWidget {
    Q_OBJECT

public:
    enum class Purpose { Edit, Free };
    explicit TextWriter(QWidget* parent = nullptr);
    void begin(Purpose purpose, const QString& text, const QString& explanation);
    Purpose purpose() const { return m_purpose; }
    /// Of a free text: whether it is a message to be answered rather than a text to be scored.
    bool isPrompt() const;
    QString text() const;
    QPlainTextEdit* editor() const { return m_editor; }
    SegmentedSwitch* kind() const { return m_kind; }

Q_SIGNALS:
    void accepted();
    void cancelled();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showKind();
    Purpose m_purpose = Purpose::Free;
    QLabel* m_explanation;
    SegmentedSwitch* m_kind;
    QPlainTextEdit* m_editor;
    QPushButton* m_accept;
};

} // namespace assay
