#include "ui/common/accessible_items.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

#include <memory>

namespace assay {

namespace {

/// One item. It knows only the widget and a number: what it says is read when it is asked. The
/// items may go with the list that holds them, and are not asked once the widget has gone.
class ItemAccessible final : public QAccessibleInterface {
public:
    ItemAccessible(
        QAbstractScrollArea* widget, std::shared_ptr<const AccessibleItems> items, int index)
        : m_widget(widget)
        , m_items(std::move(items))
        , m_index(index) { }

    bool isValid() const override { return m_widget && m_index < m_items->count(); }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(m_widget);
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text kind) const override {
        return isValid() && kind == QAccessible::Name ? m_items->spoken(m_index) : QString();
    }
    void setText(QAccessible::Text, const QString&) override { }
    QRect rect() const override {
        if (!isValid())
            return {};
        const QRect box = m_items->box(m_index);
        return {m_widget->viewport()->mapToGlobal(box.topLeft()), box.size()};
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override {
        QAccessible::State state;
        state.selectable = true;
        state.focusable = true;
        if (isValid()) {
            state.selected = m_items->selected() == m_index;
            state.focused = state.selected && m_widget->hasFocus();
            state.offscreen = m_items->box(m_index).isEmpty();
        }
        return state;
    }
    int index() const { return m_index; }

private:
    QPointer<QAbstractScrollArea> m_widget;
    std::shared_ptr<const AccessibleItems> m_items;
    int m_index;
};

class ListAccessible final : public QAccessibleWidget {
public:
    ListAccessible(QAbstractScrollArea* widget, AccessibleItems items)
        : QAccessibleWidget(widget, QAccessible::List)
        , m_widget(widget)
        , m_items(std::make_shared<const AccessibleItems>(std::move(items))) { }
    ~ListAccessible() override {
        for (const QAccessible::Id id : std::as_const(m_children))
            QAccessible::deleteAccessibleInterface(id);
    }
    bool isValid() const override { return m_widget && QAccessibleWidget::isValid(); }
    int childCount() const override { return m_widget ? m_items->count() : 0; }
    QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount())
            return nullptr;
        const auto known = m_children.constFind(index);
        if (known != m_children.constEnd())
            return QAccessible::accessibleInterface(known.value());
        auto* made = new ItemAccessible(m_widget, m_items, index);
        m_children.insert(index, QAccessible::registerAccessibleInterface(made));
        return made;
    }
    int indexOfChild(const QAccessibleInterface* child) const override {
        const auto* item = dynamic_cast<const ItemAccessible*>(child);
        return item ? item->index() : -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override {
        return m_widget ? child(m_items->at(m_widget->viewport()->mapFromGlobal(QPoint(x, y))))
                        : nullptr;
    }
    QAccessibleInterface* focusChild() const override {
        return m_widget ? child(m_items->selected()) : nullptr;
    }

private:
    QPointer<QAbstractScrollArea> m_widget;
    std::shared_ptr<const AccessibleItems> m_items;
    mutable QHash<int, QAccessible::Id> m_children;
};

} // namespace

QAccessibleInterface* makeAccessibleList(QAbstractScrollArea* widget, AccessibleItems items) {
    return new ListAccessible(widget, std::move(items));
}

} // namespace assay
