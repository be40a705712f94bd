#pragma once

#include "core/base/file.h"
#include "core/job/job_folder.h"

#include <QString>

#include <fstream>
#include <optional>

namespace assay::test {

/// A job folder as a training process leaves it.
class JobOnDisk {
public:
    JobOnDisk(const QString& jobs, const char* name) {
        TrainSpec spec;
        spec.name = name;
        spec.model.path = "/models/base";
        spec.data.files = {"/data/rows.jsonl"};
        auto made = JobFolder::create(jobs.toStdString() + "/" + name, spec, "/");
        if (!made)
            qFatal("%s", message(made.error()).c_str());
        m_folder.emplace(std::move(*made));
    }
    QString path() const { return QString::fromStdString(m_folder->path().string()); }
    void state(JobPhase phase, std::int64_t step, std::int64_t rewinds = 0) {
        JobState state = *m_folder->state();
        state.phase = phase;
        state.step = step;
        state.totalSteps = 100;
        state.attempt = 1;
        state.rewinds = rewinds;
        state.started = "2026-01-01T00:00:00.000Z";
        if (!writeFileAtomically(m_folder->stateFile(), dumpJson(jobStateToJson(state))))
            qFatal("state");
    }
    void metrics(const std::string& lines, bool anew = false) {
        std::ofstream file(m_folder->metricsFile(), anew ? std::ios::trunc : std::ios::app);
        file << lines;
    }

private:
    std::optional<JobFolder> m_folder;
};

inline std::string metricsLine(int step, const std::string& loss, double epoch) {
    return "{\"step\":" + std::to_string(step) + ",\"epoch\":" + std::to_string(epoch)
        + ",\"loss\":" + loss + ",\"lr\":0.001,\"tokens\":" + std::to_string(step * 100) + "}\n";
}

} // namespace assay::test
