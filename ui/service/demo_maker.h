#pragma once

#include "core/base/error.h"

#include <QObject>
#include <QString>

class QProcess;

namespace assay {

/// Makes the demo project by running `assay-cli demo` in a process of its own: it trains small
/// models, which takes minutes. What stands in the folder is kept, so it is made once.
class DemoMaker final : public QObject {
    Q_OBJECT

public:
    explicit DemoMaker(QObject* parent = nullptr);
    ~DemoMaker() override;

    /// The project, whether or not it has been made.
    static QString projectFolder();
    static bool isMade();
    void start(const QString& program);
    void cancel();
    bool isRunning() const;

Q_SIGNALS:
    /// The newest line that the program said.
    void progressed(const QString& line);
    void made();
    /// "cancelled" or "window.demo_failed".
    void failed(const assay::Error& error);

private:
    QProcess* m_process = nullptr;
    QString m_lastLine;
    bool m_cancelled = false;
};

} // namespace assay
