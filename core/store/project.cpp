#include "core/store/project.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/store/database.h"
#include "core/store/findings.h"
#include "core/store/hybrid_clock.h"
#include "core/store/schema.h"

#include <algorithm>

namespace assay {

namespace fs = std::filesystem;

namespace {

constexpr const char* databaseName = "project.db";
constexpr const char* subfolders[] = {"jobs", "models", "corpora", "exports"};

/// "x.assay" for "x", "x/" and "x.assay".
fs::path projectFolderOf(fs::path folder) {
    if (!folder.has_filename())
        folder = folder.parent_path();
    if (folder.extension() != ".assay")
        folder += ".assay";
    return folder;
}

Result<std::string> readMeta(Database& database, const char* key) {
    return database.run([&] {
        Query query = database.query("SELECT value FROM meta WHERE key = ?");
        return query.bind(key).step() ? query.text(0) : std::string();
    });
}

} // namespace

struct Project::Parts {
    explicit Parts(std::unique_ptr<Database> opened)
        : database(std::move(opened))
        , samples(*database)
        , decisions(*database)
        , imports(*database)
        , registry(*database)
        , task(*database)
        , findings(*database) { }

    std::unique_ptr<Database> database;
    Samples samples;
    Decisions decisions;
    Imports imports;
    Registry registry;
    Task task;
    SampleFindings findings;
    fs::path folder;
    std::string name;
    std::string uid;
};

Project::Project(std::unique_ptr<Parts> parts)
    : m_parts(std::move(parts)) { }
Project::Project(Project&&) noexcept = default;
Project& Project::operator=(Project&&) noexcept = default;
Project::~Project() = default;

Result<Project> Project::create(const fs::path& wanted, const std::string& name) {
    const fs::path folder = projectFolderOf(wanted);
    std::error_code problem;
    if (fs::exists(folder, problem))
        return fail("file.exists", {{"path", folder.string()}});
    for (const char* subfolder : subfolders)
        if (auto made = makeFolder(folder / subfolder); !made)
            return forward(made);
    const auto makeDatabase = [&]() -> Result<void> {
        auto database = Database::open(folder / databaseName, DatabaseMode::Create);
        if (!database)
            return forward(database);
        if (auto migrated = migrate(**database); !migrated)
            return migrated;
        return (*database)->write([&] {
            const std::string title = name.empty() ? folder.stem().string() : name;
            const std::pair<const char*, std::string> entries[] = {{"uid", makeUuid()},
                {"name", title}, {"created_ms", std::to_string(wallClockMs())}};
            for (const auto& [key, value] : entries)
                (*database)
                    ->query("INSERT INTO meta(key, value) VALUES (?, ?)")
                    .bind(key, value)
                    .exec();
        });
    };
    if (auto made = makeDatabase(); !made) {
        fs::remove_all(folder, problem); // all of it is ours
        return forward(made);
    }
    return open(folder);
}

Result<Project> Project::open(const fs::path& wanted, OpenMode mode) {
    std::error_code problem;
    fs::path folder = wanted;
    if (!fs::exists(folder / databaseName, problem)
        && fs::exists(projectFolderOf(wanted) / databaseName, problem))
        folder = projectFolderOf(wanted);
    if (!fs::exists(folder, problem))
        return fail("file.missing", {{"path", folder.string()}});
    if (!fs::exists(folder / databaseName, problem))
        return fail("store.not_a_project", {{"path", folder.string()}});
    auto database = Database::open(folder / databaseName,
        mode == OpenMode::ReadWrite ? DatabaseMode::ReadWrite : DatabaseMode::ReadOnly);
    if (!database)
        return forward(database);
    auto fitting = mode == OpenMode::ReadWrite ? migrate(**database) : checkVersion(**database);
    if (!fitting)
        return forward(fitting);
    auto parts = std::make_unique<Parts>(std::move(*database));
    auto name = readMeta(*parts->database, "name");
    auto uid = readMeta(*parts->database, "uid");
    if (!name)
        return forward(name);
    if (!uid)
        return forward(uid);
    parts->folder = folder;
    parts->name = *name;
    parts->uid = *uid;
    // Left-overs are invisible; that they cannot be removed now (a full disk) is no reason not to
    // open.
    if (mode == OpenMode::ReadWrite)
        if (auto cleared = parts->imports.clearAbandoned(); !cleared) { }
    return Project(std::move(parts));
}

const fs::path& Project::folder() const {
    return m_parts->folder;
}
const std::string& Project::name() const {
    return m_parts->name;
}
const std::string& Project::uid() const {
    return m_parts->uid;
}
Samples& Project::samples() {
    return m_parts->samples;
}
Decisions& Project::decisions() {
    return m_parts->decisions;
}
Imports& Project::imports() {
    return m_parts->imports;
}
Registry& Project::registry() {
    return m_parts->registry;
}
SampleFindings& Project::findings() {
    return m_parts->findings;
}

Task& Project::task() {
    return m_parts->task;
}

Result<void> Project::check() {
    Database& database = *m_parts->database;
    return database.run([&] {
        SQLite::Statement statement(database.handle(), "PRAGMA integrity_check(10)");
        std::string found;
        while (statement.executeStep()) {
            const std::string line = statement.getColumn(0).getString();
            if (line != "ok")
                found += (found.empty() ? "" : "; ") + line;
        }
        if (!found.empty())
            throw StoreFailure{
                Error("store.damaged", {{"path", database.path().string()}, {"reason", found}})};
    });
}

Result<std::vector<fs::path>> Project::find(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code problem;
    for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
         entry.increment(problem))
        if (fs::exists(entry->path() / databaseName, problem))
            found.push_back(entry->path());
    if (problem)
        return fail("file.read", {{"path", folder.string()}, {"reason", problem.message()}});
    std::ranges::sort(found);
    return found;
}

} // namespace assay
