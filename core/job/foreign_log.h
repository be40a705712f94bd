#pragma once

#include "core/analysis/curve_reading.h"
#include "core/base/json.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// Logs that are read (docs/run_logs.md): a job folder of ours, and those of other trainers.
enum class LogKind { Job, TensorBoard, TrainerState, TrainerLog, SwiftLog, PeftResult };
/// "Assay", "TensorBoard", "Hugging Face Trainer", ..: names of programs, the same in every
/// language.
std::string_view logKindName(LogKind kind);

/// A log that was found: a file, or for TensorBoard the folder whose event files are one run.
struct LogPlace {
    LogKind kind = LogKind::TensorBoard;
    std::filesystem::path path;
    /// From the folders that tell it apart from others beside it.
    std::string name;
};

/// The logs at a path: the file itself, or those in a folder and the folders inside it, by name. Of
/// several kinds of log in one folder, which tell of the same run, the one that says most is taken;
/// copies of trainer_state.json inside checkpoint-N folders are passed over where their run has a
/// log. Errors say by name why nothing there is a log: "runlog.totals", "runlog.settings",
/// "runlog.unknown", "runlog.none_here", "file.missing".
Result<std::vector<LogPlace>> findLogs(const std::filesystem::path& path);

/// One setting of a run, for people to read and compare.
struct RunParameter {
    std::string group; ///< "optimizer"; may be empty
    std::string name; ///< "learning_rate"
    std::string value;
    bool operator==(const RunParameter&) const = default;
};
/// The leaves of a JSON object, grouped by its first level: {"a": {"b": {"c": 1}}} is a / b.c = 1.
std::vector<RunParameter> parametersFromJson(const Json& json, const std::string& group = {});

/// Reads a log that may still grow.
class LogReader {
public:
    /// What one call found.
    struct Update {
        /// The rows that are new; all rows where `restarted`.
        RunLog rows;
        /// What was handed over before no longer holds: drop it.
        bool restarted = false;
        /// Where reading stopped in the middle, lines that are no JSON.
        std::vector<Error> problems;
        /// Bytes of a last record that is not whole: it is being written, or its writer was killed.
        std::int64_t pendingBytes = 0;
    };

    virtual ~LogReader() = default;
    /// The rows since the last call; few million characters at most, so that a long file comes over
    /// several calls (`isAtEnd`).
    virtual Result<Update> poll() = 0;
    virtual bool isAtEnd() const { return true; }
    /// What is known so far about how the run was set up, from the log and the files beside it.
    virtual std::vector<RunParameter> parameters() const = 0;
    /// Steps planned, kind of start, whether it has ended: as far as the log says.
    virtual CurveContext context() const = 0;
    /// What the log holds beside numbers ("args/text_summary"), for a log without any.
    virtual std::vector<std::string> otherContent() const { return {}; }
};
std::unique_ptr<LogReader> openLog(const LogPlace& place);

} // namespace assay
