#include "tests/support/cli_process.h"

#include "tests/support/test_paths.h"

namespace assay::test {

namespace {

constexpr int patienceMs = 120000; // a loaded machine is no failure

QString cliPath() {
    return toQString(binaryFolder() / "assay-cli");
}

} // namespace

ProcessOutcome runCli(const std::vector<std::string>& arguments) {
    QProcess process;
    QStringList list;
    for (const std::string& argument : arguments)
        list << QString::fromStdString(argument);
    process.start(cliPath(), list);
    ProcessOutcome outcome;
    if (process.waitForFinished(patienceMs) && process.exitStatus() == QProcess::NormalExit)
        outcome.status = process.exitCode();
    outcome.out = process.readAllStandardOutput().toStdString();
    outcome.err = process.readAllStandardError().toStdString();
    return outcome;
}

CliSession::CliSession(const QString& command, const QStringList& arguments) {
    m_process.setProcessChannelMode(QProcess::SeparateChannels);
    m_process.start(command, arguments);
    m_process.waitForStarted(patienceMs);
}

CliSession::~CliSession() {
    if (m_process.state() != QProcess::NotRunning)
        end();
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished(patienceMs);
    }
}

void CliSession::send(const Json& message) {
    sendLine(dumpJson(message));
}

void CliSession::sendLine(const std::string& line) {
    m_process.write(QByteArray::fromStdString(line + "\n"));
    m_process.waitForBytesWritten(patienceMs);
}

Json CliSession::next() {
    while (!m_process.canReadLine())
        if (!m_process.waitForReadyRead(patienceMs))
            return nullptr;
    const auto message = parseJson(m_process.readLine().toStdString(), "reply");
    return message ? *message : Json();
}

Json CliSession::answer(const Json& id) {
    for (;;) {
        Json message = next();
        if (message.is_null() || (message.contains("id") && message["id"] == id))
            return message;
        notifications.push_back(std::move(message));
    }
}

Json CliSession::ask(const std::string& method, const Json& params) {
    notifications.clear();
    const int id = m_nextId++;
    send({{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}});
    return answer(id);
}

int CliSession::end() {
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(patienceMs) || m_process.exitStatus() != QProcess::NormalExit)
        return -1;
    return m_process.exitCode();
}

} // namespace assay::test
