#include "ui/panels/runs/run_entry.h"

#include "ui/panels/runs/run_words.h"

#include <QLocale>

#include <cmath>

namespace assay {

namespace {

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
        return run.log->problem ? RunStatus{RunWords::tr("cannot be read"), Tone::Wrong}
                                : RunStatus{RunWords::tr("read only"), Tone::Plain};
    const JobSummary& job = *run.job;
    if (job.problem)
        return {RunWords::tr("cannot be read"), Tone::Wrong};
    if (job.interrupted())
        return {RunWords::tr("interrupted"), Tone::Caution};
    switch (job.state.phase) {
    case JobPhase::Queued:
        return {RunWords::tr("queued"), Tone::Plain};
    case JobPhase::Preparing:
        return {RunWords::tr("preparing"), Tone::Right};
    case JobPhase::Running:
        return {RunWords::tr("running"), Tone::Right};
    case JobPhase::Paused:
        return {RunWords::tr("paused"), Tone::Caution};
    case JobPhase::Evaluating:
        return {RunWords::tr("evaluating"), Tone::Right};
    case JobPhase::Checkpointing:
        return {RunWords::tr("saving a checkpoint"), Tone::Right};
    case JobPhase::Done:
        return {RunWords::tr("done"), Tone::Plain};
    case JobPhase::Stopped:
        return {RunWords::tr("stopped"), Tone::Caution};
    case JobPhase::Failed:
        return {RunWords::tr("failed"), Tone::Wrong};
    }
    return {};
}

/// As people write it.
static QString adapterName(const std::string& kind) {
    return kind == "dora"  ? QStringLiteral("DoRA")
        : kind == "rslora" ? QStringLiteral("rsLoRA")
                           : QStringLiteral("LoRA");
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
    QString kind = spec.kind == "pretrain" ? RunWords::tr("pre-train")
        : spec.kind == "dpo"               ? RunWords::tr("DPO")
                                           : RunWords::tr("full");
    if (spec.adapter.wanted()) {
        const QString adapter
            = QStringLiteral("%1 r%2").arg(adapterName(spec.adapter.kind)).arg(spec.adapter.rank);
        kind = spec.kind == "sft" ? adapter : kind + QLatin1Char(' ') + adapter;
    }
    const QString rate = QString::number(spec.optimizer.learningRate, 'g', 3);
    const QString length = spec.schedule.maxSteps >= 0
        ? RunWords::tr("%n step(s)", nullptr, int(spec.schedule.maxSteps))
        : RunWords::tr("%1 epochs").arg(locale.toString(spec.schedule.epochs, 'g', 3));
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
        return RunWords::tr("%n second(s) left", nullptr, int(whole));
    const int minutes = int((whole + 30) / 60);
    if (whole < 90 * 60)
        return RunWords::tr("%n minute(s) left", nullptr, minutes);
    const int hours = int((whole + 1800) / 3600);
    return RunWords::tr("%n hour(s) left", nullptr, hours);
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
