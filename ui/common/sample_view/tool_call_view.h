#pragma once

#include "core/data/sample.h"

#include <QFrame>

class QLabel;

namespace assay {

class TextBlock;

/// A JSON value as an indented tree: names on the left, texts in quotes, several lines as they are.
QString jsonTree(const Json& value);

/// A tool call: its name and its arguments as a tree, or as the row has them. Arguments that are
/// not JSON are shown as they are, with what is wrong with them.
class ToolCallView final : public QFrame {
    Q_OBJECT

public:
    explicit ToolCallView(const ToolCall& call, QWidget* parent = nullptr);
    void setRaw(bool raw);
    bool isRaw() const { return m_raw; }
    /// Empty when the arguments are JSON.
    QString problem() const { return m_problem; }
    TextBlock* block() const { return m_block; }

private:
    QString m_rawText;
    QString m_tree;
    QString m_problem;
    bool m_raw = false;
    TextBlock* m_block;
};

} // namespace assay
