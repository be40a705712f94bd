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
    , m_probes(m_folder.probesFile()) { }

Result<JobReader::Update> JobReader::poll(Samples samples) {
    // The owner cuts the files first, then raises `rewinds`, then appends. So lines read between
    // two looks at an unchanged count are good unless a file was found shorter.
    Update update;
    for (bool isSettled = false; !isSettled;) {
        auto state = m_folder.state();
        if (!state)
            return forward(state);
        if (m_rewinds >= 0 && m_rewinds != state->rewinds)
            update.restarted = true;
        m_rewinds = state->rewinds;
        if (update.restarted)
            for (LineTail* tail : {&m_metrics, &m_samples, &m_probes})
                tail->restart();
        update.metrics.clear();
        update.samples.clear();
        update.probes.clear();
        update.problems.clear();
        if (auto taken = takeLines(m_metrics, update.metrics, update.problems); !taken)
            return forward(taken);
        if (auto taken = takeLines(m_probes, update.probes, update.problems); !taken)
            return forward(taken);
        if (samples == Samples::Read)
            if (auto taken = takeLines(m_samples, update.samples, update.problems); !taken)
                return forward(taken);
        auto after = m_folder.state();
        if (!after)
            return forward(after);
        isSettled = after->rewinds == m_rewinds;
        if (m_metrics.shrank() || m_probes.shrank() || m_samples.shrank()) {
            update.restarted = true;
            isSettled = false;
        }
        update.state = std::move(*after);
    }
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
