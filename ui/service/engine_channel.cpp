#include "ui/service/engine_channel.h"

#include <QTimer>

#include <chrono>

namespace assay {

namespace {

/// The protocol allows 1 MB a line; a little more is taken before a line is given up.
constexpr qsizetype longestLine = 4 << 20;
constexpr int patienceMs = 1500;
constexpr qsizetype shownOfGarbledLine = 200;

} // namespace

EngineChannel::EngineChannel(Listener listener, QObject* parent)
    : QObject(parent)
    , m_listener(std::move(listener))
    , m_process(new QProcess(this))
    , m_patience(new QTimer(this)) {
    connect(m_process, &QProcess::readyReadStandardOutput, this, &EngineChannel::readOutput);
    connect(m_process, &QProcess::readyReadStandardError, this, &EngineChannel::readLog);
    connect(m_process, &QProcess::finished, this, &EngineChannel::finish);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart && !m_ended) {
            m_ended = true;
            m_listener.ended(true, m_process->errorString());
        }
    });
    m_patience->setSingleShot(true);
    connect(m_patience, &QTimer::timeout, this, [this] {
        if (m_process->state() != QProcess::NotRunning)
            m_process->kill();
    });
}

EngineChannel::~EngineChannel() {
    m_process->disconnect(this);
    if (m_process->state() == QProcess::NotRunning)
        return;
    m_process->closeWriteChannel();
    if (m_process->waitForFinished(500))
        return;
    m_process->terminate();
    if (m_process->waitForFinished(500))
        return;
    m_process->kill();
    m_process->waitForFinished(500);
}

void EngineChannel::start(const QString& program, const QStringList& arguments) {
    m_process->start(program, arguments);
}

void EngineChannel::send(const QByteArray& line) {
    if (m_process->state() == QProcess::NotRunning)
        return;
    m_process->write(line);
    m_process->write("\n");
}

void EngineChannel::stop() {
    if (m_process->state() == QProcess::NotRunning)
        return;
    m_process->closeWriteChannel();
    m_patience->start(patienceMs);
}

void EngineChannel::readOutput() {
    m_rest += m_process->readAllStandardOutput();
    qsizetype begin = 0;
    for (qsizetype end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n', begin)) {
        if (m_skipping)
            m_skipping = false;
        else
            takeLine(m_rest.mid(begin, end - begin));
        begin = end + 1;
    }
    m_rest.remove(0, begin);
    if (m_rest.size() > longestLine) {
        m_listener.garbled(QString::fromUtf8(m_rest.left(shownOfGarbledLine)));
        m_rest.clear();
        m_skipping = true;
    }
}

void EngineChannel::takeLine(QByteArray line) {
    line = line.trimmed();
    if (line.isEmpty())
        return;
    auto parsed = parseJson({line.constData(), size_t(line.size())}, "engine");
    if (parsed && parsed->is_object())
        m_listener.message(std::make_shared<const Json>(std::move(*parsed)));
    else
        m_listener.garbled(QString::fromUtf8(line.left(shownOfGarbledLine)));
}

void EngineChannel::readLog() {
    const QList<QByteArray> lines = m_process->readAllStandardError().split('\n');
    for (const QByteArray& line : lines)
        if (!line.trimmed().isEmpty())
            m_listener.logLine(QString::fromUtf8(line));
}

void EngineChannel::finish() {
    if (m_ended)
        return;
    m_ended = true;
    m_patience->stop();
    readOutput();
    readLog();
    const QString reason = m_process->exitStatus() == QProcess::CrashExit
        ? QStringLiteral("signal")
        : QStringLiteral("status %1").arg(m_process->exitCode());
    m_listener.ended(false, reason);
}

} // namespace assay
