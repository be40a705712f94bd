#include "core/store/registry.h"

#include "core/base/hash.h"
#include "core/store/database.h"
#include "core/store/hybrid_clock.h"

namespace assay {

namespace fs = std::filesystem;

namespace {

Json storedJson(const std::string& text) {
    auto json = parseJson(text, "project.db");
    return json ? std::move(*json) : Json();
}

RunRecord readRun(const Query& query) {
    return {query.integer(0), uuidFromBytes(query.text(1)), query.text(2), query.text(3),
        query.text(4), query.integer(5), storedJson(query.text(6))};
}

ModelRecord readModel(const Query& query) {
    return {query.integer(0), query.text(1), query.text(2), query.integer(3),
        storedJson(query.text(4))};
}

constexpr const char* runColumns
    = "SELECT id, uid, folder, kind, name, created_ms, summary FROM runs";
constexpr const char* modelColumns = "SELECT id, name, path, added_ms, info FROM models";

} // namespace

Result<void> Registry::saveView(const std::string& name, const SampleFilter& filter) {
    return m_database.write([&] {
        m_database.query("INSERT OR REPLACE INTO views(name, filter, changed_ms) VALUES (?, ?, ?)")
            .bind(name, dumpJson(filterToJson(filter)), wallClockMs())
            .exec();
    });
}

Result<SavedView> Registry::view(const std::string& name) {
    return m_database.run([&] {
        Query query = m_database.query("SELECT filter FROM views WHERE name = ?");
        if (!query.bind(name).step())
            throw StoreFailure{Error("store.view_missing", {{"name", name}})};
        auto filter = filterFromJson(storedJson(query.text(0)), "view " + name);
        if (!filter)
            throw StoreFailure{filter.error()};
        return SavedView{name, std::move(*filter)};
    });
}

Result<std::vector<SavedView>> Registry::views() {
    return m_database.run([&] {
        std::vector<SavedView> views;
        Query query = m_database.query("SELECT name, filter FROM views ORDER BY name");
        while (query.step()) {
            auto filter = filterFromJson(storedJson(query.text(1)), "view " + query.text(0));
            if (!filter)
                throw StoreFailure{filter.error()};
            views.push_back({query.text(0), std::move(*filter)});
        }
        return views;
    });
}

Result<void> Registry::removeView(const std::string& name) {
    return m_database.write([&] {
        m_database.query("DELETE FROM views WHERE name = ?").bind(name).exec();
        if (m_database.handle().getChanges() == 0)
            throw StoreFailure{Error("store.view_missing", {{"name", name}})};
    });
}

Result<void> Registry::renameView(const std::string& name, const std::string& newName) {
    return m_database.write([&] {
        if (name == newName)
            return;
        {
            Query taken = m_database.query("SELECT 1 FROM views WHERE name = ?");
            if (taken.bind(newName).step())
                throw StoreFailure{Error("store.view_exists", {{"name", newName}})};
        }
        m_database.query("UPDATE views SET name = ? WHERE name = ?").bind(newName, name).exec();
        if (m_database.handle().getChanges() == 0)
            throw StoreFailure{Error("store.view_missing", {{"name", name}})};
    });
}

std::string Registry::recorded(const fs::path& path) const {
    // A project is moved by moving its folder: what lies inside is remembered from there.
    std::error_code problem;
    const fs::path folder = fs::weakly_canonical(m_database.path().parent_path(), problem);
    const fs::path place = fs::weakly_canonical(path, problem);
    const fs::path inside = place.lexically_relative(folder);
    if (inside.empty() || *inside.begin() == "..")
        return place.string();
    return inside.string();
}

fs::path Registry::resolve(const std::string& recorded) const {
    return m_database.path().parent_path() / recorded; // an absolute path stays as it is
}

Result<RunRecord> Registry::addRun(
    const fs::path& folder, const std::string& kind, const std::string& name, const Json& summary) {
    return m_database.write([&] {
        const std::string place = recorded(folder);
        {
            Query query = m_database.query(
                "INSERT INTO runs(folder, kind, name, created_ms, summary, uid) VALUES (?, ?, ?, "
                "?, ?, ?) "
                "ON CONFLICT(folder) DO UPDATE SET kind = excluded.kind, name = excluded.name, "
                "summary = excluded.summary");
            query.bind(place, kind, name, wallClockMs(), dumpJson(summary));
            query.bindBlob(6, bytesFromHex(makeUuid()));
            query.exec();
        }
        Query query = m_database.query(std::string(runColumns) + " WHERE folder = ?");
        query.bind(place).step();
        return readRun(query);
    });
}

Result<std::vector<RunRecord>> Registry::runs() {
    return m_database.run([&] {
        std::vector<RunRecord> runs;
        Query query = m_database.query(std::string(runColumns) + " ORDER BY id DESC");
        while (query.step())
            runs.push_back(readRun(query));
        return runs;
    });
}

Result<ModelRecord> Registry::addModel(
    const std::string& name, const fs::path& path, const Json& info) {
    return m_database.write([&] {
        m_database
            .query("INSERT INTO models(name, path, added_ms, info) VALUES (?, ?, ?, ?) "
                   "ON CONFLICT(name) DO UPDATE SET path = excluded.path, info = excluded.info")
            .bind(name, recorded(path), wallClockMs(), dumpJson(info))
            .exec();
        Query query = m_database.query(std::string(modelColumns) + " WHERE name = ?");
        query.bind(name).step();
        return readModel(query);
    });
}

Result<std::vector<ModelRecord>> Registry::models() {
    return m_database.run([&] {
        std::vector<ModelRecord> models;
        Query query = m_database.query(std::string(modelColumns) + " ORDER BY name");
        while (query.step())
            models.push_back(readModel(query));
        return models;
    });
}

} // namespace assay
