#include "ui/common/token_strip/strip_accessible.h"

#include "ui/common/token_strip/token_strip.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QHash>
#include <QPointer>

namespace assay {

namespace {

/// One token. It knows only the strip and a number: what it says is read when it is asked.
class TokenAccessible final : public QAccessibleInterface {
public:
    TokenAccessible(TokenStrip* strip, int index)
        : m_strip(strip)
        , m_index(index) { }

    bool isValid() const override {
        return m_strip && m_index < int(m_strip->text().tokens.size());
    }
    QObject* object() const override { return nullptr; }
    QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    QAccessibleInterface* parent() const override {
        return QAccessible::queryAccessibleInterface(m_strip);
    }
    QAccessibleInterface* child(int) const override { return nullptr; }
    int childCount() const override { return 0; }
    int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    QString text(QAccessible::Text kind) const override {
        return isValid() && kind == QAccessible::Name ? spokenToken(m_strip->text(), m_index)
                                                      : QString();
    }
    void setText(QAccessible::Text, const QString&) override { }
    QRect rect() const override {
        if (!isValid())
            return {};
        const QRect box = m_strip->tokenBox(m_index);
        return {m_strip->viewport()->mapToGlobal(box.topLeft()), box.size()};
    }
    QAccessible::Role role() const override { return QAccessible::ListItem; }
    QAccessible::State state() const override {
        QAccessible::State state;
        state.selectable = true;
        state.focusable = true;
        if (isValid()) {
            state.selected = m_strip->selectedToken() == m_index;
            state.focused = state.selected && m_strip->hasFocus();
            state.offscreen = m_strip->tokenBox(m_index).isEmpty();
        }
        return state;
    }
    int index() const { return m_index; }

private:
    QPointer<TokenStrip> m_strip;
    int m_index;
};

class StripAccessible final : public QAccessibleWidget {
public:
    explicit StripAccessible(TokenStrip* strip)
        : QAccessibleWidget(strip, QAccessible::List)
        , m_strip(strip) { }
    ~StripAccessible() override {
        for (const QAccessible::Id id : std::as_const(m_children))
            QAccessible::deleteAccessibleInterface(id);
    }
    bool isValid() const override { return m_strip && QAccessibleWidget::isValid(); }
    int childCount() const override { return m_strip ? int(m_strip->text().tokens.size()) : 0; }
    QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= childCount())
            return nullptr;
        const auto known = m_children.constFind(index);
        if (known != m_children.constEnd())
            return QAccessible::accessibleInterface(known.value());
        auto* made = new TokenAccessible(m_strip, index);
        m_children.insert(index, QAccessible::registerAccessibleInterface(made));
        return made;
    }
    int indexOfChild(const QAccessibleInterface* child) const override {
        const auto* token = dynamic_cast<const TokenAccessible*>(child);
        return token ? token->index() : -1;
    }
    QAccessibleInterface* childAt(int x, int y) const override {
        return m_strip ? child(m_strip->tokenAt(m_strip->viewport()->mapFromGlobal(QPoint(x, y))))
                       : nullptr;
    }
    QAccessibleInterface* focusChild() const override {
        return m_strip ? child(m_strip->selectedToken()) : nullptr;
    }

private:
    QPointer<TokenStrip> m_strip;
    mutable QHash<int, QAccessible::Id> m_children;
};

QAccessibleInterface* makeInterface(const QString&, QObject* object) {
    auto* strip = qobject_cast<TokenStrip*>(object);
    return strip ? new StripAccessible(strip) : nullptr;
}

} // namespace

void installStripAccessibility() {
    // Installing the same factory twice is harmless: Qt keeps it once.
    QAccessible::installFactory(makeInterface);
}

} // namespace assay
