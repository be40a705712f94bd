#include "ui/shell/panel_area.h"

#include "ui/common/fonts.h"
#include "ui/shell/panel_title.h"

#include <QApplication>
#include <QDockWidget>
#include <QScrollArea>

namespace assay {

PanelArea::PanelArea(QWidget* parent)
    : QMainWindow(parent, Qt::Widget) {
    // Without nesting panels could stand in one row only; without a central widget they fill
    // everything.
    setDockOptions(QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks);
    connect(qApp, &QApplication::focusChanged, this,
        [this](QWidget*, QWidget* now) { followFocus(now); });
}

void PanelArea::setPanels(const QList<Panel*>& panels) {
    m_panels = panels;
    QDockWidget* first = nullptr;
    for (Panel* panel : panels) {
        auto* dock = new QDockWidget(panel->title(), this);
        dock->setObjectName(QStringLiteral("dock.") + panel->id());
        // A panel that is given less room than it needs scrolls; the window never grows for it.
        auto* scroll = new QScrollArea;
        scroll->setWidgetResizable(true);
        scroll->setWidget(panel);
        scroll->setFocusPolicy(Qt::NoFocus);
        scroll->setAccessibleName(panel->title());
        scroll->setStyleSheet(QStringLiteral("QScrollArea { background: transparent; }"));
        scroll->viewport()->setAutoFillBackground(false);
        scroll->setMinimumSize(scaled(280), scaled(200));
        dock->setWidget(scroll);
        auto* title = new PanelTitle(panel->title(), dock);
        dock->setTitleBarWidget(title);
        connect(title, &PanelTitle::floatWanted, this,
            [dock] { dock->setFloating(!dock->isFloating()); });
        connect(title, &PanelTitle::aloneWanted, this, [this, panel] { showAlone(panel); });
        connect(title, &PanelTitle::awayWanted, this, [this, panel] { putAway(panel); });
        connect(dock, &QDockWidget::topLevelChanged, this, &PanelArea::showTitles);
        m_docks.insert(panel, dock);
        // All begin in one place, so that choosing another one changes nothing but the panel.
        addDockWidget(Qt::LeftDockWidgetArea, dock);
        if (first)
            tabifyDockWidget(first, dock);
        else
            first = dock;
        dock->hide();
    }
    showTitles();
}

QList<Panel*> PanelArea::visiblePanels() const {
    QList<Panel*> found;
    for (Panel* panel : m_panels)
        if (!dockOf(panel)->isHidden())
            found.append(panel);
    return found;
}

QList<Panel*> PanelArea::dockedPanels() const {
    QList<Panel*> found = visiblePanels();
    found.removeIf([this](Panel* panel) { return dockOf(panel)->isFloating(); });
    return found;
}

void PanelArea::showPanel(Panel* panel) {
    QDockWidget* dock = dockOf(panel);
    if (dock->isHidden()) {
        const QList<Panel*> docked = dockedPanels();
        Panel* leaving = docked.contains(m_current) ? m_current.data()
            : docked.isEmpty()                      ? nullptr
                                                    : docked.constFirst();
        dock->setFloating(false);
        if (leaving) {
            tabifyDockWidget(dockOf(leaving), dock);
            dockOf(leaving)->hide();
        }
        dock->show();
    }
    dock->raise();
    if (dock->isFloating())
        dock->activateWindow();
    makeCurrent(panel);
    showTitles();
}

void PanelArea::showBeside(Panel* panel) {
    const QList<Panel*> docked = dockedPanels();
    if (docked.isEmpty() || (docked.size() == 1 && docked.constFirst() == panel))
        return showPanel(panel);
    Panel* anchor = docked.contains(m_current) && m_current != panel ? m_current.data() : nullptr;
    for (Panel* other : docked)
        if (!anchor && other != panel)
            anchor = other;
    QDockWidget* dock = dockOf(panel);
    dock->setFloating(false);
    // A panel that is a tab of the same place must leave it first, or the split is ignored.
    removeDockWidget(dock);
    splitDockWidget(dockOf(anchor), dock, Qt::Horizontal);
    dock->show();
    resizeDocks({dockOf(anchor), dock}, {1, 1}, Qt::Horizontal);
    makeCurrent(panel);
    showTitles();
}

void PanelArea::showInWindow(Panel* panel) {
    QDockWidget* dock = dockOf(panel);
    const QSize size = m_current ? m_current->size() : this->size();
    const bool last = dockedPanels() == QList<Panel*>{panel};
    dock->show();
    dock->setFloating(true);
    dock->resize(size);
    if (last)
        for (Panel* other : std::as_const(m_panels))
            if (other != panel) {
                showPanel(other);
                break;
            }
    makeCurrent(panel);
    showTitles();
}

void PanelArea::putAway(Panel* panel) {
    QDockWidget* dock = dockOf(panel);
    if (!dock->isFloating() && dockedPanels().size() == 1)
        return;
    dock->hide();
    dock->setFloating(false);
    if (const QList<Panel*> left = dockedPanels(); m_current == panel && !left.isEmpty())
        makeCurrent(left.constFirst());
    showTitles();
}

void PanelArea::showAlone(Panel* panel) {
    for (Panel* other : visiblePanels())
        if (other != panel) {
            dockOf(other)->hide();
            dockOf(other)->setFloating(false);
        }
    dockOf(panel)->setFloating(false);
    dockOf(panel)->show();
    makeCurrent(panel);
    showTitles();
}

bool PanelArea::restoreLayout(const QByteArray& layout) {
    if (layout.isEmpty() || !restoreState(layout, layoutVersion))
        return false;
    const QList<Panel*> docked = dockedPanels();
    if (!docked.isEmpty())
        makeCurrent(docked.constFirst());
    showTitles();
    return true;
}

void PanelArea::makeCurrent(Panel* panel) {
    if (m_current == panel)
        return;
    m_current = panel;
    Q_EMIT currentChanged(panel);
}

void PanelArea::followFocus(QWidget* now) {
    for (QWidget* widget = now; widget; widget = widget->parentWidget())
        if (auto* panel = qobject_cast<Panel*>(widget); panel && m_docks.contains(panel))
            return makeCurrent(panel);
}

void PanelArea::showTitles() {
    const bool several = dockedPanels().size() > 1;
    for (QDockWidget* dock : std::as_const(m_docks))
        static_cast<PanelTitle*>(dock->titleBarWidget())->setShown(several || dock->isFloating());
}

} // namespace assay
