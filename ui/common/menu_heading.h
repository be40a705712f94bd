#pragma once

#include <QMenu>

namespace assay {

/// A line and a word above the entries that follow. QMenu::addSection shows no word under a style
/// sheet.
inline void addMenuHeading(QMenu* menu, const QString& text) {
    if (!menu->isEmpty())
        menu->addSeparator();
    QAction* heading = menu->addAction(text);
    heading->setEnabled(false);
}

} // namespace assay
