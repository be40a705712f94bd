#include "ui/service/run_planner.h"

namespace assay {

namespace {

Result<std::shared_ptr<const PlannedRun>> planOn(std::unique_ptr<RunPlan>& plan,
    const TrainSpec& spec, const ProgressFunction& reading, const ProgressFunction& tokenising,
    const StopToken& stop) {
    if (plan) {
        if (auto changed = plan->change(spec, reading, tokenising, stop); !changed)
            return forward(changed);
    } else {
        auto made = RunPlan::make(spec, {}, reading, tokenising, stop);
        if (!made)
            return forward(made);
        plan = std::move(*made);
    }
    auto planned = std::make_shared<PlannedRun>();
    planned->spec = plan->spec();
    planned->survey = plan->sharedSurvey();
    planned->firstEpoch = plan->sharedEpoch();
    planned->trainRows = planned->survey->trainRows();
    planned->batches = plan->batches();
    planned->facts = plan->facts();
    if (plan->model())
        planned->model = *plan->model();
    if (auto estimate = plan->estimate(std::nullopt))
        planned->estimate = *estimate;
    else
        planned->modelProblem = estimate.error();
    return std::shared_ptr<const PlannedRun>(std::move(planned));
}

} // namespace

RunPlanner::RunPlanner(QObject* parent)
    : QObject(parent)
    , m_worker(new QObject)
    , m_plan(std::make_shared<std::unique_ptr<RunPlan>>()) {
    m_thread.setObjectName(QStringLiteral("plan"));
    m_worker->moveToThread(&m_thread);
    m_thread.start();
}

RunPlanner::~RunPlanner() {
    m_stop.request_stop();
    m_measureStop.request_stop();
    m_worker->deleteLater();
    m_thread.quit();
    m_thread.wait();
}

void RunPlanner::post(std::function<void()> work) {
    QMetaObject::invokeMethod(m_worker, std::move(work), Qt::QueuedConnection);
}

ProgressFunction RunPlanner::progressOf(Stage stage, quint64 number) {
    return [this, stage, number](const Progress& progress) {
        QMetaObject::invokeMethod(
            this,
            [this, stage, number, progress] {
                if (number == m_number)
                    Q_EMIT progressed(int(stage), progress.done, progress.total);
            },
            Qt::QueuedConnection);
    };
}

void RunPlanner::plan(const TrainSpec& spec) {
    m_stop.request_stop();
    m_measureStop.request_stop();
    m_stop = std::stop_source();
    const quint64 number = ++m_number;
    if (!m_planning) {
        m_planning = true;
        Q_EMIT planningChanged();
    }
    const ProgressFunction reading = progressOf(Stage::Reading, number);
    const ProgressFunction tokenising = progressOf(Stage::Tokenising, number);
    post([this, number, spec, reading, tokenising, plan = m_plan, stop = m_stop.get_token()] {
        if (stop.stop_requested())
            return;
        auto result = std::make_shared<Result<std::shared_ptr<const PlannedRun>>>(
            planOn(*plan, spec, reading, tokenising, stop));
        // This object outlives its thread, so the answer always has somewhere to go.
        QMetaObject::invokeMethod(
            this,
            [this, number, result] {
                if (number != m_number)
                    return;
                m_planning = false;
                Q_EMIT planningChanged();
                if (*result) {
                    m_planned = **result;
                    Q_EMIT plannedChanged();
                } else {
                    m_planned.reset();
                    Q_EMIT failed(result->error());
                }
            },
            Qt::QueuedConnection);
    });
}

void RunPlanner::forget() {
    post([plan = m_plan] { plan->reset(); });
}

void RunPlanner::preview(qint64 index, QObject* guard, Done<RowPreview> done) {
    const quint64 number = ++m_previewNumber;
    post([this, number, index, plan = m_plan, guard = QPointer<QObject>(guard),
             done = std::move(done)] {
        auto result = std::make_shared<Result<RowPreview>>(
            *plan ? (*plan)->preview(index) : Result<RowPreview>(fail("cancelled")));
        QMetaObject::invokeMethod(
            this,
            [this, number, guard, done, result] {
                if (guard && number == m_previewNumber)
                    done(std::move(*result));
            },
            Qt::QueuedConnection);
    });
}

void RunPlanner::measure(const QString& program, QObject* guard, Done<Measurement> done) {
    m_measureStop.request_stop();
    m_measureStop = std::stop_source();
    post([this, program, plan = m_plan, guard = QPointer<QObject>(guard), done = std::move(done),
             stop = m_measureStop.get_token()] {
        auto result = std::make_shared<Result<Measurement>>(fail("cancelled"));
        if (*plan && !stop.stop_requested())
            *result = (*plan)->measure(program.toStdString(), stop);
        QMetaObject::invokeMethod(
            this,
            [guard, done, result] {
                if (guard)
                    done(std::move(*result));
            },
            Qt::QueuedConnection);
    });
}

void RunPlanner::cancelMeasurement() {
    m_measureStop.request_stop();
}

} // namespace assay
