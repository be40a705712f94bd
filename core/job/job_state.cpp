#include "core/job/job_state.h"

#include "core/base/error_json.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace assay {

namespace {

constexpr std::array<std::pair<JobPhase, std::string_view>, 9> phases = {{
    {JobPhase::Queued, "queued"},
    {JobPhase::Preparing, "preparing"},
    {JobPhase::Running, "running"},
    {JobPhase::Paused, "paused"},
    {JobPhase::Evaluating, "evaluating"},
    {JobPhase::Checkpointing, "checkpointing"},
    {JobPhase::Done, "done"},
    {JobPhase::Stopped, "stopped"},
    {JobPhase::Failed, "failed"},
}};

} // namespace

std::string_view jobPhaseName(JobPhase phase) {
    return std::ranges::find(phases, phase, &std::pair<JobPhase, std::string_view>::first)->second;
}

std::optional<JobPhase> jobPhaseFromName(std::string_view name) {
    const auto found
        = std::ranges::find(phases, name, &std::pair<JobPhase, std::string_view>::second);
    return found == phases.end() ? std::nullopt : std::optional(found->first);
}

bool isFinal(JobPhase phase) {
    return phase == JobPhase::Done || phase == JobPhase::Stopped || phase == JobPhase::Failed;
}

Json jobStateToJson(const JobState& state) {
    Json json = {
        {"phase", jobPhaseName(state.phase)},
        {"step", state.step},
        {"total_steps", state.totalSteps},
        {"epoch", state.epoch},
        {"progress", state.progress},
        {"eta_s", state.etaSeconds},
        {"note", state.note},
        {"pid", state.pid},
        {"host", state.host},
        {"boot_id", state.bootId},
        {"attempt", state.attempt},
        {"started", state.started},
        {"heartbeat", state.heartbeat},
        {"rewinds", state.rewinds},
        {"spec_hash", state.specHash},
        {"acknowledged", Json::array()},
    };
    for (const Acknowledgement& answer : state.acknowledged)
        json["acknowledged"].push_back(
            {{"id", answer.id}, {"command", answer.command}, {"outcome", answer.outcome}});
    if (state.error)
        json["error"] = errorToJson(*state.error);
    return json;
}

Result<JobState> jobStateFromJson(const Json& json, const std::string& place) {
    JsonReader reader(json, place);
    JobState state;
    std::string phase;
    reader.read("phase", phase);
    if (const auto known = jobPhaseFromName(phase))
        state.phase = *known;
    else if (!phase.empty())
        reader.report(
            Error("json.value", {{"key", "phase"}, {"reason", "\"" + phase + "\" is no phase"}}));
    reader.readOptional("step", state.step);
    reader.readOptional("total_steps", state.totalSteps);
    reader.readOptional("epoch", state.epoch);
    reader.readOptional("progress", state.progress);
    reader.readOptional("eta_s", state.etaSeconds);
    reader.readOptional("note", state.note);
    reader.readOptional("pid", state.pid);
    reader.readOptional("host", state.host);
    reader.readOptional("boot_id", state.bootId);
    reader.readOptional("attempt", state.attempt);
    reader.readOptional("started", state.started);
    reader.readOptional("heartbeat", state.heartbeat);
    reader.readOptional("rewinds", state.rewinds);
    reader.readOptional("spec_hash", state.specHash);
    if (const Json* answers = reader.optional("acknowledged"); answers && answers->is_array()) {
        for (const Json& item : *answers) {
            JsonReader answer(item, place + "/acknowledged");
            Acknowledgement& entry = state.acknowledged.emplace_back();
            answer.readOptional("id", entry.id);
            answer.readOptional("command", entry.command);
            answer.readOptional("outcome", entry.outcome);
        }
    }
    if (const Json* error = reader.optional("error"))
        state.error = errorFromJson(*error);
    reader.ignoreOthers();
    if (auto done = reader.finish(); !done)
        return forward(done);
    return state;
}

std::string utcNow() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
    const std::time_t seconds = milliseconds / 1000;
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char text[32];
    const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    char fraction[8];
    std::snprintf(fraction, sizeof fraction, ".%03dZ", int(milliseconds % 1000));
    return std::string(text, length) + fraction;
}

} // namespace assay
