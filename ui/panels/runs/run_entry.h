#pragma once

#include "ui/common/controls.h"
#include "ui/service/job_watcher.h"
#include "ui/service/run_reader.h"

namespace assay {

/// A line of the list of runs: a job of the project, or a log of another trainer.
struct RunEntry {
    QString path; ///< names it everywhere
    QString name;
    LogPlace place;
    std::optional<JobSummary> job;
    std::optional<LogSummary> log;
    bool isOurs() const { return job.has_value(); }
};
RunEntry entryOf(const JobSummary& job);
RunEntry entryOf(const LogSummary& log);

/// How a run is doing, as a word and what it means.
struct RunStatus {
    QString word; ///< "running", "interrupted", "read only", ..
    Tone tone = Tone::Plain;
};
RunStatus runStatus(const RunEntry& run);
/// "full · 1e-04 · 3 epochs", or the name of the program that wrote the log.
QString runParameters(const RunEntry& run);
/// "412/600", "600", or empty.
QString runSteps(const RunEntry& run);
/// "1.214", "NaN", or an en dash where there is none.
QString runLoss(const RunEntry& run);
bool runLossIsWrong(const RunEntry& run);

/// "3 minutes left"
QString timeLeft(double seconds);
/// A number for a table: NaN and infinities as words, else four significant digits.
QString figureText(double value, int digits = 4);

} // namespace assay
