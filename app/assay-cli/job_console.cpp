#include "app/assay-cli/job_console.h"

#include "core/job/job_reader.h"
#include "core/job/metric_number.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <stop_token>
#include <thread>

namespace assay {

namespace {

/// Prints the news of a job; used by one thread.
class JobConsole {
public:
    JobConsole(JobFolder folder, std::int64_t everySteps)
        : m_reader(std::move(folder))
        , m_everySteps(everySteps) {
        // What earlier processes wrote is not news.
        if (const auto old = m_reader.poll()) {
            m_phase = old->state.phase;
            m_rewinds = old->state.rewinds;
        }
    }

    void print() {
        const auto update = m_reader.poll();
        if (!update) // looked at in the middle of something: the next look will do
            return;
        if (m_rewinds != update->state.rewinds) {
            m_rewinds = update->state.rewinds;
            m_lastStep = -1;
        }
        // The end stands after the last step, every other phase before the steps made in it.
        if (!isFinal(update->state.phase))
            printPhase(update->state);
        for (const Json& line : update->metrics)
            printMetrics(line, update->state);
        printPhase(update->state);
    }

private:
    /// Beginning, holding and ending; steps, evaluations and checkpoints follow one another too
    /// quickly to be told apart by looking now and then.
    void printPhase(const JobState& state) {
        const bool isPlain = state.phase == JobPhase::Running || state.phase == JobPhase::Evaluating
            || state.phase == JobPhase::Checkpointing;
        const JobPhase phase = isPlain ? JobPhase::Running : state.phase;
        if (phase == m_phase)
            return;
        m_phase = phase;
        std::fprintf(stderr, "%s%s%s\n", std::string(jobPhaseName(phase)).c_str(),
            state.note.empty() ? "" : ": ", state.note.c_str());
    }

    void printMetrics(const Json& line, const JobState& state) {
        const auto number = [&](const char* key) -> std::optional<double> {
            const auto found = line.find(key);
            return found == line.end() ? std::nullopt : metricNumber(*found);
        };
        const auto step = std::int64_t(number("step").value_or(0));
        const auto evalLoss = number("eval_loss");
        const std::int64_t interval
            = m_everySteps > 0 ? m_everySteps : std::max<std::int64_t>(1, state.totalSteps / 20);
        const auto loss = number("loss");
        const bool isDue = (loss && !std::isfinite(*loss)) || m_lastStep < 0
            || step - m_lastStep >= interval || step == state.totalSteps;
        if (!evalLoss && !isDue)
            return;
        m_lastStep = step;
        std::string text = "step " + std::to_string(step);
        if (state.totalSteps > 0)
            text += "/" + std::to_string(state.totalSteps);
        const auto add = [&](const char* format, std::optional<double> value) {
            if (!value)
                return;
            char buffer[64];
            std::snprintf(buffer, sizeof buffer, format, *value);
            text += buffer;
        };
        add("  epoch %.2f", number("epoch"));
        add("  loss %.4f", loss);
        add("  eval loss %.4f", evalLoss);
        add("  lr %.2e", number("lr"));
        add("  %.0f tokens/s", number("tokens_per_s"));
        if (state.etaSeconds >= 0)
            add("  %.0f s left", state.etaSeconds);
        std::fprintf(stderr, "%s\n", text.c_str());
    }

    JobReader m_reader;
    std::int64_t m_everySteps;
    std::int64_t m_lastStep = -1;
    std::int64_t m_rewinds = -1;
    JobPhase m_phase = JobPhase::Queued;
};

} // namespace

Result<void> runWithConsole(const std::filesystem::path& jobFolder, std::int64_t everySteps,
    const std::function<Result<void>()>& work) {
    auto folder = JobFolder::open(jobFolder);
    if (!folder)
        return forward(folder);
    JobConsole console(std::move(*folder), everySteps);
    std::jthread printer([&](std::stop_token stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        while (!stop.stop_requested()) {
            wake.wait_for(lock, stop, std::chrono::milliseconds(250), [] { return false; });
            console.print();
        }
    });
    Result<void> done = work();
    printer.request_stop();
    printer.join();
    return done;
}

} // namespace assay
