#include "ui/service/project_access.h"

#include "ui/service/project_worker.h"

namespace assay {

ProjectAccess::ProjectAccess(QObject* parent)
    : QObject(parent)
    , m_worker(new ProjectWorker) {
    m_thread.setObjectName(QStringLiteral("project"));
    m_worker->moveToThread(&m_thread);
    m_thread.start();
}

ProjectAccess::~ProjectAccess() {
    m_worker->deleteLater();
    m_thread.quit();
    m_thread.wait();
}

template <class T>
void ProjectAccess::ask(QObject* guard, std::function<Result<T>(ProjectWorker&)> work,
    std::function<void(Result<T>)> done) {
    QMetaObject::invokeMethod(m_worker,
        [this, worker = m_worker, guard = QPointer<QObject>(guard), work = std::move(work),
            done = std::move(done)] {
            auto result = std::make_shared<Result<T>>(work(*worker));
            // This object outlives its thread, so the answer always has somewhere to go.
            QMetaObject::invokeMethod(
                this,
                [guard, done, result] {
                    if (guard)
                        done(std::move(*result));
                },
                Qt::QueuedConnection);
        });
}

void ProjectAccess::open(const QString& folder, QObject* guard, Done<Opened> done) {
    ask<Opened>(
        guard, [folder](ProjectWorker& worker) { return worker.open(folder); }, std::move(done));
}

void ProjectAccess::create(const QString& folder, QObject* guard, Done<Opened> done) {
    ask<Opened>(
        guard, [folder](ProjectWorker& worker) { return worker.create(folder); }, std::move(done));
}

void ProjectAccess::search(
    const QString& text, int limit, QObject* guard, Done<std::vector<SampleRow>> done) {
    SampleFilter filter;
    filter.text = text.toStdString();
    call<std::vector<SampleRow>>(
        guard, [filter, limit](Project& project) { return project.samples().page(filter, limit); },
        std::move(done));
}

void ProjectAccess::list(
    const SampleFilter& filter, SampleOrder order, QObject* guard, Done<List> done) {
    // The list of a guard that died is taken back by the next request of anybody.
    const quint64 number = m_worker->wantList(guard);
    ask<List>(
        guard,
        [number, filter, order](ProjectWorker& worker) -> Result<List> {
            if (!worker.isWanted(number))
                return fail("cancelled");
            return worker.list(number, filter, order);
        },
        [worker = m_worker, number, done = std::move(done)](Result<List> result) {
            if (worker->isWanted(number))
                done(std::move(result));
        });
}

void ProjectAccess::rows(quint64 list, qint64 first, int count, QObject* guard,
    std::function<void(std::vector<SampleRow>)> done) {
    ask<std::vector<SampleRow>>(
        guard,
        [list, first, count](ProjectWorker& worker) { return worker.rows(list, first, count); },
        [done = std::move(done)](Result<std::vector<SampleRow>> rows) {
            done(rows ? std::move(*rows) : std::vector<SampleRow>());
        });
}

void ProjectAccess::idsOf(quint64 list, const std::vector<std::pair<qint64, qint64>>& ranges,
    QObject* guard, Done<std::vector<std::int64_t>> done) {
    ask<std::vector<std::int64_t>>(
        guard, [list, ranges](ProjectWorker& worker) { return worker.idsOf(list, ranges); },
        std::move(done));
}

void ProjectAccess::rowOf(
    quint64 list, qint64 id, QObject* guard, std::function<void(qint64)> done) {
    ask<qint64>(
        guard, [list, id](ProjectWorker& worker) { return worker.rowOf(list, id); },
        [done = std::move(done)](Result<qint64> row) { done(row ? *row : -1); });
}

void ProjectAccess::sample(qint64 id, QObject* guard, Done<StoredSample> done) {
    ask<StoredSample>(
        guard, [id](ProjectWorker& worker) { return worker.sample(id); }, std::move(done));
}

void ProjectAccess::sampleOf(const QString& uid, QObject* guard, Done<qint64> done) {
    call<qint64>(
        guard,
        [uid](Project& project) -> Result<qint64> {
            auto id = project.samples().findId(uid.toStdString());
            if (!id)
                return forward(id);
            return qint64(*id);
        },
        std::move(done));
}

void ProjectAccess::models(QObject* guard, Done<std::vector<ProjectModel>> done) {
    ask<std::vector<ProjectModel>>(
        guard, [](ProjectWorker& worker) { return worker.models(); }, std::move(done));
}

void ProjectAccess::addModel(const QString& folder, QObject* guard, Done<bool> done) {
    ask<bool>(
        guard, [folder](ProjectWorker& worker) { return worker.addModel(folder); },
        std::move(done));
}

void ProjectAccess::run(QObject* guard, std::function<std::shared_ptr<void>(Project&)> work,
    Done<std::shared_ptr<void>> done) {
    ask<std::shared_ptr<void>>(
        guard,
        [work = std::move(work)](ProjectWorker& worker) -> Result<std::shared_ptr<void>> {
            if (!worker.project())
                return fail("window.no_project");
            return work(*worker.project());
        },
        std::move(done));
}

} // namespace assay
