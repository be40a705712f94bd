#pragma once

#include "core/analysis/compare_batch.h"
#include "core/store/sample_row.h"
#include "ui/service/model_pair.h"

#include <QThread>

#include <memory>

namespace assay {

class CompareBatchWorker;

/// Two models on every sample of a view: one request after the other, behind everything that the
/// person asks for, each result on the disk before the next is asked. Stopping loses nothing: the
/// same batch goes on where it stopped, also after the window was killed. Lives on the window's
/// thread; project and files are used on a thread of its own.
class CompareBatchRun final : public QObject {
    Q_OBJECT

public:
    enum class State { Idle, Preparing, Running };
    struct Plan {
        QString project; ///< its folder
        SampleFilter filter;
        ModelPair::Folders models;
        QString templateName;
        AnswerSource source = AnswerSource::Reference;
        int maxNew = 64;
        BatchTask task = BatchTask::Compare;
        bool operator==(const Plan&) const = default;
    };

    CompareBatchRun(EngineModels* models, QObject* parent = nullptr);
    ~CompareBatchRun() override;

    /// Reads what an earlier run has left for the plan; asks nothing of the models but who they
    /// are. A run that is under way goes on only where the plan is the same.
    void show(const Plan& plan);
    /// Compares what has no numbers yet.
    void start(const Plan& plan);
    void cancel();

    State state() const { return m_state; }
    const Plan& plan() const { return m_plan; }
    qint64 total() const { return m_total; }
    qint64 failed() const { return m_failed; }
    /// Results of samples in the view, in the order in which they came.
    const std::vector<CompareBatchRow>& rows() const { return m_rows; }
    QString file() const { return m_file; }
    /// Why it could not begin or go on.
    const std::optional<Error>& problem() const { return m_problem; }

Q_SIGNALS:
    void stateChanged();
    void rowsReset();
    void rowAdded();

private:
    void prepare(const Plan& plan, bool run);
    void next();
    void take(CompareBatchRow row);
    void stopWith(std::optional<Error> problem);

    ModelPair m_pair;
    QThread m_thread;
    CompareBatchWorker* m_worker;
    State m_state = State::Idle;
    Plan m_plan;
    std::vector<CompareBatchRow> m_rows;
    std::vector<std::int64_t> m_missing;
    std::size_t m_at = 0;
    qint64 m_total = 0;
    qint64 m_failed = 0;
    QString m_file;
    std::optional<Error> m_problem;
    quint64 m_generation = 0; ///< answers to an older plan are dropped
    bool m_shown = false; ///< what is on the disk for the plan has been read
    quint64 m_asking = 0;
};

} // namespace assay
