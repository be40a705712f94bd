#include "ui/service/job_scanner.h"

#include "core/job/metric_number.h"

#include <fstream>

namespace assay {

namespace {

constexpr int scanMs = 1000;
constexpr std::streamoff tailBytes = 16 << 10;

} // namespace

double lastLossIn(const std::filesystem::path& metricsFile) {
    std::ifstream file(metricsFile, std::ios::binary | std::ios::ate);
    if (!file)
        return RunPlace::none;
    const std::streamoff size = file.tellg();
    file.seekg(std::max<std::streamoff>(0, size - tailBytes));
    std::string tail((std::istreambuf_iterator<char>(file)), {});
    tail.resize(tail.find_last_of('\n') == std::string::npos ? 0 : tail.find_last_of('\n'));
    while (!tail.empty()) {
        const std::size_t begin
            = tail.find_last_of('\n') == std::string::npos ? 0 : tail.find_last_of('\n') + 1;
        const auto line = parseJson(std::string_view(tail).substr(begin), "metrics.jsonl");
        if (line && line->is_object() && line->contains("loss"))
            return metricNumber((*line)["loss"]).value_or(RunPlace::none);
        tail.resize(begin == 0 ? 0 : begin - 1);
    }
    return RunPlace::none;
}

JobScanner::JobScanner(JobWatcher* watcher)
    : m_watcher(watcher)
    , m_timer(new QTimer(this)) {
    m_timer->setInterval(scanMs);
    connect(m_timer, &QTimer::timeout, this, &JobScanner::scan);
}

void JobScanner::watch(quint64 generation, const QString& jobsFolder) {
    m_generation = generation;
    m_jobsFolder = jobsFolder.toStdString();
    m_opened.clear();
    m_lastList.clear();
    if (jobsFolder.isEmpty())
        return m_timer->stop();
    scan();
    m_timer->start();
}

JobSummary JobScanner::summarise(const std::filesystem::path& path) {
    JobSummary job;
    job.folder = QString::fromStdString(path.string());
    job.name = QString::fromStdString(path.filename().string());
    auto opened = m_opened.find(path);
    if (opened == m_opened.end()) {
        auto folder = JobFolder::open(path);
        if (!folder) {
            job.problem = folder.error();
            return job;
        }
        opened = m_opened.emplace(path, std::move(*folder)).first;
    }
    const JobFolder& folder = opened->second;
    job.spec = folder.spec();
    auto state = folder.state();
    if (!state) {
        job.problem = state.error();
        return job;
    }
    job.state = std::move(*state);
    if (const auto owner = folder.owner(); owner && *owner)
        job.owned = true;
    job.lastLoss = lastLossIn(folder.metricsFile());
    return job;
}

void JobScanner::scan() {
    std::vector<JobSummary> jobs;
    std::string list = std::to_string(m_generation) + "\n";
    for (const std::filesystem::path& path : jobFoldersIn(m_jobsFolder)) {
        jobs.push_back(summarise(path));
        const JobSummary& job = jobs.back();
        list += path.string() + (job.owned ? "+" : "-") + std::to_string(job.lastLoss)
            + dumpJson(jobStateToJson(job.state)) + (job.problem ? message(*job.problem) : "")
            + "\n";
    }
    if (list == m_lastList)
        return;
    m_lastList = std::move(list);
    QMetaObject::invokeMethod(
        m_watcher,
        [watcher = m_watcher, generation = m_generation, jobs = std::move(jobs)]() mutable {
            watcher->takeJobs(generation, std::move(jobs));
        },
        Qt::QueuedConnection);
}

} // namespace assay
