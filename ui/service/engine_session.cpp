#include "ui/service/engine_session.h"

#include "core/base/error_json.h"
#include "ui/service/command_words.h"
#include "ui/service/engine_channel.h"

#include <QDir>
#include <QTimer>

namespace assay {

namespace {

constexpr qsizetype longestRequest = 1000 * 1000;
constexpr int helloPatienceMs = 60'000; // libtorch may come from a cold disk, or through ssh
constexpr qsizetype keptLogLines = 200;
constexpr int shownLogLines = 4;

std::string standard(const QString& text) {
    return text.toStdString();
}

} // namespace

Error errorFromRpc(const Json& rpcError) {
    if (rpcError.is_object()) {
        const auto data = rpcError.find("data");
        if (data != rpcError.end() && data->is_object() && data->contains("code")
            && (*data)["code"].is_string())
            return errorFromJson(*data);
        if (const auto text = rpcError.find("message"); text != rpcError.end() && text->is_string())
            return Error("session.refused", {{"reason", text->get<std::string>()}});
    }
    return Error("session.refused", {{"reason", dumpJson(rpcError)}});
}

EngineSession::EngineSession(QObject* parent)
    : QObject(parent)
    , m_helloTimer(new QTimer(this)) {
    m_thread.setObjectName(QStringLiteral("engine session"));
    m_thread.start();
    m_helloTimer->setSingleShot(true);
    m_helloTimer->setInterval(helloPatienceMs);
    connect(m_helloTimer, &QTimer::timeout, this, [this] { failWith(Error("session.silent")); });
}

EngineSession::~EngineSession() {
    ++m_generation;
    m_open.clear();
    closeChannel();
    m_thread.quit();
    m_thread.wait();
}

QString EngineSession::defaultCommand(const QString& programFolder) {
    const QString program = QDir(programFolder).filePath(QStringLiteral("assay-cli"));
    return QLatin1Char('"') + program + QStringLiteral("\" serve --stdio");
}

void EngineSession::start() {
    if (m_state == State::Starting || m_state == State::Ready)
        return;
    closeChannel();
    m_log.clear();
    m_engine = Json();
    QStringList words = commandWords(m_command);
    if (words.isEmpty()) {
        setState(State::Starting);
        failWith(Error("session.no_command"));
        return;
    }
    const QString program = words.takeFirst();
    const quint64 generation = ++m_generation;
    // Each listener hops to this thread, where an answer of an earlier process is recognised and
    // dropped.
    const auto hop = [this, generation](auto action) {
        QMetaObject::invokeMethod(
            this,
            [this, generation, action = std::move(action)] {
                if (generation == m_generation)
                    action();
            },
            Qt::QueuedConnection);
    };
    EngineChannel::Listener listener;
    listener.message = [this, hop](std::shared_ptr<const Json> message) {
        hop([this, message] { receive(*message); });
    };
    listener.garbled = [this, hop](QString line) {
        hop([this, line] {
            m_log.append(line);
            // A login shell may greet before the engine speaks; after hello nothing but messages
            // may come.
            if (m_state == State::Ready)
                failWith(Error("session.garbled", {{"line", standard(line)}}));
        });
    };
    listener.logLine = [this, hop](QString line) {
        hop([this, line] {
            m_log.append(line);
            if (m_log.size() > keptLogLines)
                m_log.removeFirst();
        });
    };
    listener.ended = [this, hop, program](bool neverStarted, QString reason) {
        hop([this, program, neverStarted, reason] {
            failWith(neverStarted
                    ? Error("session.start",
                        {{"command", standard(program)}, {"reason", standard(reason)}})
                    : withLog(Error("session.ended", {{"reason", standard(reason)}})));
        });
    };
    m_channel = new EngineChannel(std::move(listener));
    m_channel->moveToThread(&m_thread);
    QMetaObject::invokeMethod(
        m_channel, [channel = m_channel, program, words] { channel->start(program, words); });
    setState(State::Starting);
    sayHello();
}

void EngineSession::sayHello() {
    m_helloId = m_nextId++;
    const Json hello = {{"jsonrpc", "2.0"}, {"id", m_helloId}, {"method", "hello"},
        {"params", {{"protocol", protocolVersion}, {"client", "assay " ASSAY_VERSION}}}};
    send(QByteArray::fromStdString(dumpJson(hello)));
    m_helloTimer->start();
}

void EngineSession::stop() {
    ++m_generation;
    closeChannel();
    m_helloTimer->stop();
    failOpenRequests(Error("cancelled"));
    setState(State::Stopped);
}

void EngineSession::restart() {
    stop();
    start();
}

void EngineSession::closeChannel() {
    if (!m_channel)
        return;
    // Deleted on its own thread, where it may wait for the process without holding up the window.
    m_channel->deleteLater();
    m_channel = nullptr;
}

void EngineSession::setState(State state) {
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

Error EngineSession::withLog(Error error) const {
    QStringList last = m_log.mid(std::max<qsizetype>(0, m_log.size() - shownLogLines));
    for (const QString& line : std::as_const(last))
        error.details.emplace_back("session.log_line",
            std::vector<std::pair<std::string, std::string>>{{"line", standard(line)}});
    return error;
}

void EngineSession::failWith(Error error) {
    if (m_state == State::Stopped || m_state == State::Failed)
        return;
    ++m_generation;
    closeChannel();
    m_helloTimer->stop();
    m_failure = std::move(error);
    m_engine = Json();
    setState(State::Failed);
    failOpenRequests(m_failure);
}

void EngineSession::failOpenRequests(const Error& error) {
    // Callbacks may ask again; they must find the list of open requests already empty.
    const std::map<RequestId, Open> open = std::exchange(m_open, {});
    for (const auto& [id, request] : open)
        if (request.guard && request.reply)
            request.reply(fail(error));
}

EngineSession::RequestId EngineSession::request(
    const std::string& method, Json params, QObject* guard, Reply reply, Notify notify) {
    const RequestId id = m_nextId++;
    const Json message
        = {{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}};
    QByteArray line = QByteArray::fromStdString(dumpJson(message));
    std::optional<Error> refused;
    if (line.size() > longestRequest)
        refused = Error("session.too_long", {{"bytes", std::to_string(line.size())}});
    else if (m_state == State::Failed)
        refused = m_failure;
    else if (m_state == State::Stopped)
        refused = Error("session.stopped");
    m_open.emplace(id, Open{guard, std::move(reply), std::move(notify), {}});
    if (refused) {
        QMetaObject::invokeMethod(
            this,
            [this, id, error = *refused] {
                const auto found = m_open.find(id);
                if (found == m_open.end())
                    return;
                const Open open = std::move(found->second);
                m_open.erase(found);
                if (open.guard)
                    open.reply(fail(error));
            },
            Qt::QueuedConnection);
    } else if (m_state == State::Ready) {
        send(line);
    } else {
        m_open[id].line = std::move(line);
    }
    return id;
}

void EngineSession::cancel(RequestId id) {
    const auto found = m_open.find(id);
    if (found == m_open.end())
        return;
    const bool sent = found->second.line.isEmpty();
    m_open.erase(found);
    if (!sent || m_state != State::Ready)
        return;
    const Json message = {{"jsonrpc", "2.0"}, {"id", m_nextId++}, {"method", "request.cancel"},
        {"params", {{"request", id}}}};
    send(QByteArray::fromStdString(dumpJson(message)));
}

void EngineSession::send(const QByteArray& line) {
    if (m_channel)
        QMetaObject::invokeMethod(m_channel, [channel = m_channel, line] { channel->send(line); });
}

void EngineSession::receive(const Json& message) {
    const auto id = message.find("id");
    if (id != message.end() && id->is_number_integer())
        return receiveReply(id->get<RequestId>(), message);
    const auto method = message.find("method");
    const auto params = message.find("params");
    if (method == message.end() || !method->is_string() || params == message.end()
        || !params->is_object())
        return;
    const auto request = params->find("request");
    if (request == params->end() || !request->is_number_integer())
        return;
    const auto found = m_open.find(request->get<RequestId>());
    if (found != m_open.end() && found->second.guard && found->second.notify) {
        // The callback may cancel its own request.
        const Notify notify = found->second.notify;
        notify(method->get<std::string>(), *params);
    }
}

void EngineSession::receiveReply(RequestId id, const Json& message) {
    const auto error = message.find("error");
    const bool failed = error != message.end() && !error->is_null();
    const auto result = message.find("result");
    if (id == m_helloId && m_state == State::Starting) {
        if (failed)
            return failWith(errorFromRpc(*error));
        const Json answer = result != message.end() ? *result : Json();
        const int spoken = answer.is_object() && answer.contains("protocol")
                && answer["protocol"].is_number_integer()
            ? answer["protocol"].get<int>()
            : 0;
        if (spoken != protocolVersion)
            return failWith(Error("session.version",
                {{"found", std::to_string(spoken)},
                    {"expected", std::to_string(protocolVersion)}}));
        m_helloTimer->stop();
        m_engine = answer;
        setState(State::Ready);
        for (auto& [openId, open] : m_open)
            if (!open.line.isEmpty())
                send(std::exchange(open.line, {}));
        return;
    }
    const auto found = m_open.find(id);
    if (found == m_open.end())
        return;
    const Open open = std::move(found->second);
    m_open.erase(found);
    if (!open.guard || !open.reply)
        return;
    if (failed)
        open.reply(fail(errorFromRpc(*error)));
    else
        open.reply(result != message.end() ? *result : Json());
}

} // namespace assay
