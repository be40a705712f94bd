#include "ui/shell/resources.h"

#include <QDir>

// Q_INIT_RESOURCE declares a function of Qt's naming and may not stand inside a namespace.
static void initWindowResources() { Q_INIT_RESOURCE(window); }

namespace assay {

void initResources() { initWindowResources(); }

} // namespace assay
