#include "ui/service/job_watcher.h"

#include "ui/service/job_scanner.h"

#include <algorithm>

namespace assay {

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
    Q_EMIT jobsChanged();
    QMetaObject::invokeMethod(m_scanner,
        [scanner = m_scanner, generation, jobsFolder] { scanner->watch(generation, jobsFolder); });
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

} // namespace assay
