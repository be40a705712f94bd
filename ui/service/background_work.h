#pragma once

#include "core/base/progress.h"
#include "core/store/project.h"

#include <QDeadlineTimer>
#include <QFutureWatcher>
#include <QObject>
#include <QtConcurrent>

#include <atomic>
#include <functional>
#include <memory>

namespace assay {

/// One long piece of work on a project (an import, an export, the checks): on a thread and a
/// connection of its own, so that the window's connection answers meanwhile. Lives on the window's
/// thread; destroyed, it asks the work to stop and waits until it has.
class BackgroundWork final : public QObject {
    Q_OBJECT

public:
    template <class T>
    using Work = std::function<Result<T>(Project&, const ProgressFunction&, StopToken)>;
    template <class T> using Done = std::function<void(Result<T>)>;

    using QObject::QObject;
    ~BackgroundWork() override {
        cancel();
        m_future.waitForFinished();
    }

    bool isRunning() const { return m_running; }
    /// The work ends with "cancelled" as soon as it notices.
    void cancel() { m_stop.request_stop(); }

    /// Starts the work; `done` is called on the window's thread unless this object has died. Only
    /// one piece of work at a time.
    template <class T> void start(const QString& folder, Work<T> work, Done<T> done) {
        m_running = true;
        m_stop = std::stop_source();
        m_told = 0;
        auto result = std::make_shared<std::optional<Result<T>>>();
        QFuture<void> future = QtConcurrent::run(
            [this, folder, work = std::move(work), result, stop = m_stop.get_token()] {
                auto project = Project::open(folder.toStdString());
                if (!project)
                    result->emplace(tl::unexpected<Error>(project.error()));
                else
                    result->emplace(work(
                        *project, [this](const Progress& p) { tell(p); }, stop));
            });
        m_future = future;
        auto* watcher = new QFutureWatcher<void>(this);
        connect(watcher, &QFutureWatcherBase::finished, this,
            [this, watcher, result, done = std::move(done)] {
                watcher->deleteLater();
                m_running = false;
                done(std::move(**result));
            });
        watcher->setFuture(future);
    }

Q_SIGNALS:
    /// `total` < 0 when it is not known.
    void progressed(qint64 done, qint64 total);

private:
    /// Called on the work's thread: at most about twenty messages a second cross over.
    void tell(const Progress& progress) {
        const qint64 now = QDeadlineTimer::current().deadline();
        if (now - m_told < 50 && progress.done != progress.total)
            return;
        m_told = now;
        QMetaObject::invokeMethod(
            this, [this, progress] { Q_EMIT progressed(progress.done, progress.total); },
            Qt::QueuedConnection);
    }

    bool m_running = false;
    std::stop_source m_stop;
    std::atomic<qint64> m_told = 0;
    QFuture<void> m_future;
};

} // namespace assay
