#pragma once

#include "ui/service/engine_session.h"
#include "ui/service/job_watcher.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace assay {

/// The line below everything: how the engine is, and what runs.
class StatusLine final : public QFrame {
    Q_OBJECT

public:
    StatusLine(EngineSession* engine, JobWatcher* jobs, QWidget* parent = nullptr);
    QString engineText() const;

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
};

} // namespace assay
