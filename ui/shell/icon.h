#pragma once

#include <QColor>
#include <QIcon>

namespace assay {

/// One of our line drawings from resources/icons, in a colour of the theme and, when checked, in
/// another.
QIcon lineIcon(const QString& name, const QColor& colour, const QColor& checked, int size);

} // namespace assay
