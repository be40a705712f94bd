#pragma once

#include "ui/service/run_reader.h"

#include <QElapsedTimer>
#include <QTimer>

namespace assay {

/// The part of RunReader that reads files; lives on its thread.
class RunReaderWorker final : public QObject {
    Q_OBJECT

public:
    explicit RunReaderWorker(RunReader* reader);
    void follow(quint64 generation, const std::vector<LogPlace>& places);
    void open(const QString& path);

private:
    struct Followed {
        LogPlace place;
        std::unique_ptr<LogReader> reader;
        RunReader::News news; ///< read but not handed over yet
        std::int64_t rows = 0;
        quint64 born = 0;
        QElapsedTimer handedOver;
        bool first = true;
        bool failed = false;
    };
    void tick();
    void read(Followed& run);
    void handOver(Followed& run);

    RunReader* m_owner;
    QTimer* m_timer;
    int m_ticks = 0;
    std::map<QString, Followed> m_runs;
};

/// Reads a log through once and keeps only what a list shows.
LogSummary summarise(const LogPlace& place);

} // namespace assay
