#include "ui/service/compare_batch_run.h"

#include "core/base/error_json.h"
#include "ui/service/compare_batch_worker.h"

#include <algorithm>

namespace assay {

namespace {

/// Runs `work` on the worker's thread and hands the result to `done` on the guard's.
template <class T>
void ask(CompareBatchWorker* worker, QObject* guard, std::function<Result<T>()> work,
    std::function<void(Result<T>)> done) {
    QMetaObject::invokeMethod(worker, [guard, work = std::move(work), done = std::move(done)] {
        auto result = std::make_shared<Result<T>>(work());
        // The run joins this thread before it dies, so the guard is there.
        QMetaObject::invokeMethod(
            guard, [done, result] { done(std::move(*result)); }, Qt::QueuedConnection);
    });
}

} // namespace

CompareBatchRun::CompareBatchRun(EngineModels* models, QObject* parent)
    : QObject(parent)
    , m_pair(models)
    , m_worker(new CompareBatchWorker) {
    m_thread.setObjectName(QStringLiteral("compare batch"));
    m_worker->moveToThread(&m_thread);
    m_thread.start();
}

CompareBatchRun::~CompareBatchRun() {
    m_worker->want(0);
    m_worker->deleteLater();
    m_thread.quit();
    m_thread.wait();
}

void CompareBatchRun::show(const Plan& plan) {
    if (plan == m_plan && (m_state != State::Idle || m_shown))
        return;
    prepare(plan, false);
}

void CompareBatchRun::start(const Plan& plan) {
    if (m_state != State::Running)
        prepare(plan, true);
}

void CompareBatchRun::prepare(const Plan& plan, bool run) {
    cancel();
    const bool sameRows = plan == m_plan;
    m_plan = plan;
    m_shown = false;
    m_problem.reset();
    const quint64 generation = ++m_generation;
    m_worker->want(generation);
    m_state = State::Preparing;
    if (!sameRows) {
        m_rows.clear();
        m_total = 0;
        Q_EMIT rowsReset();
    }
    Q_EMIT stateChanged();
    m_pair.acquire(
        plan.models, this, [this, generation, plan, run](Result<ModelPair::Loaded> loaded) {
            if (generation != m_generation)
                return;
            if (!loaded)
                return stopWith(loaded.error());
            const CompareBatchSettings settings{loaded->base.info, loaded->tuned.info,
                plan.templateName.toStdString(), plan.source, plan.maxNew, plan.task};
            ask<CompareBatchWorker::Opened>(
                m_worker, this,
                [worker = m_worker, generation, plan, settings, run] {
                    return worker->open(generation, plan, settings, run);
                },
                [this, generation, run](Result<CompareBatchWorker::Opened> opened) {
                    if (generation != m_generation)
                        return;
                    if (!opened)
                        return stopWith(opened.error());
                    m_shown = true;
                    m_file = opened->file;
                    m_total = opened->total;
                    m_rows = std::move(opened->rows);
                    m_missing = std::move(opened->missing);
                    m_failed = std::ranges::count_if(
                        m_rows, [](const CompareBatchRow& row) { return !row.error.is_null(); });
                    m_at = 0;
                    Q_EMIT rowsReset();
                    if (!run)
                        return stopWith(std::nullopt);
                    m_state = State::Running;
                    Q_EMIT stateChanged();
                    next();
                });
        });
}

void CompareBatchRun::next() {
    if (m_at >= m_missing.size())
        return stopWith(std::nullopt);
    const quint64 generation = m_generation;
    ask<CompareBatchWorker::Next>(
        m_worker, this, [worker = m_worker, id = m_missing[m_at++]] { return worker->next(id); },
        [this, generation](Result<CompareBatchWorker::Next> sample) {
            if (generation != m_generation)
                return;
            if (!sample)
                return stopWith(sample.error());
            m_asking = m_pair.compareCase(m_plan.models, m_plan.task, sample->params, this,
                [this, generation, row = sample->row](Result<Json> numbers) mutable {
                    if (generation != m_generation)
                        return;
                    if (numbers) {
                        row.numbers = std::move(*numbers);
                    } else {
                        const Error& error = numbers.error();
                        // The engine itself failed: the sample is not to blame.
                        if (error.code.starts_with("session.") || error.code == "cancelled")
                            return stopWith(error);
                        row.error = errorToJson(error);
                    }
                    take(std::move(row));
                });
        });
}

void CompareBatchRun::take(CompareBatchRow row) {
    const quint64 generation = m_generation;
    ask<void>(
        m_worker, this, [worker = m_worker, row] { return worker->append(row); },
        [this, generation, row](Result<void> written) {
            if (generation != m_generation)
                return;
            if (!written)
                return stopWith(written.error());
            const auto known = std::ranges::find_if(m_rows, [&](const CompareBatchRow& other) {
                return !other.error.is_null() && other.uid == row.uid;
            });
            if (known != m_rows.end()) {
                m_failed -= row.error.is_null();
                *known = row;
                Q_EMIT rowsReset();
            } else {
                m_failed += !row.error.is_null();
                m_rows.push_back(row);
                Q_EMIT rowAdded();
            }
            next();
        });
}

void CompareBatchRun::stopWith(std::optional<Error> problem) {
    m_problem = std::move(problem);
    m_state = State::Idle;
    m_asking = 0;
    Q_EMIT stateChanged();
}

void CompareBatchRun::cancel() {
    ++m_generation;
    m_worker->want(m_generation);
    if (m_asking != 0)
        m_pair.cancel(m_asking);
    m_asking = 0;
    if (m_state == State::Idle)
        return;
    m_state = State::Idle;
    Q_EMIT stateChanged();
}

} // namespace assay
