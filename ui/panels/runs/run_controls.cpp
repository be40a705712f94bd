#include "ui/panels/runs/run_controls.h"

#include "ui/common/error_text.h"
#include "ui/common/fonts.h"
#include "ui/common/on_result.h"
#include "ui/service/engine_session.h"
#include "ui/service/job_files.h"

#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

namespace assay {

namespace {

QString nameOf(ControlVerb verb) {
    switch (verb) {
    case ControlVerb::Pause:
        return RunControls::tr("pause");
    case ControlVerb::Resume:
        return RunControls::tr("resume");
    case ControlVerb::Stop:
        return RunControls::tr("stop");
    case ControlVerb::CheckpointNow:
        return RunControls::tr("checkpoint");
    }
    return {};
}

} // namespace

RunControls::RunControls(EngineSession* engine, QWidget* parent)
    : QWidget(parent)
    , m_engine(engine) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(8));
    m_pause = makeButton(tr("Pause"));
    m_checkpoint = makeButton(tr("Checkpoint now"));
    m_checkpoint->setToolTip(tr("Save the model as it is after the step under way"));
    m_stop = makeButton(tr("Stop"));
    m_stop->setToolTip(tr("End the run after the step under way; a checkpoint is written, so that "
                          "it can go on later"));
    m_goOn = makeButton(tr("Go on"));
    m_goOn->setToolTip(tr("Start again from the last checkpoint; the run lives on without this "
                          "window"));
    for (QPushButton* button : {m_pause, m_checkpoint, m_stop, m_goOn})
        row->addWidget(button);
    connect(m_pause, &QPushButton::clicked, this,
        [this] { send(isPaused() ? ControlVerb::Resume : ControlVerb::Pause); });
    connect(
        m_checkpoint, &QPushButton::clicked, this, [this] { send(ControlVerb::CheckpointNow); });
    connect(m_stop, &QPushButton::clicked, this, [this] { send(ControlVerb::Stop); });
    connect(m_goOn, &QPushButton::clicked, this, &RunControls::goOn);
    show();
}

bool RunControls::isPaused() const {
    return m_run && m_run->job && m_run->job->state.phase == JobPhase::Paused;
}

bool RunControls::canPause() const {
    return m_run && m_run->job && !m_run->job->problem && m_run->job->owned
        && !isFinal(m_run->job->state.phase);
}

bool RunControls::canStop() const {
    return canPause();
}

bool RunControls::canGoOn() const {
    if (!m_run || !m_run->job || m_run->job->problem || m_run->job->owned)
        return false;
    const JobPhase phase = m_run->job->state.phase;
    return m_run->job->interrupted() || phase == JobPhase::Stopped || phase == JobPhase::Failed;
}

void RunControls::setRun(const RunEntry* run) {
    const bool other = !run != !m_run || (run && run->path != m_run->path);
    m_run = run ? std::optional(*run) : std::nullopt;
    if (other) {
        m_waiting.clear();
        say({}, Tone::Plain);
    }
    lookForAnswer();
    show();
}

void RunControls::show() {
    const bool live = canPause();
    m_pause->setVisible(live);
    m_checkpoint->setVisible(live);
    m_stop->setVisible(live);
    m_goOn->setVisible(canGoOn());
    m_pause->setText(isPaused() ? tr("Resume") : tr("Pause"));
    for (QPushButton* button : {m_pause, m_checkpoint, m_stop, m_goOn})
        button->setEnabled(!isWaiting());
}

void RunControls::say(const QString& text, Tone tone) {
    m_answer = text;
    m_tone = tone;
    Q_EMIT answerChanged();
}

void RunControls::send(ControlVerb verb) {
    if (!canPause() || isWaiting())
        return;
    m_verb = verb;
    m_waiting = QStringLiteral("?");
    say(tr("%1 asked").arg(nameOf(verb)), Tone::Caution);
    show();
    onResult(this, job_files::send(m_run->path, verb),
        [this, path = m_run->path](const Result<QString>& id) {
            if (!m_run || m_run->path != path)
                return;
            if (id) {
                m_waiting = *id;
                return lookForAnswer();
            }
            m_waiting.clear();
            say(errorMessage(id.error()), Tone::Wrong);
            show();
        });
}

void RunControls::lookForAnswer() {
    if (!isWaiting() || !m_run || !m_run->job)
        return;
    const JobSummary& job = *m_run->job;
    const auto found
        = std::ranges::find(job.state.acknowledged, m_waiting.toStdString(), &Acknowledgement::id);
    if (found != job.state.acknowledged.end()) {
        m_waiting.clear();
        if (found->outcome == "done")
            say(tr("%1: done").arg(nameOf(m_verb)), Tone::Right);
        else
            say(tr("%1: %2").arg(nameOf(m_verb), QString::fromStdString(found->outcome)),
                Tone::Wrong);
    } else if (!job.owned && m_waiting != QLatin1String("?")) {
        m_waiting.clear();
        say(tr("the process ended before it answered"), Tone::Wrong);
    }
}

void RunControls::goOn() {
    if (!canGoOn() || isWaiting())
        return;
    m_waiting = QStringLiteral("?");
    say(tr("going on asked"), Tone::Caution);
    show();
    onResult(this,
        job_files::goOn(
            m_run->path, job_files::programFor(m_engine ? m_engine->command() : QString())),
        [this, path = m_run->path](const Result<qint64>& pid) {
            if (!m_run || m_run->path != path)
                return;
            m_waiting.clear();
            if (pid)
                say(tr("goes on as process %1").arg(*pid), Tone::Right);
            else
                say(errorParagraph(pid.error()), Tone::Wrong);
            show();
        });
}

} // namespace assay
