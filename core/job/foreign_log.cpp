#include "core/job/foreign_log.h"

#include "core/base/file.h"
#include "core/job/foreign_log_readers.h"
#include "core/job/metrics_log.h"

#include <algorithm>
#include <array>
#include <fstream>

namespace assay {

namespace fs = std::filesystem;

namespace {

constexpr int deepest = 8; ///< folders inside folders
constexpr std::size_t headBytes = 4096;

bool isEventFile(const fs::path& path) {
    return path.filename().string().find(".tfevents.") != std::string::npos;
}

std::string headOf(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string head(headBytes, '\0');
    file.read(head.data(), std::streamsize(head.size()));
    head.resize(std::size_t(file.gcount()));
    return head;
}

/// By its name, and where that is not enough by what it begins with.
std::optional<LogKind> kindOfFile(const fs::path& path) {
    const std::string name = path.filename().string();
    if (isEventFile(path))
        return LogKind::TensorBoard;
    if (name == "trainer_log.jsonl")
        return LogKind::TrainerLog;
    if (name == "logging.jsonl")
        return LogKind::SwiftLog;
    if (name == "trainer_state.json")
        return LogKind::TrainerState;
    const std::string suffix = path.extension().string();
    if (suffix != ".json" && suffix != ".jsonl")
        return std::nullopt;
    const std::string head = headOf(path);
    const auto says = [&head](const char* word) { return head.find(word) != std::string::npos; };
    if (suffix == ".jsonl") {
        if (says("\"global_step/max_steps\""))
            return LogKind::SwiftLog;
        if (says("\"current_steps\"") && says("\"total_steps\""))
            return LogKind::TrainerLog;
        return std::nullopt;
    }
    if (says("\"run_info\"") && says("\"experiment_name\""))
        return LogKind::PeftResult;
    if (says("\"best_model_checkpoint\"") || says("\"is_world_process_zero\""))
        return LogKind::TrainerState;
    return std::nullopt;
}

bool isJobFolder(const fs::path& folder) {
    std::error_code code;
    return fs::exists(folder / "spec.json", code) && fs::exists(folder / "state.json", code);
}

/// Words that only say "here are logs".
bool saysNothing(const std::string& name) {
    static constexpr std::array words{"runs", "logs", "log", "tensorboard", "output", "outputs"};
    return std::ranges::find(words, name) != words.end();
}

/// "model/v0-2023" for ROOT/model/v0-2023/runs/Sep18_host/: the parts below `root` up to the first
/// that only says "logs"; the folder's own name where none is left.
std::string nameBelow(const fs::path& root, const fs::path& folder) {
    fs::path name;
    for (const fs::path& part : folder.lexically_relative(root)) {
        if (part == "." || saysNothing(part.string()))
            break;
        name /= part;
    }
    if (!name.empty())
        return name.string();
    fs::path at = fs::absolute(root).lexically_normal();
    if (!at.has_filename())
        at = at.parent_path();
    while (saysNothing(at.filename().string()) && at.has_parent_path())
        at = at.parent_path();
    return at.filename().string();
}

int rank(LogKind kind) {
    switch (kind) {
    case LogKind::Job: // never beside another
        return -1;
    case LogKind::TrainerState:
        return 0;
    case LogKind::TrainerLog:
        return 1;
    case LogKind::SwiftLog:
        return 2;
    case LogKind::TensorBoard:
        return 3;
    case LogKind::PeftResult:
        return 4;
    }
    return 5;
}

void searchFolder(const fs::path& root, const fs::path& folder, int depth, bool runHasLog,
    std::vector<LogPlace>& found) {
    std::vector<fs::path> files;
    std::vector<fs::path> folders;
    std::error_code code;
    for (auto entry = fs::directory_iterator(folder, code);
         !code && entry != fs::directory_iterator(); entry.increment(code)) {
        if (entry->is_directory(code))
            folders.push_back(entry->path());
        else if (entry->is_regular_file(code))
            files.push_back(entry->path());
    }
    std::ranges::sort(files);
    std::ranges::sort(folders);
    if (isJobFolder(folder)) {
        found.push_back({LogKind::Job, folder, nameBelow(root, folder)});
        return;
    }
    std::optional<LogPlace> best;
    for (const fs::path& file : files) {
        const auto kind = kindOfFile(file);
        if (!kind)
            continue;
        if (*kind == LogKind::PeftResult) { // each file is a run of its own
            found.push_back({*kind, file, file.stem().string()});
            continue;
        }
        if (!best || rank(*kind) < rank(best->kind))
            best = LogPlace{*kind, *kind == LogKind::TensorBoard ? folder : file, {}};
    }
    if (best && !runHasLog) {
        best->name = nameBelow(root, folder);
        found.push_back(std::move(*best));
    }
    for (const fs::path& inner : folders) {
        const std::string name = inner.filename().string();
        if (depth >= deepest || name.starts_with('.'))
            continue;
        // Trainers keep copies of the log in their checkpoints, and event files in runs/.
        const bool belongs
            = runHasLog || (best && (name.starts_with("checkpoint-") || name == "runs"));
        searchFolder(root, inner, depth + 1, belongs, found);
    }
}

Error reasonFor(const fs::path& path) {
    const std::string name = path.filename().string();
    if (name == "all_results.json" || name == "train_results.json" || name == "eval_results.json")
        return Error("runlog.totals", {{"path", path.string()}});
    if (name.ends_with("config.json") || name.ends_with("_map.json")
        || name.ends_with(".index.json") || name == "added_tokens.json")
        return Error("runlog.settings", {{"path", path.string()}});
    return Error("runlog.unknown", {{"path", path.string()}});
}

std::string textOf(const Json& value) {
    return value.is_string() ? value.get<std::string>() : dumpJson(value);
}

void addLeaves(const Json& json, const std::string& group, const std::string& name,
    std::vector<RunParameter>& parameters) {
    for (const auto& [key, value] : json.items()) {
        const std::string full = name.empty() ? key : name + "." + key;
        if (value.is_object() && !value.empty())
            addLeaves(value, group, full, parameters);
        else
            parameters.push_back({group, full, textOf(value)});
    }
}

} // namespace

std::string_view logKindName(LogKind kind) {
    switch (kind) {
    case LogKind::Job:
        return "Assay";
    case LogKind::TensorBoard:
        return "TensorBoard";
    case LogKind::TrainerState:
        return "Hugging Face Trainer";
    case LogKind::TrainerLog:
        return "LLaMA-Factory";
    case LogKind::SwiftLog:
        return "ms-swift";
    case LogKind::PeftResult:
        return "PEFT benchmark";
    }
    return {};
}

std::vector<RunParameter> parametersFromJson(const Json& json, const std::string& group) {
    std::vector<RunParameter> parameters;
    if (!json.is_object())
        return parameters;
    for (const auto& [key, value] : json.items()) {
        if (group.empty() && value.is_object() && !value.empty())
            addLeaves(value, key, {}, parameters);
        else if (value.is_object() && !value.empty())
            addLeaves(value, group, key, parameters);
        else
            parameters.push_back({group, key, textOf(value)});
    }
    return parameters;
}

Result<std::vector<LogPlace>> findLogs(const fs::path& path) {
    std::error_code code;
    const fs::file_status status = fs::status(path, code);
    if (!fs::exists(status))
        return fail("file.missing", {{"path", path.string()}});
    std::vector<LogPlace> found;
    if (fs::is_directory(status)) {
        searchFolder(path, path, 0, false, found);
        if (found.empty())
            return fail("runlog.none_here", {{"path", path.string()}});
        return found;
    }
    const auto kind = kindOfFile(path);
    if (!kind)
        return tl::unexpected(reasonFor(path));
    const fs::path folder = fs::absolute(path).parent_path();
    const std::string name
        = *kind == LogKind::PeftResult ? path.stem().string() : nameBelow(folder, folder);
    found.push_back({*kind, path, name});
    return found;
}

std::unique_ptr<LogReader> openLog(const LogPlace& place) {
    switch (place.kind) {
    case LogKind::Job:
        return openJobLog(place.path);
    case LogKind::TensorBoard:
        return openTensorBoardLog(place.path);
    case LogKind::TrainerLog:
    case LogKind::SwiftLog:
        return openLineLog(place.kind, place.path);
    case LogKind::TrainerState:
    case LogKind::PeftResult:
        break;
    }
    return openWholeLog(place.kind, place.path);
}

} // namespace assay
