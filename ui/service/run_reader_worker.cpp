#include "ui/service/run_reader_worker.h"

namespace assay {

namespace {

constexpr int tickMs = 100;
constexpr int ticksPerForeignPoll = 10;
/// A log of more rows is handed over once a second at most: each time the window copies it.
constexpr std::int64_t manyRows = 100'000;
constexpr qint64 manyRowsMs = 1000;

QString keyOf(const LogPlace& place) {
    return QString::fromStdString(place.path.string());
}

} // namespace

LogSummary summarise(const LogPlace& place) {
    LogSummary summary;
    summary.place = place;
    const auto reader = openLog(place);
    do {
        auto update = reader->poll();
        if (!update) {
            summary.problem = update.error();
            return summary;
        }
        if (update->restarted) {
            summary = LogSummary();
            summary.place = place;
        }
        const RunLog& rows = update->rows;
        summary.rows += qint64(rows.rowCount());
        for (const double step : rows.steps())
            if (!(step < summary.lastStep))
                summary.lastStep = step;
        if (rows.find(curve::loss)) {
            summary.hasLoss = true;
            summary.lastLoss = rows.last(curve::loss);
        }
    } while (!reader->isAtEnd());
    summary.totalSteps = reader->context().totalSteps;
    return summary;
}

RunReaderWorker::RunReaderWorker(RunReader* reader)
    : m_owner(reader)
    , m_timer(new QTimer(this)) {
    m_timer->setInterval(tickMs);
    connect(m_timer, &QTimer::timeout, this, &RunReaderWorker::tick);
}

void RunReaderWorker::follow(quint64 generation, const std::vector<LogPlace>& places) {
    std::map<QString, Followed> kept;
    for (const LogPlace& place : places) {
        const auto known = m_runs.find(keyOf(place));
        if (known != m_runs.end()) {
            kept.insert(m_runs.extract(known));
            continue;
        }
        Followed run;
        run.place = place;
        run.reader = openLog(place);
        run.born = generation;
        kept.emplace(keyOf(place), std::move(run));
    }
    m_runs = std::move(kept);
    if (m_runs.empty())
        return m_timer->stop();
    m_ticks = 0;
    tick();
    m_timer->start();
}

void RunReaderWorker::tick() {
    const bool foreignToo = m_ticks++ % ticksPerForeignPoll == 0;
    for (auto& [key, run] : m_runs)
        if (run.first || foreignToo || run.place.kind == LogKind::Job)
            read(run);
}

void RunReaderWorker::read(Followed& run) {
    // A long log comes in pieces; the first ones are shown while the rest is read.
    do {
        auto update = run.reader->poll();
        if (!update) {
            // Told once; a log that comes back (a project folder renamed back) is read on.
            if (!run.failed) {
                run.failed = true;
                run.news.failure = update.error();
                handOver(run);
            }
            return;
        }
        if (std::exchange(run.failed, false)) {
            run.news.failure.reset();
            run.first = true;
        }
        if (update->restarted) {
            run.news.rows = RunLog();
            run.news.restarted = true;
            run.rows = 0;
        }
        run.rows += std::int64_t(update->rows.rowCount());
        run.news.rows.append(update->rows);
        run.news.pendingBytes = update->pendingBytes;
        for (Error& problem : update->problems)
            run.news.problems.push_back(std::move(problem));
        const bool waits = run.rows > manyRows && run.handedOver.isValid()
            && !run.handedOver.hasExpired(manyRowsMs);
        run.news.loaded = run.reader->isAtEnd();
        const bool hasNews = !run.news.rows.isEmpty() || run.news.restarted
            || !run.news.problems.empty() || (run.first && run.news.loaded);
        if (hasNews && !waits)
            handOver(run);
    } while (!run.reader->isAtEnd());
}

void RunReaderWorker::handOver(Followed& run) {
    run.news.path = keyOf(run.place);
    run.news.born = run.born;
    run.news.parameters = run.reader->parameters();
    run.news.otherContent = run.reader->otherContent();
    run.news.context = run.reader->context();
    run.first = run.first && !run.news.loaded;
    run.handedOver.start();
    RunReader::News news = std::exchange(run.news, {});
    QMetaObject::invokeMethod(
        m_owner,
        [owner = m_owner, news = std::move(news)]() mutable { owner->take(std::move(news)); },
        Qt::QueuedConnection);
}

void RunReaderWorker::open(const QString& path) {
    auto places = findLogs(path.toStdString());
    if (!places) {
        QMetaObject::invokeMethod(
            m_owner,
            [owner = m_owner, path, error = places.error()] {
                --owner->m_opening;
                Q_EMIT owner->logsFailed(path, error);
            },
            Qt::QueuedConnection);
        return;
    }
    std::vector<LogSummary> logs;
    logs.reserve(places->size());
    for (const LogPlace& place : *places)
        logs.push_back(summarise(place));
    QMetaObject::invokeMethod(
        m_owner,
        [owner = m_owner, path, logs = std::move(logs)] {
            --owner->m_opening;
            Q_EMIT owner->logsFound(path, logs);
        },
        Qt::QueuedConnection);
}

} // namespace assay
