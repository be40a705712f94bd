#pragma once

#include "core/job/plan_run.h"

#include <QObject>
#include <QPointer>
#include <QThread>

#include <functional>
#include <memory>

namespace assay {

/// A run as it was thought through: shared and never changed, so that views may keep it.
struct PlannedRun {
    TrainSpec spec;
    std::shared_ptr<const LabelSurvey> survey;
    std::shared_ptr<const EpochPlan> firstEpoch;
    std::vector<std::int64_t> trainRows; ///< what the plan's indices mean, in `survey->rows`
    BatchSummary batches;
    std::optional<ModelSpec> model;
    std::optional<SpecEstimate> estimate;
    std::optional<Error> modelProblem; ///< why there is no estimate
    TrainingFacts facts;
};

/// Thinks runs through on a thread of its own (core/job/plan_run). Of plans asked for one after the
/// other only the newest is answered; what was begun for an older one is stopped.
class RunPlanner final : public QObject {
    Q_OBJECT

public:
    enum class Stage { Reading, Tokenising };
    template <class T> using Done = std::function<void(Result<T>)>;

    explicit RunPlanner(QObject* parent = nullptr);
    ~RunPlanner() override;

    /// Answers with `planned` or `failed`.
    void plan(const TrainSpec& spec);
    /// The rows of the data source may have changed: the next plan reads them again.
    void forget();
    bool isPlanning() const { return m_planning; }
    const std::shared_ptr<const PlannedRun>& planned() const { return m_planned; }

    /// The tokens of a row of the newest plan; only the newest row asked for is answered.
    void preview(qint64 index, QObject* guard, Done<RowPreview> done);
    /// Runs three real steps of the newest plan; a new plan ends it ("cancelled").
    void measure(const QString& program, QObject* guard, Done<Measurement> done);
    void cancelMeasurement();

Q_SIGNALS:
    void planningChanged();
    void progressed(int stage, qint64 done, qint64 total);
    void plannedChanged();
    void failed(const Error& error);

private:
    void post(std::function<void()> work);
    ProgressFunction progressOf(Stage stage, quint64 number);

    QThread m_thread;
    QObject* m_worker;
    std::shared_ptr<std::unique_ptr<RunPlan>> m_plan; ///< touched on the thread only
    std::shared_ptr<const PlannedRun> m_planned;
    std::stop_source m_stop;
    std::stop_source m_measureStop;
    quint64 m_number = 0;
    quint64 m_previewNumber = 0;
    bool m_planning = false;
};

} // namespace assay
