#pragma once

#include "core/base/result.h"

#include <QString>

class QWidget;

namespace assay {

/// Saves what the widget shows now as a picture, in the format of the file's suffix: PNG (at twice
/// the size on screen, so that it prints well) or SVG (text stays text; plots inside are drawn as
/// lines, not as pixels). The file is replaced as a whole. Error: "export.picture_format",
/// "export.picture", "file.write".
Result<void> saveWidgetPicture(QWidget* widget, const QString& file);

/// Saves text as UTF-8. The file is replaced as a whole. Error: "file.write".
Result<void> saveTextFile(const QString& text, const QString& file);

} // namespace assay
