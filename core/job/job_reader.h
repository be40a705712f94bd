#pragma once

#include "core/job/control.h"
#include "core/job/job_folder.h"
#include "core/job/line_tail.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// A watcher's side of a job folder: state, and the append-only files as they grow. Never blocks,
/// takes no lock, may come and go while the job runs.
class JobReader {
public:
    explicit JobReader(JobFolder folder);

    struct Update {
        JobState state;
        /// Lines were taken back (the job went back to a checkpoint): drop what was received
        /// before; the lists begin anew.
        bool restarted = false;
        std::vector<Json> metrics;
        std::vector<Json> samples;
        std::vector<Json> probes;
        /// Lines that are not JSON, with their place.
        std::vector<Error> problems;
    };
    enum class Samples { Skip, Read };
    /// What is new since the last call; very long news come over several calls.
    Result<Update> poll(Samples samples = Samples::Skip);
    /// A command for the job; an error when no process owns the folder. Returns the command's id.
    Result<std::string> send(ControlVerb verb);
    const JobFolder& folder() const { return m_folder; }

private:
    JobFolder m_folder;
    LineTail m_metrics;
    LineTail m_samples;
    LineTail m_probes;
    std::int64_t m_rewinds = -1;
};

} // namespace assay
