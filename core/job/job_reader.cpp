#include "core/job/job_reader.h"

namespace assay {

namespace {

Result<void> takeLines(LineTail& tail, std::vector<Json>& target, std::vector<Error>& problems) {
    auto lines = tail.poll();
    if (!lines)
        return forward(lines);
    for (const std::string& line : *lines) {
        auto json = parseJson(line, tail.file().string());
        if (json)
            target.push_back(std::move(*json));
        else
            problems.push_back(std::move(json.error()));
    }
    return {};
}

} // namespace

JobReader::JobReader(JobFolder folder)
    : m_folder(std::move(folder))
    , m_metrics(m_folder.metricsFile())
    , m_samples(m_folder.samplesFile())
    , m_probes(m_folder.probesFile()) {}

Result<JobReader::Update> JobReader::poll(Samples samples) {
    // The state is read first: a cut that happens after this is seen with the next call, before any line
    // that follows it is taken for new.
    auto state = m_folder.state();
    if (!state)
        return forward(state);
    Update update;
    update.restarted = m_rewinds >= 0 && m_rewinds != state->rewinds;
    m_rewinds = state->rewinds;
    update.state = std::move(*state);
    if (update.restarted)
        for (LineTail* tail : {&m_metrics, &m_samples, &m_probes})
            tail->restart();
    if (auto taken = takeLines(m_metrics, update.metrics, update.problems); !taken)
        return forward(taken);
    if (auto taken = takeLines(m_probes, update.probes, update.problems); !taken)
        return forward(taken);
    if (samples == Samples::Read)
        if (auto taken = takeLines(m_samples, update.samples, update.problems); !taken)
            return forward(taken);
    return update;
}

Result<std::string> JobReader::send(ControlVerb verb) {
    auto owner = m_folder.owner();
    if (!owner)
        return forward(owner);
    if (!*owner)
        return fail("job.not_running", {{"path", m_folder.path().string()}});
    return sendControl(m_folder.controlFile(), verb);
}

} // namespace assay
