#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>

namespace assay {

enum class JobPhase {
    Queued,
    Preparing,
    Running,
    Paused,
    Evaluating,
    Checkpointing,
    Done,
    Stopped,
    Failed
};
std::string_view jobPhaseName(JobPhase phase);
std::optional<JobPhase> jobPhaseFromName(std::string_view name);
/// Done, Stopped and Failed: nothing happens any more until someone runs the folder again.
bool isFinal(JobPhase phase);

/// The answer to one control command.
struct Acknowledgement {
    std::string id;
    std::string command;
    std::string outcome; ///< "done", or why not
    bool operator==(const Acknowledgement&) const = default;
};

/// What state.json says. Replaced as a whole by an atomic rename; readers never see half of it.
struct JobState {
    JobPhase phase = JobPhase::Queued;
    std::int64_t step = 0;
    std::int64_t totalSteps = -1; ///< -1 while not known
    double epoch = 0;
    double progress = 0; ///< 0..1, as the job itself knows it
    double etaSeconds = -1; ///< -1 while not known
    /// Who works on it, or did last.
    std::int64_t pid = 0;
    std::string host;
    std::string bootId;
    int attempt = 0; ///< 1 for the first process that ran the folder
    std::string started; ///< of this attempt; UTC, ISO 8601
    std::string heartbeat; ///< when this state was written
    /// How often the append-only files were cut back to a checkpoint. A reader that sees the number
    /// change reads them again from their beginning.
    std::int64_t rewinds = 0;
    std::string specHash; ///< of spec.json as it was when the folder was made
    /// The newest answers to control commands, oldest first.
    std::deque<Acknowledgement> acknowledged;
    /// Why the phase is Failed.
    std::optional<Error> error;
    /// A sentence of the job's own about what it does now ("reading rows"); may be empty.
    std::string note;
};

Json jobStateToJson(const JobState& state);
/// Keys of a newer program are ignored: a window may look at the job of another version.
Result<JobState> jobStateFromJson(const Json& json, const std::string& place);

/// Now, as "2026-01-31T12:00:00.000Z".
std::string utcNow();

} // namespace assay
