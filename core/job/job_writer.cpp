#include "core/job/job_writer.h"

#include "core/job/metric_number.h"
#include "core/job/process_identity.h"
#include "core/job/tfevents.h"

#include <algorithm>
#include <array>
#include <unistd.h>

namespace assay {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t keptAcknowledgements = 32;
constexpr std::chrono::milliseconds progressInterval(500);
constexpr std::string_view eventFilePrefix = "events.out.tfevents.";

/// Length of the file up to and with its last line end; 0 when it does not exist.
Result<std::int64_t> wholeLinesLength(const fs::path& path) {
    std::error_code problem;
    if (!fs::exists(path, problem))
        return 0;
    auto mapped = MappedFile::open(path);
    if (!mapped)
        return forward(mapped);
    const std::size_t last = mapped->text().rfind('\n');
    return last == std::string_view::npos ? 0 : std::int64_t(last) + 1;
}

Result<void> openWholeLines(AppendFile& target, const fs::path& path) {
    auto length = wholeLinesLength(path);
    if (!length)
        return forward(length);
    auto file = AppendFile::open(path, *length);
    if (!file)
        return forward(file);
    target = std::move(*file);
    return {};
}

std::vector<fs::path> eventFiles(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code problem;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, problem))
        if (entry.path().filename().string().starts_with(eventFilePrefix))
            files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

std::string lineOf(const Json& json) {
    return dumpJson(withStorableNumbers(json)) + "\n";
}

double unixSeconds() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::int64_t sizeOrZero(const fs::path& path) {
    std::error_code problem;
    const std::uintmax_t size = fs::file_size(path, problem);
    return problem ? 0 : std::int64_t(size);
}

} // namespace

JobWriter::JobWriter(JobFolder folder, JobLock lock, std::int64_t controlOffset)
    : m_folder(std::move(folder))
    , m_lock(std::move(lock))
    , m_control(m_folder.controlFile(), controlOffset) { }

JobWriter::~JobWriter() = default;

Result<std::unique_ptr<JobWriter>> JobWriter::acquire(const JobFolder& folder) {
    // Measured before the lock is taken: commands are sent to an owner, so what stands here already
    // was meant for an earlier one, and what comes after the lock is ours.
    const std::int64_t controlOffset = sizeOrZero(folder.controlFile());
    auto lock = JobLock::take(folder.lockFile());
    if (!lock)
        return forward(lock);
    auto state = folder.state();
    if (!state)
        return forward(state);
    std::unique_ptr<JobWriter> writer(new JobWriter(folder, std::move(*lock), controlOffset));
    writer->m_state = std::move(*state);
    if (auto opened = writer->openFiles(); !opened)
        return forward(opened);
    auto written = writer->updateState([](JobState& now) {
        now.phase = JobPhase::Preparing;
        now.pid = ::getpid();
        now.host = hostName();
        now.bootId = bootId();
        now.started = utcNow();
        now.attempt += 1;
        now.etaSeconds = -1;
        now.note.clear();
        now.error.reset();
    });
    if (!written)
        return forward(written);
    return writer;
}

Result<void> JobWriter::openFiles() {
    const std::array<std::pair<AppendFile*, fs::path>, 3> files = {{
        {&m_metrics, m_folder.metricsFile()},
        {&m_samples, m_folder.samplesFile()},
        {&m_probes, m_folder.probesFile()},
    }};
    for (const auto& [file, path] : files)
        if (auto opened = openWholeLines(*file, path); !opened)
            return forward(opened);
    return {};
}

Result<void> JobWriter::writeState() {
    m_state.heartbeat = utcNow();
    m_lastWrite = std::chrono::steady_clock::now();
    const Json json = withStorableNumbers(jobStateToJson(m_state));
    return writeFileAtomically(m_folder.stateFile(), dumpJson(json, 2) + "\n");
}

Result<void> JobWriter::updateState(const std::function<void(JobState&)>& change) {
    change(m_state);
    return writeState();
}

Result<void> JobWriter::noteProgress(const std::function<void(JobState&)>& change) {
    change(m_state);
    if (std::chrono::steady_clock::now() - m_lastWrite < progressInterval)
        return {};
    return writeState();
}

