#pragma once

#include "core/base/result.h"
#include "core/job/line_tail.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace assay {

enum class ControlVerb { Pause, Resume, Stop, CheckpointNow };
/// "pause", "resume", "stop", "checkpoint-now"
std::string_view controlVerbName(ControlVerb verb);
std::optional<ControlVerb> controlVerbFromName(std::string_view name);

struct ControlCommand {
    std::string id; ///< UUID, given by the sender
    ControlVerb verb = ControlVerb::Pause;
};

/// Appends a command to control.jsonl and returns its id. Several senders may do so at the same
/// time.
Result<std::string> sendControl(const std::filesystem::path& controlFile, ControlVerb verb);

/// Reads control.jsonl as it grows, whole lines only.
class ControlReader {
public:
    /// Begins at byte `offset`: what stands before it was meant for an earlier process.
    ControlReader(std::filesystem::path file, std::int64_t offset);
    struct Batch {
        std::vector<ControlCommand> commands;
        /// Lines that are no command, with the reason, for the log.
        std::vector<Error> problems;
    };
    Result<Batch> poll();

private:
    LineTail m_tail;
};

} // namespace assay
