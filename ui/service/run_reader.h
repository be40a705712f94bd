#pragma once

#include "core/analysis/curve_reading.h"
#include "core/job/foreign_log.h"

#include <QObject>
#include <QString>
#include <QThread>

#include <map>
#include <memory>

namespace assay {

class RunReaderWorker;

/// What is known of one run's curves.
struct RunData {
    LogPlace place;
    /// Never null; another object whenever rows were added.
    std::shared_ptr<const RunLog> log = std::make_shared<RunLog>();
    std::vector<RunParameter> parameters;
    std::vector<std::string> otherContent;
    std::vector<Error> problems; ///< places that could not be read
    std::optional<Error> failure; ///< why nothing can be read at all
    CurveContext context;
    qint64 pendingBytes = 0;
    bool loaded = false; ///< what stood in the log at first has arrived
    std::vector<CurveFinding> findings;
    bool findingsAreCurrent = false;
    quint64 born = 0; ///< the call of `follow` that began it: news of an earlier one are stale
};

/// What a list shows of a log without keeping its curves.
struct LogSummary {
    LogPlace place;
    qint64 rows = 0;
    double lastStep = RunPlace::none;
    double lastLoss = RunPlace::none;
    bool hasLoss = false;
    qint64 totalSteps = -1;
    std::optional<Error> problem;
};

/// Reads the curves of the runs that are looked at, ours and those of other trainers, on a thread
/// of its own: jobs about ten times a second, other logs once a second, very long ones at most once
/// a second. Only the runs followed are kept in memory.
class RunReader final : public QObject {
    Q_OBJECT

public:
    explicit RunReader(QObject* parent = nullptr);
    ~RunReader() override;

    /// The runs whose curves are kept; those of others are forgotten.
    void follow(const std::vector<LogPlace>& places);
    /// Null for one that is not followed. The path is the place's.
    const RunData* run(const QString& path) const;
    /// Whether everything that stood in the followed logs has arrived and was judged.
    bool isSettled() const;

    /// Looks for the logs at a path and reads them through once; `logsFound` or `logsFailed`.
    void open(const QString& path);

Q_SIGNALS:
    void changed(const QString& path);
    void findingsChanged(const QString& path);
    void logsFound(const QString& path, const std::vector<LogSummary>& logs);
    void logsFailed(const QString& path, const Error& error);

private:
    friend class RunReaderWorker;
    struct News {
        QString path;
        quint64 born = 0;
        RunLog rows;
        bool restarted = false;
        bool loaded = false;
        std::vector<Error> problems;
        std::optional<Error> failure;
        std::vector<RunParameter> parameters;
        std::vector<std::string> otherContent;
        CurveContext context;
        qint64 pendingBytes = 0;
    };
    void take(News news);
    void judge(const QString& path);

    QThread m_thread;
    RunReaderWorker* m_worker;
    quint64 m_generation = 0;
    int m_opening = 0;
    std::map<QString, RunData> m_runs;
    std::map<QString, bool> m_judging; ///< whether it is to be judged once more after
};

} // namespace assay
