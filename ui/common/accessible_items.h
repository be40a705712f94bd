#pragma once

#include <QPoint>
#include <QRect>
#include <QString>

#include <functional>

class QAbstractScrollArea;
class QAccessibleInterface;

namespace assay {

/// What a widget that paints its items itself tells a screen reader about them. Asked whenever the
/// reader asks, while the widget lives; points and boxes are in the viewport's coordinates.
struct AccessibleItems {
    std::function<int()> count;
    std::function<QString(int)> spoken; ///< what is read out for an item
    std::function<QRect(int)> box; ///< empty where the item is scrolled out of sight
    std::function<int(QPoint)> at; ///< the item there, or -1
    std::function<int()> selected; ///< or -1
};

/// A list with one child an item, to be returned by a factory of QAccessible.
QAccessibleInterface* makeAccessibleList(QAbstractScrollArea* widget, AccessibleItems items);

} // namespace assay
