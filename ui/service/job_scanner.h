#pragma once

#include "ui/service/job_watcher.h"

#include <QTimer>

#include <map>

namespace assay {

/// The part of JobWatcher that reads files. Lives on the watcher's thread; hands over by value.
class JobScanner final : public QObject {
    Q_OBJECT

public:
    explicit JobScanner(JobWatcher* watcher);
    void watch(quint64 generation, const QString& jobsFolder);

private:
    void scan();
    JobSummary summarise(const std::filesystem::path& folder);

    JobWatcher* m_watcher;
    QTimer* m_timer;
    quint64 m_generation = 0;
    std::filesystem::path m_jobsFolder;
    /// Opened once: a job's spec never changes.
    std::map<std::filesystem::path, JobFolder> m_opened;
    /// What was handed over last, so that an unchanged list stays quiet.
    std::string m_lastList;
};

/// The loss on the last whole line of a metrics file; NaN where there is none. Reads the end only.
double lastLossIn(const std::filesystem::path& metricsFile);

} // namespace assay
