#include "ui/panels/runs/run_entry.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace assay {

namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("Runs", text);
}

double lastLoss(const RunEntry& run) {
    return run.job ? run.job->lastLoss : run.log->lastLoss;
}

bool hasLoss(const RunEntry& run) {
    return run.job ? run.job->state.step > 0 && !run.job->problem : run.log->hasLoss;
}

} // namespace

RunEntry entryOf(const JobSummary& job) {
    return {job.folder, job.name, {LogKind::Job, job.folder.toStdString(), job.name.toStdString()},
        job, std::nullopt};
}

RunEntry entryOf(const LogSummary& log) {
    return {QString::fromStdString(log.place.path.string()), QString::fromStdString(log.place.name),
        log.place, std::nullopt, log};
}

RunStatus runStatus(const RunEntry& run) {
    if (run.log)
        return run.log->problem ? RunStatus{translated("cannot be read"), Tone::Wrong}
                                : RunStatus{translated("read only"), Tone::Plain};
    const JobSummary& job = *run.job;
    if (job.problem)
        return {translated("cannot be read"), Tone::Wrong};
    if (job.interrupted())
        return {translated("interrupted"), Tone::Caution};
    switch (job.state.phase) {
    case JobPhase::Queued:
        return {translated("queued"), Tone::Plain};
    case JobPhase::Preparing:
        return {translated("preparing"), Tone::Right};
    case JobPhase::Running:
        return {translated("running"), Tone::Right};
    case JobPhase::Paused:
        return {translated("paused"), Tone::Caution};
    case JobPhase::Evaluating:
        return {translated("evaluating"), Tone::Right};
    case JobPhase::Checkpointing:
        return {translated("saving a checkpoint"), Tone::Right};
    case JobPhase::Done:
        return {translated("done"), Tone::Plain};
    case JobPhase::Stopped:
        return {translated("stopped"), Tone::Caution};
    case JobPhase::Failed:
        return {translated("failed"), Tone::Wrong};
    }
    return {};
}

QString runParameters(const RunEntry& run) {
    if (run.log) {
        const std::string_view kind = logKindName(run.place.kind);
        return QString::fromUtf8(kind.data(), qsizetype(kind.size()));
    }
    if (run.job->problem)
        return {};
    const TrainSpec& spec = run.job->spec;
    const QLocale locale;
    const QString kind = spec.kind == "pretrain" ? translated("pre-train") : translated("full");
    const QString rate = QString::number(spec.optimizer.learningRate, 'g', 3);
    const QString length = spec.schedule.maxSteps >= 0
        ? QCoreApplication::translate("Runs", "%n step(s)", nullptr, int(spec.schedule.maxSteps))
        : QCoreApplication::translate("Runs", "%1 epochs")
              .arg(locale.toString(spec.schedule.epochs, 'g', 3));
    return QStringList{kind, rate, length}.join(QStringLiteral(" · "));
}

QString runSteps(const RunEntry& run) {
    const double step = run.job ? double(run.job->state.step) : run.log->lastStep;
    const qint64 total = run.job ? run.job->state.totalSteps : run.log->totalSteps;
    if (!(step > 0) && total <= 0)
        return {};
    const QLocale locale;
    const QString at = locale.toString(std::isfinite(step) ? step : 0, 'f', 0);
    if (total <= 0 || step >= double(total))
        return at;
    return at + QLatin1Char('/') + locale.toString(total);
}

QString runLoss(const RunEntry& run) {
    if (!hasLoss(run))
        return QStringLiteral("–");
    const double loss = lastLoss(run);
    return std::isfinite(loss) ? QLocale().toString(loss, 'f', 3) : figureText(loss);
}

bool runLossIsWrong(const RunEntry& run) {
    return hasLoss(run) && !std::isfinite(lastLoss(run));
}

QString timeLeft(double seconds) {
    const auto whole = qint64(std::lround(seconds));
    if (whole < 90)
        return QCoreApplication::translate("Runs", "%n second(s) left", nullptr, int(whole));
    if (whole < 90 * 60)
        return QCoreApplication::translate(
            "Runs", "%n minute(s) left", nullptr, int((whole + 30) / 60));
    return QCoreApplication::translate(
        "Runs", "%n hour(s) left", nullptr, int((whole + 1800) / 3600));
}

QString figureText(double value, int digits) {
    if (std::isnan(value))
        return QStringLiteral("NaN");
    if (std::isinf(value))
        return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
    const double size = std::abs(value);
    if (size >= 10000)
        return QLocale().toString(value, 'f', 0);
    if (size != 0 && size < 1e-3)
        return QLocale().toString(value, 'e', std::max(0, digits - 2));
    return QLocale().toString(value, 'f', size >= 100 ? 1 : size >= 10 ? 2 : 3);
}

} // namespace assay
