#pragma once

#include "core/base/json.h"

#include <QProcess>

#include <string>
#include <vector>

namespace assay::test {

/// What a run of a program left behind.
struct ProcessOutcome {
    int status = -1; ///< -1: it crashed or never ended
    std::string out;
    std::string err;
};

/// Runs the built assay-cli to its end.
ProcessOutcome runCli(const std::vector<std::string>& arguments);

/// A live session with the real engine process: `command` is started with `arguments`.
class CliSession {
public:
    CliSession(const QString& command, const QStringList& arguments);
    ~CliSession();

    void send(const Json& message);
    void sendLine(const std::string& line);
    /// The next message; null after a long silence or the end.
    Json next();
    /// Sends a request and waits for its answer; notifications are collected.
    Json ask(const std::string& method, const Json& params = Json::object());
    Json answer(const Json& id);
    /// Closes its input and waits; the exit status, or -1.
    int end();
    QProcess& process() { return m_process; }

    std::vector<Json> notifications;

private:
    QProcess m_process;
    int m_nextId = 1;
};

} // namespace assay::test
