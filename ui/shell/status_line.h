#pragma once

#include "ui/common/controls.h"
#include "ui/service/engine_session.h"
#include "ui/service/job_watcher.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QTimer;

namespace assay {

/// The line below everything: how the engine is, and what runs.
class StatusLine final : public QFrame {
    Q_OBJECT

public:
    StatusLine(EngineSession* engine, JobWatcher* jobs, QWidget* parent = nullptr);
    QString engineText() const;
    /// Says something on the right for a while: what was saved, or why not.
    void showMessage(const QString& text, Tone tone);
    QString message() const;
    /// Something that stays wrong until it is mended stands there instead; empty takes it away.
    void showStanding(const QString& text);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showEngine();
    void showJobs();
    EngineSession* m_engineSession;
    JobWatcher* m_jobWatcher;
    QLabel* m_dot;
    QLabel* m_engine;
    QPushButton* m_restart;
    QLabel* m_jobs;
    QLabel* m_message;
    QTimer* m_patience;
    QString m_standing;
};

} // namespace assay
