#pragma once

#include "core/store/sample_row.h"

namespace assay {

class Database;

struct SavedView {
    std::string name;
    SampleFilter filter;
};

/// A job that belongs to the project.
struct RunRecord {
    std::int64_t id = 0;
    std::string uid;
    std::string folder; ///< relative to the project's folder where it lies inside, else absolute
    std::string kind; ///< "sft", "pretrain", "score", ..
    std::string name;
    std::int64_t createdMs = 0; ///< since 1970, UTC
    Json summary; ///< what a list shows of it; owned by whoever adds the run
};

/// A model that the project refers to; it is never copied into the project.
struct ModelRecord {
    std::int64_t id = 0;
    std::string name;
    std::string path; ///< relative to the project's folder where it lies inside, else absolute
    std::int64_t addedMs = 0;
    Json info;
};

/// What the project remembers besides its samples: saved views, runs and models.
class Registry {
public:
    explicit Registry(Database& database)
        : m_database(database) { }

    /// Replaces a view of the same name.
    Result<void> saveView(const std::string& name, const SampleFilter& filter);
    Result<SavedView> view(const std::string& name);
    Result<std::vector<SavedView>> views();
    Result<void> removeView(const std::string& name);
    /// "store.view_missing", "store.view_exists".
    Result<void> renameView(const std::string& name, const std::string& newName);

    /// Adds the run, or renews kind, name and summary when its folder is known.
    Result<RunRecord> addRun(const std::filesystem::path& folder, const std::string& kind,
        const std::string& name, const Json& summary = Json::object());
    /// Newest first.
    Result<std::vector<RunRecord>> runs();

    /// Adds the model, or changes path and info of the model of that name.
    Result<ModelRecord> addModel(const std::string& name, const std::filesystem::path& path,
        const Json& info = Json::object());
    Result<std::vector<ModelRecord>> models();

    /// The real place of a recorded path.
    std::filesystem::path resolve(const std::string& recorded) const;

private:
    std::string recorded(const std::filesystem::path& path) const;

    Database& m_database;
};

} // namespace assay
