#pragma once

#include "ui/service/compare_batch_run.h"

#include "core/store/project.h"

#include <atomic>

namespace assay {

/// The part of CompareBatchRun that reads the project and writes the file. Everything but `want`
/// runs on its own thread, on a connection of its own.
class CompareBatchWorker final : public QObject {
    Q_OBJECT

public:
    struct Opened {
        QString file;
        qint64 total = 0;
        std::vector<CompareBatchRow> rows;
        std::vector<std::int64_t> missing;
    };
    struct Next {
        CompareBatchRow row; ///< without numbers
        Json params; ///< of analysis.compare_case
    };
    void want(quint64 generation) { m_wanted = generation; }
    /// `write` makes the file where there is none.
    Result<Opened> open(quint64 generation, const CompareBatchRun::Plan& plan,
        const CompareBatchSettings& settings, bool write);
    Result<Next> next(std::int64_t id);
    Result<void> append(const CompareBatchRow& row);
    void close();

private:
    std::atomic<quint64> m_wanted = 0;
    std::optional<Project> m_project;
    std::optional<CompareBatchFile> m_file;
    CompareBatchSettings m_settings;
};

} // namespace assay