Result<void> JobWriter::appendMetrics(const Json& line) {
    return m_metrics.append(lineOf(line));
}

Result<void> JobWriter::appendSample(const Json& line) {
    return m_samples.append(lineOf(line));
}

Result<void> JobWriter::appendSamples(std::span<const Json> lines) {
    std::string text;
    for (const Json& line : lines)
        text += lineOf(line);
    return text.empty() ? Result<void>() : m_samples.append(text);
}

Result<void> JobWriter::appendProbe(const Json& line) {
    return m_probes.append(lineOf(line));
}

Result<void> JobWriter::appendScalars(
    std::int64_t step, std::span<const std::pair<std::string, double>> scalars) {
    const double now = unixSeconds();
    if (!m_events) {
        const std::string name
            = tfEventsFileName(std::int64_t(now), m_state.host, m_state.pid, m_state.attempt);
        auto created = TfEventsWriter::create(m_folder.path() / name, now);
        if (!created)
            return forward(created);
        m_events = std::make_unique<TfEventsWriter>(std::move(*created));
    }
    return m_events->addScalars(now, step, scalars);
}

Result<void> JobWriter::log(std::string_view text) {
    // Opened each time: what the process and its libraries print on stderr goes into the same file.
    auto file = AppendFile::open(m_folder.logFile());
    if (!file)
        return forward(file);
    return file->append(utcNow() + " " + std::string(text) + "\n");
}

Result<std::vector<ControlCommand>> JobWriter::pollControl() {
    auto batch = m_control.poll();
    if (!batch)
        return forward(batch);
    for (const Error& problem : batch->problems)
        if (auto written = log("control.jsonl: a line was ignored: " + message(problem)); !written)
            return forward(written);
    return std::move(batch->commands);
}

Result<void> JobWriter::acknowledge(const ControlCommand& command, const std::string& outcome) {
    return updateState([&](JobState& state) {
        state.acknowledged.push_back(
            {command.id, std::string(controlVerbName(command.verb)), outcome});
        while (state.acknowledged.size() > keptAcknowledgements)
            state.acknowledged.pop_front();
    });
}

Result<FileLengths> JobWriter::fileLengths() {
    for (AppendFile* file : {&m_metrics, &m_samples, &m_probes})
        if (auto synced = file->sync(); !synced)
            return forward(synced);
    if (m_events)
        if (auto synced = m_events->sync(); !synced)
            return forward(synced);
    FileLengths lengths;
    for (const AppendFile* file : {&m_metrics, &m_samples, &m_probes})
        lengths[file->path().filename().string()] = file->size();
    for (const fs::path& file : eventFiles(m_folder.path()))
        lengths[file.filename().string()] = sizeOrZero(file);
    return lengths;
}

Result<void> JobWriter::truncateTo(const FileLengths& lengths) {
    const auto lengthOf = [&](const fs::path& path) {
        const auto found = lengths.find(path.filename().string());
        return found == lengths.end() ? 0 : found->second;
    };
    for (AppendFile* file : {&m_metrics, &m_samples, &m_probes}) {
        const fs::path path = file->path();
        if (file->size() < lengthOf(path))
            return fail("job.file_short",
                {{"path", path.string()}, {"size", std::to_string(file->size())},
                    {"expected", std::to_string(lengthOf(path))}});
        auto cut = AppendFile::open(path, lengthOf(path));
        if (!cut)
            return forward(cut);
        *file = std::move(*cut);
    }
    // This attempt's own event file is closed: what it wrote lies after the checkpoint.
    m_events.reset();
    for (const fs::path& path : eventFiles(m_folder.path())) {
        std::error_code problem;
        if (lengthOf(path) == 0)
            fs::remove(path, problem);
        else if (sizeOrZero(path) > lengthOf(path))
            fs::resize_file(path, std::uintmax_t(lengthOf(path)), problem);
        if (problem)
            return fail("file.write", {{"path", path.string()}, {"reason", problem.message()}});
    }
    return updateState([](JobState& state) { state.rewinds += 1; });
}

} // namespace assay
