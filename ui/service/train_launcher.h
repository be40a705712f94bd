#pragma once

#include "core/job/job_queue.h"
#include "core/job/train_spec.h"
#include "core/text/tokenizer.h"

#include <QObject>
#include <QPointer>
#include <QThread>
#include <QTimer>

#include <functional>
#include <memory>

class QProcess;

namespace assay {

class EngineSession;

/// A job of the queue as the panel shows it.
struct QueuedJob {
    QString folder; ///< name inside the jobs folder
    QString name;
    bool running = false;
    double progress = 0;
};
struct QueueView {
    std::vector<QueuedJob> jobs;
    bool paused = false;
    bool running = false; ///< whether a process runs the queue
    std::vector<JobQueue::Problem> problems;
    bool operator==(const QueueView&) const;
};

/// Makes job folders, starts them, and keeps the queue, all on a thread of its own. What is started
/// are processes of their own that live on without the window.
class TrainLauncher final : public QObject {
    Q_OBJECT

public:
    template <class T> using Done = std::function<void(Result<T>)>;
    enum class Start { Now, Queued };
    enum class TokenizerStage { Reading, Learning };

    explicit TrainLauncher(EngineSession* engine, QObject* parent = nullptr);
    ~TrainLauncher() override;

    /// The assay-cli of this machine: that of the engine command where it stands here, else the one
    /// beside the program or in PATH; empty when there is none.
    QString program() const;

    /// Where jobs are made and the queue lies; empty for none.
    void setJobsFolder(const QString& folder);
    QString jobsFolder() const { return m_jobsFolder; }

    /// Makes the job folder, named after the spec, and starts or queues it. Answers with the
    /// folder.
    void launch(const TrainSpec& spec, Start start, QObject* guard, Done<QString> done);
    bool isBusy() const { return m_busy; }
    void cancel() { m_stop.request_stop(); }

    /// As it stood when it was looked at last, at most a second ago.
    const QueueView& queue() const { return m_queue; }
    void remove(const QString& job);
    void move(const QString& job, int position);
    void setPaused(bool paused);
    void startQueue();
    void clearProblems();

    /// Writes the text of the spec's data source as lines, and trains a tokenizer on it in a
    /// process of its own, which `cancelTokenizer` or the end of the window ends. Answers with the
    /// folder; an ended training leaves none behind ("cancelled").
    void trainTokenizer(const TrainSpec& source, const TokenizerTraining& training,
        const QString& folder, QObject* guard, Done<QString> done);
    void cancelTokenizer();

Q_SIGNALS:
    void busyChanged();
    void progressed(qint64 done, qint64 total);
    /// Rows that were read, then pieces that were learnt; `total` is 0 while not known.
    void tokenizerProgressed(int stage, qint64 done, qint64 total);
    void queueChanged();
    /// An order about the queue failed.
    void queueFailed(const Error& error);

private:
    void post(std::function<void()> work);
    void order(std::function<Result<void>(const std::filesystem::path& jobs)> work);
    void look();
    void setBusy(bool busy);
    void runTokenizer(const QString& corpus, const TokenizerTraining& training,
        const QString& folder, QPointer<QObject> guard, Done<QString> done);

    EngineSession* m_engine;
    QThread m_thread;
    QObject* m_worker;
    QTimer m_timer;
    QString m_jobsFolder;
    QueueView m_queue;
    std::stop_source m_stop;
    QPointer<QProcess> m_tokenizer;
    std::stop_source m_tokenizerStop;
    bool m_busy = false;
    bool m_looking = false;
};

} // namespace assay
