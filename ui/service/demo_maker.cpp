#include "ui/service/demo_maker.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>

#include <optional>

namespace assay {

namespace {

constexpr int patienceMs = 3000;

QString folder() {
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
        .filePath(QStringLiteral("demo"));
}

/// Written last, so that an interrupted run is not taken for a finished one.
QString marker() {
    return QDir(folder()).filePath(QStringLiteral("report.html"));
}

} // namespace

DemoMaker::DemoMaker(QObject* parent)
    : QObject(parent) { }

DemoMaker::~DemoMaker() {
    if (!isRunning())
        return;
    disconnect(m_process, nullptr, this, nullptr);
    m_process->terminate();
    m_process->waitForFinished(patienceMs);
}

QString DemoMaker::projectFolder() {
    return QDir(folder()).filePath(QStringLiteral("demo.assay"));
}

bool DemoMaker::isMade() {
    return QFile::exists(marker())
        && QFile::exists(QDir(projectFolder()).filePath(QStringLiteral("project.db")));
}

bool DemoMaker::isRunning() const {
    return m_process && m_process->state() != QProcess::NotRunning;
}

void DemoMaker::start(const QString& program) {
    if (isRunning())
        return;
    QDir().mkpath(folder());
    m_cancelled = false;
    m_lastLine.clear();
    m_process = new QProcess(this);
    m_process->setProcessChannelMode(QProcess::MergedChannels);
    connect(m_process, &QProcess::readyRead, this, [this] {
        // Progress rewrites its line with a carriage return.
        const QString text
            = QString::fromUtf8(m_process->readAll()).replace(QLatin1Char('\r'), QLatin1Char('\n'));
        const QStringList lines = text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        if (lines.isEmpty())
            return;
        m_lastLine = lines.constLast().trimmed();
        Q_EMIT progressed(m_lastLine);
    });
    const auto end = [this](const std::optional<Error>& error) {
        m_process->deleteLater();
        m_process = nullptr;
        if (error)
            Q_EMIT failed(*error);
        else
            Q_EMIT made();
    };
    connect(m_process, &QProcess::finished, this, [this, end](int code, QProcess::ExitStatus how) {
        if (m_cancelled)
            return end(Error("cancelled"));
        if (how != QProcess::NormalExit || code != 0)
            return end(Error("window.demo_failed", {{"reason", m_lastLine.toStdString()}}));
        end({});
    });
    connect(m_process, &QProcess::errorOccurred, this, [this, end](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            end(Error("window.demo_failed", {{"reason", m_process->errorString().toStdString()}}));
    });
    m_process->start(program, {QStringLiteral("demo"), QStringLiteral("--out"), folder()});
}

void DemoMaker::cancel() {
    m_cancelled = true;
    if (isRunning())
        m_process->terminate();
}

} // namespace assay
