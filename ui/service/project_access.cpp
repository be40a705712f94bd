#include "ui/service/project_access.h"

#include "ui/service/project_worker.h"
#include "ui/service/survey_worker.h"

namespace assay {

ProjectAccess::ProjectAccess(QObject* parent)
    : QObject(parent)
    , m_lists(std::make_shared<OpenLists>())
    , m_worker(new ProjectWorker(m_lists))
    , m_survey(new SurveyWorker(m_lists)) {
    m_thread.setObjectName(QStringLiteral("project"));
    m_worker->moveToThread(&m_thread);
    m_thread.start();
    m_surveyThread.setObjectName(QStringLiteral("survey"));
    m_survey->moveToThread(&m_surveyThread);
    m_surveyThread.start();
}

ProjectAccess::~ProjectAccess() {
    m_lists->clear(); // ends the reading of an order
    m_survey->deleteLater();
    m_worker->deleteLater();
    m_surveyThread.quit();
    m_thread.quit();
    m_surveyThread.wait();
    m_thread.wait();
}

template <class T, class Worker>
void ProjectAccess::ask(Worker* worker, QObject* guard, std::function<Result<T>(Worker&)> work,
    std::function<void(Result<T>)> done) {
    QMetaObject::invokeMethod(worker,
        [this, worker, guard = QPointer<QObject>(guard), work = std::move(work),
            done = std::move(done)] {
            auto result = std::make_shared<Result<T>>(work(*worker));
            // This object outlives its threads, so the answer always has somewhere to go.
            QMetaObject::invokeMethod(
                this,
                [guard, done, result] {
                    if (guard)
                        done(std::move(*result));
                },
                Qt::QueuedConnection);
        });
}

/// The survey follows to another project before anybody can ask about it.
ProjectAccess::Done<ProjectAccess::Opened> ProjectAccess::noting(Done<Opened> done) {
    return [this, done = std::move(done)](Result<Opened> opened) {
        if (opened && opened->folder != m_folder) {
            m_folder = opened->folder;
            ++m_opened;
            m_survey->setFolder(m_folder);
        }
        done(std::move(opened));
    };
}

void ProjectAccess::open(const QString& folder, QObject* guard, Done<Opened> done) {
    ask<Opened, ProjectWorker>(
        m_worker, guard, [folder](ProjectWorker& worker) { return worker.open(folder); },
        noting(std::move(done)));
}

void ProjectAccess::create(const QString& folder, QObject* guard, Done<Opened> done) {
    ask<Opened, ProjectWorker>(
        m_worker, guard, [folder](ProjectWorker& worker) { return worker.create(folder); },
        noting(std::move(done)));
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
    const quint64 number = m_lists->want(guard, filter, order);
    ask<List, ProjectWorker>(
        m_worker, guard,
        [number, filter, lists = m_lists](ProjectWorker& worker) -> Result<List> {
            if (!lists->isWanted(number))
                return fail("cancelled");
            return worker.list(number, filter);
        },
        [this, number, done = std::move(done)](Result<List> result) {
            if (!m_lists->isWanted(number))
                return;
            if (result)
                QMetaObject::invokeMethod(
                    m_survey, [survey = m_survey, number] { survey->readOrder(number); });
            done(std::move(result));
        });
}

void ProjectAccess::rows(quint64 list, qint64 first, int count, QObject* guard,
    std::function<void(std::vector<SampleRow>)> done) {
    ask<std::vector<SampleRow>, ProjectWorker>(
        m_worker, guard,
        [list, first, count](ProjectWorker& worker) { return worker.rows(list, first, count); },
        [done = std::move(done)](Result<std::vector<SampleRow>> rows) {
            done(rows ? std::move(*rows) : std::vector<SampleRow>());
        });
}

void ProjectAccess::idsOf(quint64 list, const std::vector<std::pair<qint64, qint64>>& ranges,
    QObject* guard, Done<std::vector<std::int64_t>> done) {
    ask<std::vector<std::int64_t>, SurveyWorker>(
        m_survey, guard,
        [list, ranges](SurveyWorker& survey) { return survey.idsOf(list, ranges); },
        std::move(done));
}

void ProjectAccess::rowOf(
    quint64 list, qint64 id, QObject* guard, std::function<void(qint64)> done) {
    ask<qint64, SurveyWorker>(
        m_survey, guard, [list, id](SurveyWorker& survey) { return survey.rowOf(list, id); },
        [done = std::move(done)](Result<qint64> row) { done(row ? *row : -1); });
}

void ProjectAccess::sample(qint64 id, QObject* guard, Done<StoredSample> done) {
    ask<StoredSample, ProjectWorker>(
        m_worker, guard, [id](ProjectWorker& worker) { return worker.sample(id); },
        std::move(done));
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
    ask<std::vector<ProjectModel>, ProjectWorker>(
        m_worker, guard, [](ProjectWorker& worker) { return worker.models(); }, std::move(done));
}

void ProjectAccess::addModel(const QString& folder, QObject* guard, Done<bool> done) {
    ask<bool, ProjectWorker>(
        m_worker, guard, [folder](ProjectWorker& worker) { return worker.addModel(folder); },
        std::move(done));
}

void ProjectAccess::run(QObject* guard, std::function<std::shared_ptr<void>(Project&)> work,
    Done<std::shared_ptr<void>> done) {
    ask<std::shared_ptr<void>, ProjectWorker>(
        m_worker, guard,
        [work = std::move(work)](ProjectWorker& worker) -> Result<std::shared_ptr<void>> {
            if (!worker.project())
                return fail("window.no_project");
            return work(*worker.project());
        },
        std::move(done));
}

void ProjectAccess::runSurvey(QObject* guard, std::function<std::shared_ptr<void>(Project&)> work,
    Done<std::shared_ptr<void>> done) {
    ask<std::shared_ptr<void>, SurveyWorker>(
        m_survey, guard,
        [work = std::move(work)](SurveyWorker& survey) -> Result<std::shared_ptr<void>> {
            auto project = survey.project();
            if (!project)
                return forward(project);
            return work(**project);
        },
        [this, opened = m_opened, done = std::move(done)](Result<std::shared_ptr<void>> result) {
            if (opened == m_opened)
                done(std::move(result));
        });
}

} // namespace assay
