#include "ui/service/folder_watch.h"

#include <QFileInfo>
#include <QtConcurrent>

namespace assay {

namespace {

constexpr int lookEveryMs = 2000;

} // namespace

FolderWatch::FolderWatch(QObject* parent)
    : QObject(parent) {
    m_timer.setInterval(lookEveryMs);
    connect(&m_timer, &QTimer::timeout, this, &FolderWatch::look);
    connect(&m_looking, &QFutureWatcher<bool>::finished, this, &FolderWatch::take);
}

FolderWatch::~FolderWatch() {
    m_looking.waitForFinished();
}

void FolderWatch::watch(const QString& folder) {
    m_folder = folder;
    if (m_gone) {
        m_gone = false;
        Q_EMIT changed();
    }
    if (folder.isEmpty())
        m_timer.stop();
    else
        m_timer.start();
}

void FolderWatch::look() {
    if (m_looking.isRunning())
        return;
    m_looked = m_folder;
    m_looking.setFuture(
        QtConcurrent::run([folder = m_folder] { return QFileInfo::exists(folder); }));
}

void FolderWatch::take() {
    const bool gone = !m_looking.result();
    if (m_looked != m_folder || gone == m_gone)
        return;
    m_gone = gone;
    Q_EMIT changed();
}

} // namespace assay
