#pragma once

#include "core/base/file.h"
#include "core/job/control.h"
#include "core/job/job_folder.h"
#include "core/job/job_lock.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>

namespace assay {

class TfEventsWriter;

/// Byte lengths of the append-only files by name, as a checkpoint records them.
using FileLengths = std::map<std::string, std::int64_t>;

/// The owner's side of a job folder: holds the lock as long as it lives. One thread.
class JobWriter {
public:
    /// Takes the lock, counts the attempt and writes the phase Preparing. An error naming pid and
    /// host when another process owns the folder. Lines torn by a crash are cut off the append-only
    /// files.
    static Result<std::unique_ptr<JobWriter>> acquire(const JobFolder& folder);
    ~JobWriter();
    JobWriter(const JobWriter&) = delete;
    JobWriter& operator=(const JobWriter&) = delete;

    const JobFolder& folder() const { return m_folder; }
    const JobState& state() const { return m_state; }
    /// Applies `change` and writes state.json at once.
    Result<void> updateState(const std::function<void(JobState&)>& change);
    /// The same, but writes only when the last write is half a second old: for use at every step.
    Result<void> noteProgress(const std::function<void(JobState&)>& change);

    /// One line each. Numbers that are not finite are stored as the strings "NaN", "Infinity" and
    /// "-Infinity", which metricNumber() reads back.
    Result<void> appendMetrics(const Json& line);
    Result<void> appendSample(const Json& line);
    /// Many lines in one write.
    Result<void> appendSamples(std::span<const Json> lines);
    Result<void> appendProbe(const Json& line);
    /// TensorBoard scalars of one step, into this attempt's event file.
    Result<void> appendScalars(
        std::int64_t step, std::span<const std::pair<std::string, double>> scalars);
    /// A line with the time in front, in log.txt.
    Result<void> log(std::string_view text);

    /// Commands sent since the last call; each must be acknowledged. Unreadable lines go to the
    /// log.
    Result<std::vector<ControlCommand>> pollControl();
    /// Writes the state. `outcome` is "done" or says why not.
    Result<void> acknowledge(const ControlCommand& command, const std::string& outcome = "done");

    /// Makes all appended lines durable and returns the lengths: call it before a checkpoint is
    /// written.
    Result<FileLengths> fileLengths();
    /// Cuts every append-only file back to the length recorded (to nothing when it has none), and
    /// tells readers. Event files begun after the checkpoint are removed.
    Result<void> truncateTo(const FileLengths& lengths);

private:
    JobWriter(JobFolder folder, JobLock lock, std::int64_t controlOffset);
    Result<void> openFiles();
    Result<void> writeState();

    JobFolder m_folder;
    JobLock m_lock;
    JobState m_state;
    std::chrono::steady_clock::time_point m_lastWrite;
    AppendFile m_metrics;
    AppendFile m_samples;
    AppendFile m_probes;
    std::unique_ptr<TfEventsWriter> m_events;
    ControlReader m_control;
};

} // namespace assay
