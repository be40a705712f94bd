#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace assay {

/// Calls `callback(result)` on the guard's thread when the future is done; never once the guard has
/// died or the future was cancelled. (QFuture::then with a context asserts on Qt 6.4 when the
/// context dies first.) Cancel the future itself to stop the work.
template <class T, class Callback>
void onResult(QObject* guard, const QFuture<T>& future, Callback callback) {
    auto* watcher = new QFutureWatcher<T>(guard);
    QObject::connect(watcher, &QFutureWatcherBase::finished, guard,
        [watcher, callback = std::move(callback)]() mutable {
            watcher->deleteLater();
            if (!watcher->isCanceled() && watcher->future().resultCount() > 0)
                callback(watcher->result());
        });
    watcher->setFuture(future);
}

} // namespace assay
