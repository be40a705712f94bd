#include "core/job/control.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/job/job_state.h"
#include "core/job/line_tail.h"

#include <algorithm>
#include <array>

namespace assay {

namespace {

constexpr std::array<std::pair<ControlVerb, std::string_view>, 4> verbs = {{
    {ControlVerb::Pause, "pause"},
    {ControlVerb::Resume, "resume"},
    {ControlVerb::Stop, "stop"},
    {ControlVerb::CheckpointNow, "checkpoint-now"},
}};

Result<ControlCommand> parseCommand(const std::string& line, const std::string& place) {
    auto json = parseJson(line, place);
    if (!json)
        return forward(json);
    JsonReader reader(*json, place);
    ControlCommand command;
    std::string name;
    std::string sent;
    reader.read("id", command.id);
    reader.read("command", name);
    reader.readOptional("sent", sent);
    const auto verb = controlVerbFromName(name);
    if (verb)
        command.verb = *verb;
    else if (!name.empty())
        reader.report(Error(
            "json.value", {{"key", "command"}, {"reason", "\"" + name + "\" is no command"}}));
    if (auto done = reader.finish(); !done)
        return forward(done);
    return command;
}

} // namespace

std::string_view controlVerbName(ControlVerb verb) {
    return std::ranges::find(verbs, verb, &std::pair<ControlVerb, std::string_view>::first)->second;
}

std::optional<ControlVerb> controlVerbFromName(std::string_view name) {
    const auto found
        = std::ranges::find(verbs, name, &std::pair<ControlVerb, std::string_view>::second);
    return found == verbs.end() ? std::nullopt : std::optional(found->first);
}

Result<std::string> sendControl(const std::filesystem::path& controlFile, ControlVerb verb) {
    auto file = AppendFile::open(controlFile);
    if (!file)
        return forward(file);
    const std::string id = makeUuid();
    const Json line = {{"id", id}, {"command", controlVerbName(verb)}, {"sent", utcNow()}};
    if (auto done = file->append(dumpJson(line) + "\n"); !done)
        return forward(done);
    return id;
}

ControlReader::ControlReader(std::filesystem::path file, std::int64_t offset)
    : m_tail(std::move(file), offset) { }

Result<ControlReader::Batch> ControlReader::poll() {
    auto lines = m_tail.poll();
    if (!lines)
        return forward(lines);
    Batch batch;
    for (const std::string& line : *lines) {
        auto command = parseCommand(line, m_tail.file().string());
        if (command)
            batch.commands.push_back(std::move(*command));
        else
            batch.problems.push_back(std::move(command.error()));
    }
    return batch;
}

} // namespace assay
