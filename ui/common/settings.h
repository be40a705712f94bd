#pragma once

#include <QSettings>
#include <QString>
#include <QStringList>

namespace assay {

/// What the window remembers, each declared once with its key and default; kept in one INI file.
/// A run's configuration is never among them: it lives with the run.
class Settings {
public:
    /// The person's own file; in tests (QStandardPaths test mode) a file apart.
    Settings();
    explicit Settings(const QString& file);

    template <class T> struct Entry {
        const char* key;
        T fallback;
    };
    struct Keys {
        Entry<QString> theme = {"window/theme", QStringLiteral("light")};
        /// Empty: the assay-cli beside the program.
        Entry<QString> engineCommand = {"engine/command", QString()};
        Entry<QStringList> recentProjects = {"projects/recent", QStringList()};
        Entry<QStringList> openedModels = {"models/opened", QStringList()};
        /// Named sets of training parameters as a JSON object; a run's own spec lives with the run.
        Entry<QString> trainPresets = {"train/presets", QStringLiteral("{}")};
        Entry<QByteArray> geometry = {"window/geometry", QByteArray()};
        Entry<QByteArray> layout = {"window/layout", QByteArray()};
        Entry<bool> helpShown = {"window/help", false};
        Entry<bool> comfortable = {"window/comfortable", false};
        /// "en", "zh_CN"; empty: as the system.
        Entry<QString> language = {"window/language", QString()};
        /// Empty: a folder Assay among the person's documents.
        Entry<QString> projectsFolder = {"projects/folder", QString()};
        /// Logs of other trainers that are shown beside the runs, by project (empty: without one).
        Entry<QVariantMap> openedLogs = {"runs/logs", QVariantMap()};
        /// Weight of the moving average over curves, in percent.
        Entry<int> smoothing = {"runs/smoothing", 90};
        Entry<QString> panel = {"window/panel", QStringLiteral("inspect")};
        /// Who judges samples here; empty: the user's name on this machine.
        Entry<QString> reviewer = {"review/reviewer", QString()};
        Entry<QString> reviewProfile = {"review/profile", QStringLiteral("Assay")};
        /// What was changed of the profile: "reject=Backspace".
        Entry<QStringList> reviewKeys = {"review/keys", QStringList()};
        /// Queues in which model scores are shown while judging.
        Entry<QStringList> scoredQueues = {"review/scored_queues", QStringList()};
        Entry<bool> guidelineShown = {"review/guideline_shown", false};
        Entry<bool> markdownRendered = {"review/markdown_rendered", false};
        Entry<bool> inspectSamples = {"inspect/samples", false};
        Entry<bool> inspectCurve = {"inspect/curve", true};
        Entry<bool> inspectBranches = {"inspect/branches", true};
        Entry<bool> inspectFrame = {"inspect/template_tokens", false};
        Entry<bool> inspectUnderline = {"inspect/underline", false};
        Entry<bool> inspectCividis = {"inspect/cividis", false};
    };
    static const Keys& keys();

    template <class T> T get(const Entry<T>& entry) const {
        return m_settings.value(QLatin1String(entry.key), QVariant::fromValue(entry.fallback))
            .template value<T>();
    }
    template <class T> void set(const Entry<T>& entry, const T& value) {
        m_settings.setValue(QLatin1String(entry.key), QVariant::fromValue(value));
    }
    /// Puts a project first in the list of recent ones, which holds at most ten.
    void rememberProject(const QString& folder);
    void rememberModel(const QString& folder);
    /// The author of what is decided in this window; never empty.
    QString author() const;
    /// Where new projects are put unless somebody says otherwise; need not exist yet.
    QString projectsFolder() const;
    QString file() const { return m_settings.fileName(); }

private:
    void adopt();
    QSettings m_settings;
};

} // namespace assay
