#pragma once

#include "ui/common/panel.h"

#include <QHash>
#include <QMainWindow>
#include <QPointer>

class QDockWidget;

namespace assay {

/// Where the panels stand. Usually one fills it; any number can stand side by side or in windows of
/// their own, and the arrangement is remembered. A panel that is chosen takes the place of the one
/// used last, unless it is in sight already.
class PanelArea final : public QMainWindow {
    Q_OBJECT

public:
    /// Raised when panels or the way they are arranged change so that an older layout no longer
    /// fits.
    static constexpr int layoutVersion = 1;

    explicit PanelArea(QWidget* parent = nullptr);
    void setPanels(const QList<Panel*>& panels);

    /// The panel that was chosen or used last; null before the first.
    Panel* current() const { return m_current; }
    QList<Panel*> visiblePanels() const;

    void showPanel(Panel* panel);
    /// To the right of the current one.
    void showBeside(Panel* panel);
    void showInWindow(Panel* panel);
    /// Puts a panel away; the last one in the area stays.
    void putAway(Panel* panel);
    /// One panel fills the area again, the others are put away.
    void showAlone(Panel* panel);

    QByteArray saveLayout() const { return saveState(layoutVersion); }
    /// Whether the layout was one of this version; else nothing changes.
    bool restoreLayout(const QByteArray& layout);

Q_SIGNALS:
    void currentChanged(assay::Panel* panel);

private:
    QDockWidget* dockOf(Panel* panel) const { return m_docks.value(panel); }
    QList<Panel*> dockedPanels() const;
    void makeCurrent(Panel* panel);
    void followFocus(QWidget* now);
    void showTitles();

    QList<Panel*> m_panels;
    QHash<Panel*, QDockWidget*> m_docks;
    QPointer<Panel> m_current;
};

} // namespace assay
