#pragma once

#include "core/job/job_folder.h"

#include <QObject>
#include <QString>
#include <QThread>

#include <limits>
#include <optional>
#include <vector>

namespace assay {

class JobScanner;

/// One line of metrics.jsonl; what is absent is NaN, and so is a NaN that was recorded.
struct MetricPoint {
    static constexpr double none = std::numeric_limits<double>::quiet_NaN();
    double step = none;
    double epoch = none;
    double tokens = none;
    double loss = none;
    double evalLoss = none;
    bool evaluated = false; ///< tells a recorded NaN from no evaluation
    double learningRate = none;
    double gradNorm = none;
    double tokensPerSecond = none;
};
MetricPoint metricPointFromJson(const Json& line);

/// A job of the project as a list shows it.
struct JobSummary {
    QString folder;
    QString name;
    /// "full · 1e-4 · 3 epochs", from the spec.
    TrainSpec spec;
    JobState state;
    /// Whether a process holds the folder now: a running phase without one was interrupted.
    bool owned = false;
    double lastLoss = MetricPoint::none;
    /// Why the folder cannot be read; the rest is then empty.
    std::optional<Error> problem;

    bool interrupted() const {
        return !problem && !owned && state.phase != JobPhase::Queued && !isFinal(state.phase);
    }
};

/// Follows the job folders of a project: the list, and every metric of the one in focus. Files are
/// read on a thread of its own, about ten times a second for the job in focus and once a second for
/// the others; changes arrive here in one piece.
class JobWatcher final : public QObject {
    Q_OBJECT

public:
    explicit JobWatcher(QObject* parent = nullptr);
    ~JobWatcher() override;

    /// The folder that holds the job folders; empty stops. It need not exist yet.
    void watch(const QString& jobsFolder);
    /// The job whose metrics are read; empty for none.
    void focus(const QString& jobFolder);
    QString focused() const { return m_focused; }

    /// Whether the folder has been looked through once since `watch`.
    bool hasScanned() const { return m_scanned; }
    const std::vector<JobSummary>& jobs() const { return m_jobs; }
    const JobSummary* job(const QString& folder) const;
    /// Of the job in focus, in file order.
    const std::vector<MetricPoint>& metrics() const { return m_metrics; }
    /// Whether everything that stood in the focused job's file at first has arrived.
    bool metricsLoaded() const { return m_metricsLoaded; }

Q_SIGNALS:
    void jobsChanged();
    /// Points were added at the end.
    void metricsAdded();
    /// Another job, or the job went back to a checkpoint: all points are new.
    void metricsReset();

private:
    friend class JobScanner;
    void takeJobs(quint64 generation, std::vector<JobSummary> jobs);
    void takeMetrics(const QString& job, bool restarted, std::vector<MetricPoint> points);

    QThread m_thread;
    JobScanner* m_scanner;
    quint64 m_generation = 0;
    QString m_focused;
    bool m_scanned = false;
    bool m_metricsLoaded = false;
    std::vector<JobSummary> m_jobs;
    std::vector<MetricPoint> m_metrics;
};

} // namespace assay
