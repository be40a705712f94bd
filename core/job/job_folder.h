#pragma once

#include "core/job/job_state.h"
#include "core/job/train_spec.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// Who holds a job folder's lock.
struct JobOwner {
    std::int64_t pid = 0;
    std::string host;
    std::string bootId;
    std::string since; ///< UTC, ISO 8601
};

/// A job folder as it lies on the disk: names of its files, its spec, its state. Looking never
/// changes anything and needs no lock; the one process that works on the folder holds a JobWriter.
/// docs/job_folder.md describes every file.
class JobFolder {
public:
    /// Makes the folder with a canonical spec.json (paths made absolute: relative ones are taken
    /// from `base`), data/, checkpoints/, lock and a queued state. A folder that exists must be
    /// empty.
    static Result<JobFolder> create(
        const std::filesystem::path& folder, TrainSpec spec, const std::filesystem::path& base);
    /// Opens an existing folder; an error when it is none, or when its spec was changed since.
    static Result<JobFolder> open(const std::filesystem::path& folder);

    const std::filesystem::path& path() const { return m_path; }
    const TrainSpec& spec() const { return m_spec; }
    std::filesystem::path dataFolder() const { return m_path / "data"; }
    std::filesystem::path checkpointsFolder() const { return m_path / "checkpoints"; }
    std::filesystem::path checkpointFolder(std::int64_t step) const;
    std::filesystem::path metricsFile() const { return m_path / "metrics.jsonl"; }
    std::filesystem::path samplesFile() const { return m_path / "samples.jsonl"; }
    std::filesystem::path probesFile() const { return m_path / "probes.jsonl"; }
    std::filesystem::path logFile() const { return m_path / "log.txt"; }
    std::filesystem::path controlFile() const { return m_path / "control.jsonl"; }
    std::filesystem::path stateFile() const { return m_path / "state.json"; }
    std::filesystem::path specFile() const { return m_path / "spec.json"; }
    std::filesystem::path lockFile() const { return m_path / "lock"; }

    Result<JobState> state() const;
    /// The process that holds the lock now, or none. Asked of the kernel, so a killed owner is gone
    /// at once.
    Result<std::optional<JobOwner>> owner() const;
    /// Whole checkpoints (checkpoints/step-N, N ascending); unfinished ones have another name.
    std::vector<std::int64_t> checkpointSteps() const;

private:
    std::filesystem::path m_path;
    TrainSpec m_spec;
};

/// The job folders directly inside `parent`, by name.
std::vector<std::filesystem::path> jobFoldersIn(const std::filesystem::path& parent);

/// Makes the spec's paths absolute; relative ones are taken from `base`.
void resolvePaths(TrainSpec& spec, const std::filesystem::path& base);

} // namespace assay
