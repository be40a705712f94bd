#include "ui/common/settings.h"

#include <QDir>
#include <QStandardPaths>

namespace assay {

namespace {

constexpr int currentVersion = 1;
constexpr qsizetype mostRecent = 10;

QString ownFile() {
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation));
    return folder.filePath(QStringLiteral("assay/window.ini"));
}

void putFirst(QStringList& list, const QString& entry) {
    list.removeAll(entry);
    list.prepend(entry);
    while (list.size() > mostRecent)
        list.removeLast();
}

} // namespace

const Settings::Keys& Settings::keys() {
    static const Keys keys;
    return keys;
}

Settings::Settings()
    : Settings(ownFile()) { }

Settings::Settings(const QString& file)
    : m_settings(file, QSettings::IniFormat) {
    adopt();
}

void Settings::adopt() {
    // Version 0 is a file that does not exist yet; later versions rename keys here.
    if (m_settings.value(QStringLiteral("version"), 0).toInt() < currentVersion)
        m_settings.setValue(QStringLiteral("version"), currentVersion);
}

void Settings::rememberProject(const QString& folder) {
    QStringList list = get(keys().recentProjects);
    putFirst(list, folder);
    set(keys().recentProjects, list);
}

void Settings::rememberModel(const QString& folder) {
    QStringList list = get(keys().openedModels);
    putFirst(list, folder);
    set(keys().openedModels, list);
}

QString Settings::author() const {
    const QString chosen = get(keys().reviewer).trimmed();
    if (!chosen.isEmpty())
        return chosen;
    for (const char* name : {"ASSAY_AUTHOR", "USER", "LOGNAME"})
        if (const QString value = qEnvironmentVariable(name); !value.isEmpty())
            return value;
    return QStringLiteral("unknown");
}

QString Settings::projectsFolder() const {
    const QString chosen = get(keys().projectsFolder);
    if (!chosen.isEmpty())
        return chosen;
    return QDir(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation))
        .filePath(QStringLiteral("Assay"));
}

} // namespace assay
