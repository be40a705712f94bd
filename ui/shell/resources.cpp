#include "ui/shell/resources.h"

#include "ui/shell/english_plurals.h"

#include <QCoreApplication>
#include <QDir>

// Q_INIT_RESOURCE declares a function of Qt's naming and may not stand inside a namespace.
static void initWindowResources() {
    Q_INIT_RESOURCE(window);
    Q_INIT_RESOURCE(translations);
}

namespace assay {

void initResources() {
    initWindowResources();
    QCoreApplication::installTranslator(new EnglishPlurals(QCoreApplication::instance()));
}

} // namespace assay
