#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <QTimer>

namespace assay {

/// Notices when a folder is moved, renamed or unmounted while it is in use. Looked at every two
/// seconds, on threads of the pool: a sleeping disk holds nobody up.
class FolderWatch final : public QObject {
    Q_OBJECT

public:
    explicit FolderWatch(QObject* parent = nullptr);
    ~FolderWatch() override;
    /// Empty stops.
    void watch(const QString& folder);
    QString folder() const { return m_folder; }
    bool isGone() const { return m_gone; }

Q_SIGNALS:
    void changed();

private:
    void look();
    void take();

    QTimer m_timer;
    QFutureWatcher<bool> m_looking;
    QString m_folder;
    QString m_looked; ///< what the answer under way is about
    bool m_gone = false;
};

} // namespace assay
