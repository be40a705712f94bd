#pragma once

#include "ui/panels/runs/run_entry.h"

#include "core/job/control.h"

#include <QWidget>

class QPushButton;

namespace assay {

class EngineSession;

/// Pause, resume, stop, checkpoint-now and going on, for the chosen job. What was asked is shown as
/// asked until the job has answered: a button never pretends that something has happened.
class RunControls final : public QWidget {
    Q_OBJECT

public:
    explicit RunControls(EngineSession* engine, QWidget* parent = nullptr);
    void setRun(const RunEntry* run);

    void send(ControlVerb verb);
    /// Goes on with a job that stands still.
    void goOn();
    bool canPause() const;
    bool canStop() const;
    bool canGoOn() const;
    bool isPaused() const;
    /// "pause asked", "stop: done", .. ; empty where nothing was asked.
    QString answer() const { return m_answer; }
    Tone answerTone() const { return m_tone; }
    bool isWaiting() const { return !m_waiting.isEmpty(); }

Q_SIGNALS:
    void answerChanged();

private:
    void show();
    void say(const QString& text, Tone tone);
    void lookForAnswer();

    EngineSession* m_engine;
    QPushButton* m_pause;
    QPushButton* m_checkpoint;
    QPushButton* m_stop;
    QPushButton* m_goOn;
    std::optional<RunEntry> m_run;
    ControlVerb m_verb = ControlVerb::Pause;
    QString m_waiting; ///< id of the command without an answer
    QString m_answer;
    Tone m_tone = Tone::Plain;
};

} // namespace assay
