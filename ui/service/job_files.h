#pragma once

#include "core/base/result.h"
#include "core/job/control.h"

#include <QFuture>
#include <QString>

#include <map>
#include <vector>

namespace assay {

/// A row that a step was trained on, with its loss under the weights of that step.
struct StepSample {
    double loss = 0; ///< nats a trained token; NaN and infinities as recorded
    qint64 tokens = 0; ///< trained ones
    qint64 row = -1; ///< of the job's data
    QString id; ///< the sample's global id, or file:line
    QString channel;
    QString prompt; ///< the last question, shortened; empty for plain text
    QString answer; ///< what is learnt, shortened
};

/// Answers to the same prompts at each evaluation.
struct ProbeAnswers {
    qint64 row = -1;
    QString id;
    bool heldOut = false;
    QString prompt;
    QString reference;
    std::map<qint64, QString> answers; ///< by step
};

struct CheckpointFile {
    qint64 step = 0;
    QString folder;
    qint64 bytes = 0;
};

/// What stands in a job folder beside its curves, read on threads of the pool; folders that vanish
/// meanwhile are errors or empty lists, never a crash. Nothing here keeps state.
namespace job_files {

/// The rows of the step, highest loss first; those whose loss is no number before them.
QFuture<Result<std::vector<StepSample>>> samplesOf(const QString& folder, qint64 step);
QFuture<Result<std::vector<ProbeAnswers>>> probes(const QString& folder);
/// Newest first.
QFuture<std::vector<CheckpointFile>> checkpoints(const QString& folder);
/// The end of log.txt, whole lines, at most `bytes`; empty where there is none.
QFuture<QString> logTail(const QString& folder, qint64 bytes = 128 << 10);

/// Appends the command; answers with its id. "job.not_running" where no process would read it.
QFuture<Result<QString>> send(const QString& folder, ControlVerb verb);
/// Goes on with a job that stands still, from its last checkpoint, in a process that outlives the
/// window. `program` is an assay-cli; answers with the process's id.
QFuture<Result<qint64>> goOn(const QString& folder, const QString& program);

/// The assay-cli of this machine that belongs to an engine command ("/x/assay-cli serve --stdio");
/// for a command of another machine that of `engineProgram`. Empty where there is none.
QString programFor(const QString& engineCommand);

} // namespace job_files

} // namespace assay
