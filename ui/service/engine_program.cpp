#include "ui/service/engine_program.h"

#include "ui/service/engine_session.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace assay {

QString engineProgram() {
    const QString beside
        = QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("assay-cli"));
    if (QFileInfo(beside).isExecutable())
        return beside;
    const QString installed = QStandardPaths::findExecutable(QStringLiteral("assay-cli"));
    return installed.isEmpty() ? beside : installed;
}

QString usualEngineCommand() {
    return EngineSession::defaultCommand(QFileInfo(engineProgram()).path());
}

} // namespace assay
