#pragma once

#include "ui/common/services.h"
#include "ui/service/background_work.h"
#include "ui/service/data_access.h"

#include <QObject>
#include <QStringList>

class QMenu;
class QWidget;

namespace assay {

/// Decisions about many samples at once: asked for with their number, recorded as one event, and
/// taken back as one. They never count as looked at.
class BulkActions final : public QObject {
    Q_OBJECT

public:
    BulkActions(const Services& services, DataAccess* access, QWidget* window);

    bool isRunning() const { return m_task.isRunning(); }
    bool canUndo() const { return !m_done.isEmpty() && !isRunning(); }
    bool canRedo() const { return !m_undone.isEmpty() && !isRunning(); }

    /// Asks first; `count` samples are concerned.
    void ask(EventKind kind, const BulkTarget& target, qint64 count);
    void askForTag(bool add, const BulkTarget& target, qint64 count);
    void askForChannel(const BulkTarget& target, qint64 count);
    void undo();
    void redo();
    /// Ends what is under way; nothing of it is kept.
    void cancel() { m_task.cancel(); }
    void setNames(const QStringList& tags, const QStringList& channels) {
        m_tags = tags;
        m_channels = channels;
    }
    /// Events of another project cannot be undone here.
    void forget();

Q_SIGNALS:
    /// Something was recorded or taken back; in a few words, for the status.
    void told(const QString& what);
    void failed(const Error& error);
    void stateChanged();
    void progressed(qint64 done, qint64 total);

private:
    struct Done {
        QString event;
        QString what;
    };
    void confirm(const QString& question, const QString& verb, Decision decision,
        const BulkTarget& target, const QString& what);
    void record(const Decision& decision, const BulkTarget& target, const QString& what);
    void takeBack(QList<Done>& from, QList<Done>& to, bool undo);

    Services m_services;
    DataAccess* m_access;
    QWidget* m_window;
    BackgroundWork m_task;
    QList<Done> m_done;
    QList<Done> m_undone;
    QStringList m_tags;
    QStringList m_channels;
};

} // namespace assay
