#pragma once

#include <QFrame>

class QDockWidget;

namespace assay {

/// The line above a panel that does not stand alone: its name, and what can be done with its place.
/// Dragging it moves the panel (QDockWidget takes the mouse events that this ignores).
class PanelTitle final : public QFrame {
    Q_OBJECT

public:
    PanelTitle(const QString& title, QDockWidget* dock);
    void setShown(bool shown);
    /// A dock goes by the hint even of a title that is hidden.
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void floatWanted();
    void aloneWanted();
    void awayWanted();

private:
    QWidget* m_line;
    bool m_shown = true;
};

} // namespace assay
