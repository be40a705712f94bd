#pragma once

#include "core/analysis/run_log.h"
#include "core/job/job_folder.h"

#include <QObject>
#include <QString>
#include <QThread>

#include <optional>
#include <vector>

namespace assay {

class JobScanner;

/// A job of the project as a list shows it.
struct JobSummary {
    QString folder;
    QString name;
    TrainSpec spec;
    JobState state;
    /// Whether a process holds the folder now: a running phase without one was interrupted.
    bool owned = false;
    double lastLoss = RunPlace::none;
    /// Why the folder cannot be read; the rest is then empty.
    std::optional<Error> problem;

    bool interrupted() const {
        return !problem && !owned && state.phase != JobPhase::Queued && !isFinal(state.phase);
    }
};

/// Follows the job folders of a project, once a second. Files are read on a thread of its own;
/// changes arrive here in one piece. The curves of a job are read by RunReader.
class JobWatcher final : public QObject {
    Q_OBJECT

public:
    explicit JobWatcher(QObject* parent = nullptr);
    ~JobWatcher() override;

    /// The folder that holds the job folders; empty stops. It need not exist yet.
    void watch(const QString& jobsFolder);
    /// Whether the folder has been looked through once since `watch`.
    bool hasScanned() const { return m_scanned; }
    const std::vector<JobSummary>& jobs() const { return m_jobs; }
    const JobSummary* job(const QString& folder) const;

Q_SIGNALS:
    void jobsChanged();

private:
    friend class JobScanner;
    void takeJobs(quint64 generation, std::vector<JobSummary> jobs);

    QThread m_thread;
    JobScanner* m_scanner;
    quint64 m_generation = 0;
    bool m_scanned = false;
    std::vector<JobSummary> m_jobs;
};

} // namespace assay
