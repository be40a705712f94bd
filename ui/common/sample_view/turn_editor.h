#pragma once

#include "core/data/sample.h"

#include <QFrame>

#include <vector>

class QLabel;
class QPlainTextEdit;
class QTextBrowser;
class QTimer;

namespace assay {

/// Edits one turn: its text, its thinking, the arguments of its tool calls. What is edited of a
/// call must be JSON.
class TurnEditor final : public QFrame {
    Q_OBJECT

public:
    explicit TurnEditor(const Message& message, QWidget* parent = nullptr);
    bool isChanged() const;
    /// The turn as edited, or nothing when a call is not JSON: that is then shown at its place.
    std::optional<Message> message();
    /// Saves when it can; says so with `saved`, or nothing when unchanged (then `left`).
    bool save();
    /// Asks first when something was changed.
    void leave();
    QPlainTextEdit* firstField() const;
    QString problem() const;

Q_SIGNALS:
    void saved(const assay::Message& message);
    void left();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Field {
        enum class Part { Reasoning, Content, Arguments };
        Part part = Part::Content;
        std::size_t call = 0;
        QString original;
        QPlainTextEdit* edit = nullptr;
    };
    void addField(Field::Part part, std::size_t call, const std::string& text, const QString& name);
    bool isComposing() const { return m_composing; }
    void showDiff();

    Message m_message;
    std::vector<Field> m_fields;
    QLabel* m_problem;
    QTextBrowser* m_diff;
    QTimer* m_diffTimer;
    bool m_composing = false;
};

} // namespace assay
