#include "ui/service/run_reader.h"

#include "ui/service/run_reader_worker.h"

#include <QFutureWatcher>
#include <QtConcurrent>

#include <algorithm>

namespace assay {

RunReader::RunReader(QObject* parent)
    : QObject(parent)
    , m_worker(new RunReaderWorker(this)) {
    m_thread.setObjectName(QStringLiteral("run reader"));
    m_worker->moveToThread(&m_thread);
    m_thread.start();
}

RunReader::~RunReader() {
    m_worker->deleteLater();
    m_thread.quit();
    m_thread.wait();
}

void RunReader::follow(const std::vector<LogPlace>& places) {
    const quint64 generation = ++m_generation;
    std::map<QString, RunData> kept;
    for (const LogPlace& place : places) {
        const QString path = QString::fromStdString(place.path.string());
        const auto known = m_runs.find(path);
        if (known != m_runs.end()) {
            kept.insert(m_runs.extract(known));
        } else {
            RunData data;
            data.place = place;
            data.born = generation;
            kept.emplace(path, std::move(data));
        }
    }
    m_runs = std::move(kept);
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, generation, places] { worker->follow(generation, places); });
}

const RunData* RunReader::run(const QString& path) const {
    const auto found = m_runs.find(path);
    return found == m_runs.end() ? nullptr : &found->second;
}

bool RunReader::isSettled() const {
    return m_opening == 0 && std::ranges::all_of(m_runs, [](const auto& entry) {
        const RunData& run = entry.second;
        return run.failure || (run.loaded && run.findingsAreCurrent);
    });
}

void RunReader::open(const QString& path) {
    ++m_opening;
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, path] { worker->open(path); });
}

void RunReader::take(News news) {
    const auto found = m_runs.find(news.path);
    if (found == m_runs.end() || found->second.born != news.born)
        return;
    RunData& run = found->second;
    auto log = news.restarted ? std::make_shared<RunLog>() : std::make_shared<RunLog>(*run.log);
    log->append(news.rows);
    run.log = std::move(log);
    if (news.restarted)
        run.problems.clear();
    std::ranges::move(news.problems, std::back_inserter(run.problems));
    run.failure = std::move(news.failure);
    run.parameters = std::move(news.parameters);
    run.otherContent = std::move(news.otherContent);
    run.context = news.context;
    run.pendingBytes = news.pendingBytes;
    run.loaded = run.loaded || news.loaded;
    run.findingsAreCurrent = false;
    Q_EMIT changed(news.path);
    judge(news.path);
}

void RunReader::judge(const QString& path) {
    if (const auto running = m_judging.find(path); running != m_judging.end()) {
        running->second = true;
        return;
    }
    const auto found = m_runs.find(path);
    if (found == m_runs.end())
        return;
    m_judging[path] = false;
    auto* watcher = new QFutureWatcher<std::vector<CurveFinding>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, path] {
        watcher->deleteLater();
        const bool again = m_judging[path];
        m_judging.erase(path);
        const auto run = m_runs.find(path);
        if (run == m_runs.end())
            return;
        run->second.findings = watcher->result();
        run->second.findingsAreCurrent = !again;
        Q_EMIT findingsChanged(path);
        if (again)
            judge(path);
    });
    watcher->setFuture(
        QtConcurrent::run([log = found->second.log, context = found->second.context] {
            return readCurves(*log, context);
        }));
}

} // namespace assay
