#include "ui/service/dropped_item.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace assay {

namespace {

bool isLog(const QString& name) {
    static const QRegularExpression pattern(QStringLiteral(
        "(^|\\.)tfevents\\.|^trainer_state\\.json$|^trainer_log\\.jsonl$|^logging\\.jsonl$"));
    return pattern.match(name).hasMatch();
}

bool isWeights(const QString& name) {
    return name.endsWith(QLatin1String(".safetensors")) || name.endsWith(QLatin1String(".gguf"))
        || name == QLatin1String("pytorch_model.bin");
}

} // namespace

DroppedKind droppedKind(const QString& path, QString* target) {
    const QFileInfo info(path);
    if (target)
        *target = info.absoluteFilePath();
    if (!info.exists())
        return DroppedKind::Missing;
    if (info.isFile()) {
        if (isLog(info.fileName()))
            return DroppedKind::Log;
        if (!isWeights(info.fileName()))
            return DroppedKind::Data;
        if (target && QFileInfo::exists(info.dir().filePath(QStringLiteral("config.json"))))
            *target = info.absolutePath();
        return DroppedKind::Model;
    }
    const QDir folder(path);
    const QStringList files = folder.entryList(QDir::Files);
    if (files.contains(QLatin1String("project.db")))
        return DroppedKind::Project;
    // A checkpoint of another trainer holds both; the model is what its folder is for. Without
    // weights its log still tells something.
    if (std::ranges::any_of(files, isWeights))
        return DroppedKind::Model;
    if (std::ranges::any_of(files, isLog))
        return DroppedKind::Log;
    if (files.contains(QLatin1String("config.json"))
        || files.contains(QLatin1String("adapter_config.json")))
        return DroppedKind::Model;
    for (const QString& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QDir inner(folder.filePath(name));
        if (QFileInfo::exists(inner.filePath(QStringLiteral("project.db")))) {
            if (target)
                *target = inner.absolutePath();
            return DroppedKind::Project;
        }
        for (const QString& file : inner.entryList(QDir::Files))
            if (isLog(file))
                return DroppedKind::Log;
    }
    return DroppedKind::Folder;
}

} // namespace assay
