#pragma once

#include "core/base/json.h"
#include "core/base/result.h"

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QThread>

#include <deque>
#include <functional>
#include <map>

class QTimer;

namespace assay {

class EngineChannel;

/// The live session with the engine (docs/protocol.md), as the window sees it: asynchronous, never
/// blocking, on the window's thread. The process and its lines live on a thread of their own. When
/// the engine dies every open request fails, and the session waits in `Failed` for `restart`.
class EngineSession final : public QObject {
    Q_OBJECT

public:
    enum class State { Stopped, Starting, Ready, Failed };
    using RequestId = qint64;
    using Reply = std::function<void(Result<Json>)>;
    /// Notifications that belong to the request: method and params.
    using Notify = std::function<void(const std::string&, const Json&)>;

    static constexpr int protocolVersion = 1;

    explicit EngineSession(QObject* parent = nullptr);
    ~EngineSession() override;

    /// A whole command line, for example `ssh HOST assay-cli serve --stdio`; quotes as in a shell.
    /// Takes effect at the next start.
    void setCommand(const QString& command) { m_command = command; }
    QString command() const { return m_command; }
    /// `assay-cli serve --stdio` with the assay-cli that stands in `programFolder`.
    static QString defaultCommand(const QString& programFolder);

    void start();
    void stop();
    /// Starts anew, whatever the state; open requests fail as cancelled.
    void restart();

    State state() const { return m_state; }
    /// Why the state is Failed.
    const Error& failure() const { return m_failure; }
    /// The answer to `hello`; null until ready.
    const Json& engine() const { return m_engine; }
    /// The last lines the engine wrote on stderr.
    QStringList log() const { return m_log; }

    /// Sends a request, or keeps it until the session is ready. `reply` is called exactly once on
    /// this thread, later, unless the guard has died or the request was cancelled.
    RequestId request(
        const std::string& method, Json params, QObject* guard, Reply reply, Notify notify = {});
    /// The reply is not wanted any more: tells the engine and forgets the request.
    void cancel(RequestId id);
    bool isOpen(RequestId id) const { return m_open.contains(id); }
    int openRequests() const { return int(m_open.size()); }

Q_SIGNALS:
    void stateChanged();

private:
    struct Open {
        QPointer<QObject> guard;
        Reply reply;
        Notify notify;
        QByteArray line; ///< until it has been sent
    };
    void setState(State state);
    void failWith(Error error);
    void failOpenRequests(const Error& error);
    void closeChannel();
    void sayHello();
    void receive(const Json& message);
    void receiveReply(RequestId id, const Json& message);
    void send(const QByteArray& line);
    Error withLog(Error error) const;

    QString m_command;
    State m_state = State::Stopped;
    Error m_failure;
    Json m_engine;
    QStringList m_log;
    QThread m_thread;
    EngineChannel* m_channel = nullptr;
    QTimer* m_helloTimer;
    /// Counts the processes started: what an earlier one still says is dropped.
    quint64 m_generation = 0;
    RequestId m_nextId = 1;
    RequestId m_helloId = 0;
    std::map<RequestId, Open> m_open;
};

/// The error a JSON-RPC error object stands for.
Error errorFromRpc(const Json& rpcError);

} // namespace assay
