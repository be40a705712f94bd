#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace assay {

/// A panel on the window's ground: hairline border, 8 px corners, one header line with title, chips
/// and right-aligned controls, and a body.
class Card final : public QFrame {
    Q_OBJECT

public:
    explicit Card(const QString& title, QWidget* parent = nullptr);
    void setTitle(const QString& title);
    /// After the title, before the controls.
    void addChip(QWidget* chip);
    /// On the right side of the header.
    void addControl(QWidget* control);
    /// The body; takes the remaining height. No padding of its own.
    void setBody(QWidget* body);
    void setBody(QLayout* body);
    /// A line under the body, above a hairline.
    void setFooter(QWidget* footer);

private:
    QLabel* m_title;
    QHBoxLayout* m_header;
    QHBoxLayout* m_chips;
    QHBoxLayout* m_controls;
    QVBoxLayout* m_column;
};

} // namespace assay
