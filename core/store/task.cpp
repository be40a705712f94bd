#include "core/store/task.h"

#include "core/base/hash.h"
#include "core/data/tool_json.h"
#include "core/store/database.h"
#include "core/store/hybrid_clock.h"

#include <set>

namespace assay {

namespace {

constexpr int largestScale = 10; ///< the digits of a keyboard

tl::unexpected<Error> wrong(const std::string& reason, const std::string& place = {}) {
    return fail("store.task_value", {{"reason", reason}}, place);
}

Result<void> checkNames(const std::vector<std::string>& names, const std::string& what) {
    std::set<std::string> seen;
    for (const std::string& name : names) {
        if (trimmed(name).empty())
            return wrong("one of the " + what + " has no name");
        if (!seen.insert(name).second)
            return wrong("\"" + name + "\" stands twice among the " + what);
    }
    return {};
}

Result<void> checkTask(const TaskDefinition& task) {
    std::vector<std::string> names;
    for (const Criterion& criterion : task.criteria) {
        names.push_back(criterion.name);
        if (criterion.scale < 2 || criterion.scale > largestScale)
            return wrong("the scale of \"" + criterion.name + "\" must have 2 to 10 answers");
        if (!criterion.labels.empty() && int(criterion.labels.size()) != criterion.scale)
            return wrong("\"" + criterion.name + "\" has " + std::to_string(criterion.scale)
                + " answers but " + std::to_string(criterion.labels.size()) + " labels for them");
    }
    const std::pair<const std::vector<std::string>*, const char*> lists[]
        = {{&names, "criteria"}, {&task.rejectReasons, "reject reasons"},
            {&task.spanLabels, "span labels"}, {&task.annotators, "annotators"}};
    for (const auto& [list, what] : lists)
        if (auto checked = checkNames(*list, what); !checked)
            return checked;
    return {};
}

constexpr const char* guidelineColumns
    = "SELECT version, hash, text, author, changed_ms FROM guidelines";

Guideline readGuideline(const Query& query) {
    return {int(query.integer(0)), query.text(1), query.text(2), query.text(3), query.integer(4)};
}

} // namespace

TaskDefinition defaultTask() {
    return {{{"correct", "Is what the answer says true, and does it do what was asked?", 5, {}},
                {"helpful", "Does the answer serve the person who asked?", 5, {}}},
        {"wrong fact", "wrong call", "incomplete", "style", "unsafe"},
        {"wrong", "unsupported", "format", "unsafe"}, {}};
}

Json taskToJson(const TaskDefinition& task) {
    Json criteria = Json::array();
    for (const Criterion& criterion : task.criteria) {
        Json json = {{"name", criterion.name}, {"scale", criterion.scale}};
        if (!criterion.about.empty())
            json["about"] = criterion.about;
        if (!criterion.labels.empty())
            json["labels"] = criterion.labels;
        criteria.push_back(std::move(json));
    }
    return {{"criteria", std::move(criteria)}, {"reject_reasons", task.rejectReasons},
        {"span_labels", task.spanLabels}, {"annotators", task.annotators}};
}

Result<TaskDefinition> taskFromJson(const Json& json, const std::string& place) {
    if (!json.is_object())
        return wrong("it must be a JSON object", place);
    TaskDefinition task;
    JsonReader reader(json, place);
    if (const Json* criteria = reader.optional("criteria")) {
        if (!criteria->is_array())
            return wrong("\"criteria\" must be a list", place);
        for (std::size_t i = 0; i < criteria->size(); ++i) {
            const Json& item = (*criteria)[i];
            if (!item.is_object())
                return wrong("each of the criteria must be an object", place);
            Criterion criterion;
            JsonReader part(item, place + "/criteria/" + std::to_string(i));
            part.read("name", criterion.name);
            part.readOptional("about", criterion.about);
            part.readOptional("scale", criterion.scale);
            part.readOptional("labels", criterion.labels);
            for (Error& problem : part.takeProblems())
                reader.report(std::move(problem));
            task.criteria.push_back(std::move(criterion));
        }
    }
    reader.readOptional("reject_reasons", task.rejectReasons);
    reader.readOptional("span_labels", task.spanLabels);
    reader.readOptional("annotators", task.annotators);
    if (auto read = reader.finish(); !read)
        return forward(read);
    if (auto checked = checkTask(task); !checked)
        return forward(checked);
    return task;
}

Result<TaskDefinition> Task::definition() {
    return m_database.run([&] {
        Query query
            = m_database.query("SELECT json FROM task_definitions ORDER BY version DESC LIMIT 1");
        if (!query.step())
            return defaultTask();
        auto json = parseJson(query.text(0), "task");
        if (!json)
            throw StoreFailure{json.error()};
        auto task = taskFromJson(*json, "task");
        if (!task)
            throw StoreFailure{task.error()};
        return std::move(*task);
    });
}

Result<void> Task::define(const TaskDefinition& task, const std::string& author) {
    if (auto checked = checkTask(task); !checked)
        return checked;
    return m_database.write([&] {
        m_database.query("INSERT INTO task_definitions(json, author, changed_ms) VALUES (?, ?, ?)")
            .bind(dumpJson(taskToJson(task)), author, wallClockMs())
            .exec();
    });
}

Result<Guideline> Task::guideline() {
    return m_database.run([&] {
        Query query
            = m_database.query(std::string(guidelineColumns) + " ORDER BY version DESC LIMIT 1");
        return query.step() ? readGuideline(query) : Guideline();
    });
}

Result<Guideline> Task::setGuideline(const std::string& text, const std::string& author) {
    return m_database.write([&] {
        Guideline next;
        {
            Query query = m_database.query(
                std::string(guidelineColumns) + " ORDER BY version DESC LIMIT 1");
            if (query.step()) {
                Guideline current = readGuideline(query);
                if (current.text == text)
                    return current;
                next.version = current.version;
            }
        }
        ++next.version;
        next.hash = contentHash(text);
        next.text = text;
        next.author = author;
        next.changedMs = wallClockMs();
        m_database
            .query("INSERT INTO guidelines(version, hash, text, author, changed_ms) VALUES (?, ?, "
                   "?, ?, ?)")
            .bind(next.version, next.hash, next.text, next.author, next.changedMs)
            .exec();
        return next;
    });
}

Result<std::vector<Guideline>> Task::guidelines() {
    return m_database.run([&] {
        std::vector<Guideline> found;
        Query query = m_database.query(std::string(guidelineColumns) + " ORDER BY version DESC");
        while (query.step())
            found.push_back(readGuideline(query));
        return found;
    });
}

Result<Guideline> Task::guidelineOf(const std::string& hash) {
    return m_database.run([&] {
        Query query = m_database.query(
            std::string(guidelineColumns) + " WHERE hash = ? ORDER BY version DESC LIMIT 1");
        if (!query.bind(hash).step())
            throw StoreFailure{Error("store.guideline_missing", {{"hash", hash}})};
        return readGuideline(query);
    });
}

Result<std::optional<std::int64_t>> Task::place(
    const std::string& queue, const std::string& author) {
    return m_database.run([&]() -> std::optional<std::int64_t> {
        Query query = m_database.query(
            "SELECT sample_id FROM review_places WHERE queue = ? AND author = ?");
        if (!query.bind(queue, author).step())
            return std::nullopt;
        return query.integer(0);
    });
}

Result<void> Task::setPlace(
    const std::string& queue, const std::string& author, std::int64_t sample) {
    return m_database.write([&] {
        m_database
            .query("INSERT OR REPLACE INTO review_places(queue, author, sample_id, changed_ms) "
                   "VALUES (?, ?, ?, ?)")
            .bind(queue, author, sample, wallClockMs())
            .exec();
    });
}

void makeTaskTables(Database& database) {
    database.handle().exec(R"(
-- Definitions and guidelines are only ever added; the newest is in force.
CREATE TABLE task_definitions (
    version INTEGER PRIMARY KEY,
    json TEXT NOT NULL,
    author TEXT NOT NULL,
    changed_ms INTEGER NOT NULL
);
CREATE TABLE guidelines (
    version INTEGER PRIMARY KEY,
    hash TEXT NOT NULL,
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    changed_ms INTEGER NOT NULL
);
CREATE INDEX guidelines_hash ON guidelines(hash);
-- Where each person left a queue.
CREATE TABLE review_places (
    queue TEXT NOT NULL,
    author TEXT NOT NULL,
    sample_id INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL,
    PRIMARY KEY (queue, author)
) WITHOUT ROWID;
)");
}

} // namespace assay
