#pragma once

#include "core/base/json.h"

#include <QByteArray>
#include <QObject>
#include <QProcess>
#include <QString>

#include <functional>
#include <memory>

class QTimer;

namespace assay {

/// The engine's process and its lines. Lives on a thread of its own, where lines are read, parsed
/// and written, so that a long message never holds up the window. Its functions are called on that
/// thread; its listeners too.
class EngineChannel final : public QObject {
    Q_OBJECT

public:
    struct Listener {
        std::function<void(std::shared_ptr<const Json>)> message;
        /// A line on stdout that is not a JSON object, shortened.
        std::function<void(QString)> garbled;
        std::function<void(QString)> logLine;
        /// The process could not be started (true) or has ended; with the reason for people.
        std::function<void(bool neverStarted, QString reason)> ended;
    };

    explicit EngineChannel(Listener listener, QObject* parent = nullptr);
    ~EngineChannel() override;
    void start(const QString& program, const QStringList& arguments);
    void send(const QByteArray& line);
    /// Ends the input, which ends the session; terminates and then kills a process that does not
    /// go.
    void stop();

private:
    void readOutput();
    void readLog();
    void takeLine(QByteArray line);
    void finish();

    Listener m_listener;
    QProcess* m_process;
    QTimer* m_patience;
    QByteArray m_rest;
    bool m_skipping = false;
    bool m_ended = false;
};

} // namespace assay
