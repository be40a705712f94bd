#include "ui/service/job_watcher.h"

#include "core/job/metric_number.h"
#include "ui/service/job_scanner.h"

#include <algorithm>

namespace assay {

MetricPoint metricPointFromJson(const Json& line) {
    MetricPoint point;
    if (!line.is_object())
        return point;
    const auto read = [&line](const char* key) {
        const auto found = line.find(key);
        return found == line.end() ? MetricPoint::none
                                   : metricNumber(*found).value_or(MetricPoint::none);
    };
    point.step = read("step");
    point.epoch = read("epoch");
    point.tokens = read("tokens");
    point.loss = read("loss");
    point.evalLoss = read("eval_loss");
    point.evaluated = line.contains("eval_loss");
    point.learningRate = read("lr");
    point.gradNorm = read("grad_norm");
    point.tokensPerSecond = read("tokens_per_s");
    return point;
}

JobWatcher::JobWatcher(QObject* parent)
    : QObject(parent)
    , m_scanner(new JobScanner(this)) {
    m_thread.setObjectName(QStringLiteral("job watcher"));
    m_scanner->moveToThread(&m_thread);
    m_thread.start();
}

JobWatcher::~JobWatcher() {
    m_scanner->deleteLater();
    m_thread.quit();
    m_thread.wait();
}

void JobWatcher::watch(const QString& jobsFolder) {
    const quint64 generation = ++m_generation;
    m_jobs.clear();
    m_scanned = false;
    focus({});
    Q_EMIT jobsChanged();
    QMetaObject::invokeMethod(m_scanner,
        [scanner = m_scanner, generation, jobsFolder] { scanner->watch(generation, jobsFolder); });
}

void JobWatcher::focus(const QString& jobFolder) {
    if (jobFolder == m_focused)
        return;
    m_focused = jobFolder;
    m_metrics.clear();
    m_metricsLoaded = false;
    Q_EMIT metricsReset();
    QMetaObject::invokeMethod(
        m_scanner, [scanner = m_scanner, jobFolder] { scanner->focus(jobFolder); });
}

const JobSummary* JobWatcher::job(const QString& folder) const {
    const auto found = std::ranges::find(m_jobs, folder, &JobSummary::folder);
    return found == m_jobs.end() ? nullptr : &*found;
}

void JobWatcher::takeJobs(quint64 generation, std::vector<JobSummary> jobs) {
    if (generation != m_generation)
        return;
    m_jobs = std::move(jobs);
    m_scanned = true;
    Q_EMIT jobsChanged();
}

void JobWatcher::takeMetrics(const QString& job, bool restarted, std::vector<MetricPoint> points) {
    if (job != m_focused)
        return;
    m_metricsLoaded = true;
    if (restarted) {
        m_metrics = std::move(points);
        Q_EMIT metricsReset();
        return;
    }
    m_metrics.insert(m_metrics.end(), points.begin(), points.end());
    Q_EMIT metricsAdded();
}

} // namespace assay
