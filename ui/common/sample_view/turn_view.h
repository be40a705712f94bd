#pragma once

#include "ui/common/sample_view/byte_marks.h"

#include "core/data/sample.h"

#include <QWidget>

#include <optional>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace assay {

class Fold;
class TextBlock;
class ToolCallView;
class TurnEditor;

/// Which turn of a sample.
struct TurnPlace {
    enum class List { Messages, Chosen, Rejected, Text };
    List list = List::Messages;
    int index = 0;
    auto operator<=>(const TurnPlace&) const = default;
};

/// The loss of a turn under a model.
struct TurnLoss {
    double mean = 0; ///< nats a token
    int tokens = 0;
    QString model; ///< with its checkpoint
    bool stale = false; ///< the text has changed since
    /// Surprising places of the content, in bytes.
    std::vector<ByteMark> marks;
};

/// A labelled place in the content of a turn, in bytes.
struct TurnSpan {
    std::string event;
    qint64 begin = 0;
    qint64 end = 0;
    QString label;
    QString author;
};

/// One turn: a line that says who speaks and what is known of it, thinking folded, calls as trees,
/// the text, and its editor in place.
class TurnView final : public QWidget {
    Q_OBJECT

public:
    /// Plain text is shown as an assistant's turn at List::Text.
    TurnView(const Message& message, TurnPlace place, QWidget* parent = nullptr);
    TurnPlace place() const { return m_place; }
    const Message& message() const { return m_message; }

    void setTokens(int tokens);
    void setLoss(const std::optional<TurnLoss>& loss);
    void setSpans(const std::vector<TurnSpan>& spans);
    void setRendered(bool rendered);

    TurnEditor* startEdit();
    TurnEditor* editor() const { return m_editor; }
    void endEdit();
    /// Bytes of the content that are selected; equal when none.
    std::pair<qint64, qint64> selectedBytes() const;
    QString heading() const;
    TextBlock* block() const { return m_block; }
    const std::vector<ToolCallView*>& calls() const { return m_calls; }

Q_SIGNALS:
    void editWanted();
    void edited(const assay::Message& message);
    void editLeft();
    void selectionChanged();
    void spanRemovalWanted(const QString& event);

private:
    QString title() const;
    void addReasoning(const QString& text);
    void fillBlock();
    void renewHeading();
    void renewMarks();
    void renewSpanLine();

    Message m_message;
    TurnPlace m_place;
    int m_tokens = -1;
    std::optional<TurnLoss> m_loss;
    std::vector<TurnSpan> m_spans;
    qint64 m_answerBegin = 0;
    QString m_answer;
    bool m_rendered = false;
    QLabel* m_heading;
    QPushButton* m_edit;
    QWidget* m_body;
    QVBoxLayout* m_column;
    QWidget* m_spanLine = nullptr;
    TextBlock* m_block = nullptr;
    std::vector<ToolCallView*> m_calls;
    TurnEditor* m_editor = nullptr;
};

} // namespace assay
