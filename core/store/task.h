#pragma once

#include "core/base/json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay {

class Database;

/// A question that annotators answer about every sample, with an answer from 1 to `scale`.
struct Criterion {
    std::string name; ///< also the "name" of its rating events
    std::string about; ///< one sentence; may be empty
    int scale = 5; ///< 2 to 10
    /// What the answers mean, one each, or none at all.
    std::vector<std::string> labels;
    bool operator==(const Criterion&) const = default;
};

/// What the people of a project are asked to judge.
struct TaskDefinition {
    std::vector<Criterion> criteria;
    std::vector<std::string> rejectReasons;
    std::vector<std::string> spanLabels;
    std::vector<std::string> annotators;
    bool operator==(const TaskDefinition&) const = default;
};
/// What a new project begins with.
TaskDefinition defaultTask();
Json taskToJson(const TaskDefinition& task);
/// A closed form: an unknown key is an error. "store.task_value" and those of reading.
Result<TaskDefinition> taskFromJson(const Json& json, const std::string& place);

/// A version of the guideline (Markdown). None is ever removed: decisions name the one in force by
/// its hash.
struct Guideline {
    int version = 0; ///< from 1; 0 means that none was written yet
    std::string hash; ///< of the text; empty when none was written
    std::string text;
    std::string author;
    std::int64_t changedMs = 0; ///< since 1970, UTC
};

/// The task of a project, and how far its people are with it.
class Task {
public:
    explicit Task(Database& database)
        : m_database(database) { }

    /// The default while nobody has defined another.
    Result<TaskDefinition> definition();
    /// Earlier definitions are kept. "store.task_value".
    Result<void> define(const TaskDefinition& task, const std::string& author);

    /// The one in force.
    Result<Guideline> guideline();
    /// A new version, unless the text is the one in force already.
    Result<Guideline> setGuideline(const std::string& text, const std::string& author);
    /// Newest first.
    Result<std::vector<Guideline>> guidelines();
    /// The one that a decision names; "store.guideline_missing".
    Result<Guideline> guidelineOf(const std::string& hash);

    /// The sample at which the author left a queue; `queue` names it as its owner likes.
    Result<std::optional<std::int64_t>> place(const std::string& queue, const std::string& author);
    Result<void> setPlace(const std::string& queue, const std::string& author, std::int64_t sample);

private:
    Database& m_database;
};

/// A migration step.
void makeTaskTables(Database& database);

} // namespace assay
