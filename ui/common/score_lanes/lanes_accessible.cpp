#include "ui/common/score_lanes/lanes_accessible.h"

#include "ui/common/score_lanes/score_lanes.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

namespace assay {

namespace {

/// One cell. It knows only the lanes and a number: what it says is read when it is asked.
class CellAccessible final : public QAccessibleInterface {
public:
    CellAccessible(ScoreLanes* lanes, int index)
        : m_lanes(lanes)
        , m_index(index) { }

    bool isValid() const override { return m_lanes && m_index < int(m_lanes->text().cells.size()); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(m_lanes);
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text kind) const override {
        return isValid() && kind == QAccessible::Name ? spokenCell(m_lanes->text(), m_index)
                                                      : QString();
    }
    void setText(QAccessible::Text, const QString&) override { }
    QRect rect() const override {
        if (!isValid())
            return {};
        const QRect box = m_lanes->cellBox(m_index);
        return {m_lanes->viewport()->mapToGlobal(box.topLeft()), box.size()};
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override {
        QAccessible::State state;
        state.selectable = true;
        state.focusable = true;
        if (isValid()) {
            state.selected = m_lanes->selectedCell() == m_index;
            state.focused = state.selected && m_lanes->hasFocus();
            state.offscreen = m_lanes->cellBox(m_index).isEmpty();
        }
        return state;
    }
    int index() const { return m_index; }

private:
    QPointer<ScoreLanes> m_lanes;
    int m_index;
};

class LanesAccessible final : public QAccessibleWidget {
public:
    explicit LanesAccessible(ScoreLanes* lanes)
        : QAccessibleWidget(lanes, QAccessible::List)
        , m_lanes(lanes) { }
    ~LanesAccessible() override {
        for (const QAccessible::Id id : std::as_const(m_children))
            QAccessible::deleteAccessibleInterface(id);
    }
    bool isValid() const override { return m_lanes && QAccessibleWidget::isValid(); }
    int childCount() const override { return m_lanes ? int(m_lanes->text().cells.size()) : 0; }
    QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount())
            return nullptr;
        const auto known = m_children.constFind(index);
        if (known != m_children.constEnd())
            return QAccessible::accessibleInterface(known.value());
        auto* made = new CellAccessible(m_lanes, index);
        m_children.insert(index, QAccessible::registerAccessibleInterface(made));
        return made;
    }
    int indexOfChild(const QAccessibleInterface* child) const override {
        const auto* cell = dynamic_cast<const CellAccessible*>(child);
        return cell ? cell->index() : -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override {
        return m_lanes ? child(m_lanes->cellAt(m_lanes->viewport()->mapFromGlobal(QPoint(x, y))))
                       : nullptr;
    }
    QAccessibleInterface* focusChild() const override {
        return m_lanes ? child(m_lanes->selectedCell()) : nullptr;
    }

private:
    QPointer<ScoreLanes> m_lanes;
    mutable QHash<int, QAccessible::Id> m_children;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object) {
    auto* lanes = qobject_cast<ScoreLanes*>(object);
    return lanes ? new LanesAccessible(lanes) : nullptr;
}

} // namespace

void installLanesAccessibility() {
    // Installing the same factory twice is harmless: Qt keeps it once.
    QAccessible::installFactory(makeInterface);
}

} // namespace assay
